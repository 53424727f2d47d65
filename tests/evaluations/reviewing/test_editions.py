"""Looking again at what was approved: the client keeps what they have, a new approval follows, nothing is lost."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.errors import Conflict, Invalid, NotFound, WrongState
from evaluations.models import (
    AuditEntry,
    Cause,
    Decision,
    Evaluation,
    EvaluationState,
    Person,
    Release,
    Report,
    Role,
    Scorecard,
)
from evaluations.queries import editions as queries
from evaluations.queries import portal
from evaluations.reporting import visit_report
from evaluations.reviewing import decisions, editions, releasing
from tests.builders import (
    NOON,
    a_client_user,
    a_document,
    a_location,
    a_person,
    a_question,
    a_version,
    a_visit,
    a_wave,
)
from tests.evaluations.reviewing.visits import a_photo, answers, hand_in, released, says

State = EvaluationState
LATER, MUCH_LATER = NOON + timedelta(days=1), NOON + timedelta(days=2)
WHY, TOLD = "The till receipt says otherwise.", "One answer is being checked."


@pytest.fixture
def editor(session: Session) -> Person:
    return a_person(session, Role.EDITOR, name="Ines")


@pytest.fixture
def evaluation(session: Session) -> Evaluation:
    version = a_version(
        session, a_document(a_question("greeted"), a_question("smiled", "Was there a smile?"))
    )
    wave = a_wave(session, version=version)
    visit = a_visit(session, wave, a_location(session, wave.programme.client, name="High Street"))
    return released(session, visit, {"greeted": "yes", "smiled": "no"}, photographed=["greeted"])


@pytest.fixture
def reader(session: Session, evaluation: Evaluation) -> Person:
    return a_client_user(session, evaluation.visit.location.client)


def seen(session: Session, reader: Person, evaluation: Evaluation) -> tuple[int, int | None]:
    card = portal.scorecard(session, reader, evaluation.id)
    return card.edition, card.millionths


def mean(session: Session, reader: Person) -> int | None:
    waves = portal.waves(session, reader)
    return waves[0].millionths if waves else None


def acts(session: Session, evaluation: Evaluation) -> list[str]:
    query = select(AuditEntry.act).where(AuditEntry.subject_id == evaluation.id).order_by(AuditEntry.id)
    return list(session.scalars(query))


def corrected(session: Session, evaluation: Evaluation, editor: Person) -> Scorecard:
    """The second edition, in which a smile was found after all."""
    editions.open_again(session, evaluation, WHY, by=editor, at=LATER, client_reason=TOLD)
    evaluation.state = State.IN_PROGRESS
    answers(session, evaluation, {"smiled": "yes"})
    evaluation.state = State.IN_REVIEW
    return decisions.approve(
        session, evaluation, by=editor, at=MUCH_LATER, note="Open.", client_reason="A smile was overlooked."
    )


@pytest.mark.parametrize("state", sorted(set(State) - {State.APPROVED, State.RELEASED}))
def test_only_what_was_approved_is_opened_again(session, editor, evaluation, state):
    evaluation.state = state
    with pytest.raises(WrongState):
        editions.open_again(session, evaluation, WHY, by=editor, at=LATER)


@pytest.mark.parametrize(("reason", "client_reason"), [("  ", ""), ("x" * 2001, ""), (WHY, "x" * 2001)])
def test_opening_again_wants_a_reason_that_fits(session, editor, evaluation, reason, client_reason):
    with pytest.raises(Invalid):
        editions.open_again(session, evaluation, reason, by=editor, at=LATER, client_reason=client_reason)
    assert (evaluation.state, evaluation.reopened_at) == (State.RELEASED, None)


def test_while_it_is_looked_at_again_the_client_keeps_the_old_edition(session, editor, evaluation, reader):
    editions.open_again(session, evaluation, WHY, by=editor, at=LATER, client_reason=TOLD)
    assert (evaluation.state, evaluation.claimed_by, evaluation.reopened_at) == (
        State.IN_REVIEW,
        editor,
        LATER,
    )
    assert seen(session, reader, evaluation) == (1, 50_000_000)
    assert (mean(session, reader), portal.visits(session, reader).total) == (50_000_000, 1)
    review = editions.reopened(session, evaluation)
    assert (review.decision, review.note, review.client_note) == (Decision.REOPENED, WHY, TOLD)
    assert acts(session, evaluation)[-1] == "evaluation.reopened"


def test_the_client_keeps_it_too_while_the_shopper_mends_it(session, editor, evaluation, reader):
    editions.open_again(session, evaluation, WHY, by=editor, at=LATER)
    decisions.send_back(session, evaluation, {"smiled": "Sure?"}, by=editor, at=LATER)
    assert (evaluation.state, evaluation.round) == (State.RETURNED, 2)
    assert seen(session, reader, evaluation) == (1, 50_000_000)
    answers(session, evaluation, {"smiled": "yes"})
    assert seen(session, reader, evaluation) == (1, 50_000_000)
    hand_in(session, evaluation, at=LATER)
    decisions.claim(session, evaluation, by=editor, at=LATER)
    decisions.approve(session, evaluation, by=editor, at=MUCH_LATER, note="Open.")
    assert seen(session, reader, evaluation) == (2, 100_000_000)


def test_an_approval_after_it_makes_the_next_edition_and_keeps_the_old(session, editor, evaluation, reader):
    card = corrected(session, evaluation, editor)
    assert (card.edition, card.cause, card.client_reason) == (2, Cause.REOPENED, "A smile was overlooked.")
    assert (card.released_at, evaluation.reopened_at) == (MUCH_LATER, None)
    assert seen(session, reader, evaluation) == (2, 100_000_000)
    assert mean(session, reader) == 100_000_000
    first, second = queries.released(session, evaluation.id)
    assert (first.scorecard.millionths, first.superseded_at) == (50_000_000, MUCH_LATER)
    assert second.superseded_at is None
    assert first.scorecard.check_code != second.scorecard.check_code
    owed = session.scalars(select(Report.scorecard_id)).all()
    assert set(owed) == {first.scorecard.id, second.scorecard.id}


def test_an_old_edition_tells_what_was_found_when_it_was_filed(session, editor, evaluation):
    corrected(session, evaluation, editor)
    told = []
    for edition in queries.released(session, evaluation.id):
        report = visit_report.load(session, edition.scorecard)
        told.append({one.question.key: one.answer.value for one in report.questions if one.answer})
    assert told == [{"greeted": "yes", "smiled": "no"}, {"greeted": "yes", "smiled": "yes"}]


def test_a_photo_that_is_gone_is_still_the_old_editions(session, editor, evaluation, reader):
    [photo] = visit_report.load(session, queries.newest(session, evaluation)).photos
    editions.open_again(session, evaluation, WHY, by=editor, at=LATER)
    evaluation.state = State.IN_PROGRESS
    says(session, evaluation, f"photo:{photo.id}", "photo.detach", None)
    later = a_photo(session, evaluation, "greeted")
    evaluation.state = State.IN_REVIEW
    with pytest.raises(NotFound):
        portal.photo(session, reader, later.id)
    decisions.approve(session, evaluation, by=editor, at=MUCH_LATER, note="Open.")
    assert portal.photo(session, reader, photo.id) == photo.sha256
    assert portal.photo(session, reader, later.id) == later.sha256


def test_an_edition_of_before_snapshots_gets_its_own_when_it_is_opened_again(session, editor, evaluation):
    card = queries.newest(session, evaluation)
    card.contents = None
    corrected(session, evaluation, editor)
    assert json.loads(card.contents)["registers"]["answer:smiled"]["value"] == "no"


def test_what_changed_meanwhile_is_not_left_as_it_was(session, editor, evaluation):
    editions.open_again(session, evaluation, WHY, by=editor, at=LATER)
    evaluation.state = State.IN_PROGRESS
    answers(session, evaluation, {"smiled": "yes"})
    evaluation.state = State.IN_REVIEW
    with pytest.raises(Conflict) as refused:
        editions.leave(session, evaluation, by=editor, at=LATER)
    assert refused.value.code == "changed_since_edition"


def test_a_second_look_may_leave_all_as_it_was(session, editor, evaluation, reader):
    editions.open_again(session, evaluation, WHY, by=editor, at=LATER)
    editions.leave(session, evaluation, by=editor, at=MUCH_LATER)
    assert (evaluation.state, evaluation.reopened_at, evaluation.claimed_by) == (State.RELEASED, None, None)
    assert seen(session, reader, evaluation) == (1, 50_000_000)
    assert [one.number for one in queries.every(session, evaluation.id)] == [1]


def test_what_waits_for_its_wave_is_opened_again_and_released_with_it(session, editor, evaluation):
    wave = evaluation.visit.wave
    wave.programme.release = Release.WITH_WAVE
    visit = a_visit(session, wave, a_location(session, wave.programme.client))
    held = released(session, visit, {"greeted": "no", "smiled": "no"})
    assert (held.state, held.released_at) == (State.APPROVED, None)
    editions.open_again(session, held, WHY, by=editor, at=LATER)
    with pytest.raises(Conflict):
        releasing.release_wave(session, wave, seen_open=1, by=editor, at=LATER)
    editions.leave(session, held, by=editor, at=MUCH_LATER)
    assert held.state is State.APPROVED
    releasing.release_wave(session, wave, seen_open=0, by=editor, at=MUCH_LATER)
    [card] = session.scalars(select(Scorecard).where(Scorecard.evaluation_id == held.id))
    assert (held.state, card.released_at) == (State.RELEASED, MUCH_LATER)


def test_what_the_client_has_seen_is_withdrawn_and_never_excluded(session, editor, evaluation):
    editions.open_again(session, evaluation, WHY, by=editor, at=LATER)
    with pytest.raises(Conflict) as refused:
        decisions.exclude(session, evaluation, WHY, by=editor, at=LATER)
    assert refused.value.code == "withdraw_instead"


@pytest.mark.parametrize(("reason", "told", "field"), [(" ", TOLD, "reason"), (WHY, " ", "client_reason")])
def test_withdrawing_wants_a_reason_for_the_agency_and_one_for_the_client(
    session, editor, evaluation, reason, told, field
):
    with pytest.raises(Invalid) as refused:
        editions.withdraw(session, evaluation, reason, told, by=editor, at=LATER)
    assert (refused.value.field, evaluation.state) == (field, State.RELEASED)


def test_what_the_client_never_saw_is_not_withdrawn(session, editor, evaluation):
    evaluation.state, evaluation.released_at = State.IN_REVIEW, None
    with pytest.raises(WrongState):
        editions.withdraw(session, evaluation, WHY, TOLD, by=editor, at=LATER)


@pytest.mark.parametrize("opened_first", [False, True])
def test_a_withdrawn_result_is_in_no_figure_and_the_client_reads_why(
    session, editor, evaluation, reader, opened_first
):
    if opened_first:
        editions.open_again(session, evaluation, WHY, by=editor, at=LATER)
    editions.withdraw(session, evaluation, WHY, TOLD, by=editor, at=MUCH_LATER)
    assert evaluation.state is State.WITHDRAWN
    assert (mean(session, reader), portal.visits(session, reader).total) == (None, 0)
    with pytest.raises(NotFound):
        portal.scorecard(session, reader, evaluation.id)
    [gone] = portal.withdrawn(session, reader)
    assert (gone.location, gone.reason, gone.withdrawn_at) == ("High Street", TOLD, MUCH_LATER)
    assert acts(session, evaluation)[-1] == "evaluation.withdrawn"


def test_filing_again_gives_the_client_the_same_figures_as_the_next_edition(session, evaluation, reader):
    card = editions.file_again(
        session, evaluation, Cause.WITHHELD, at=LATER, client_reason="A face was blurred."
    )
    assert (card.edition, card.cause, card.released_at) == (2, Cause.WITHHELD, LATER)
    assert seen(session, reader, evaluation) == (2, 50_000_000)
    first, second = queries.released(session, evaluation.id)
    assert first.scorecard.card == second.scorecard.card
    assert first.scorecard.contents == second.scorecard.contents
    assert queries.is_superseded_by_hiding((first, second), 1)
    assert not queries.is_superseded_by_hiding((first, second), 2)


def test_filing_again_while_a_newer_edition_waits_keeps_that_one_for_its_release(
    session, editor, evaluation, reader
):
    evaluation.visit.wave.programme.release = Release.WITH_WAVE
    corrected(session, evaluation, editor)
    assert (evaluation.state, seen(session, reader, evaluation)) == (State.APPROVED, (1, 50_000_000))
    editions.file_again(session, evaluation, Cause.WITHHELD, at=MUCH_LATER)
    assert seen(session, reader, evaluation) == (3, 50_000_000)
    releasing.release_wave(session, evaluation.visit.wave, seen_open=0, by=editor, at=MUCH_LATER)
    assert seen(session, reader, evaluation) == (4, 100_000_000)


def test_filing_again_gives_nothing_to_a_client_who_has_nothing(session, evaluation):
    evaluation.released_at = None
    assert editions.file_again(session, evaluation, Cause.WITHHELD, at=LATER) is None
