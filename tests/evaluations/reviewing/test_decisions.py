"""An editor claims, returns, approves and excludes; every other step is refused."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from fractions import Fraction
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.database import writing
from evaluations.document.tree import Scoring, Touchpoint
from evaluations.errors import Conflict, Invalid, WrongState
from evaluations.models import (
    AuditEntry,
    Decision,
    Evaluation,
    EvaluationState,
    Person,
    Report,
    Review,
    Role,
    Scorecard,
    move,
)
from evaluations.models.evaluations import NEXT_STATES
from evaluations.queries import capture
from evaluations.reviewing import decisions
from evaluations.reviewing.heaps import HOLD
from evaluations.scoring.scorecard import score
from tests.builders import (
    NOON,
    a_client,
    a_client_user,
    a_document,
    a_person,
    a_question,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
)
from tests.evaluations.reviewing.visits import a_photo, answers, hand_in, held_by, says

State = EvaluationState
LATER = NOON + timedelta(hours=1)
WHY = "The shop closed while the shopper was there."
Act = Callable[[Session, Evaluation, Person], object]
DECISIONS: dict[str, tuple[State, Act]] = {
    "returning": (
        State.RETURNED,
        lambda s, e, by: decisions.send_back(s, e, {}, by=by, at=NOON, note="More."),
    ),
    "approving": (State.APPROVED, lambda s, e, by: decisions.approve(s, e, by=by, at=NOON)),
    "excluding": (State.EXCLUDED, lambda s, e, by: decisions.exclude(s, e, "Wrong store.", by=by, at=NOON)),
    "putting back": (State.SUBMITTED, lambda s, e, by: decisions.put_back(s, e, by=by, at=NOON)),
}


@pytest.fixture
def editor(session: Session) -> Person:
    return a_person(session, Role.EDITOR, name="Edith")


@pytest.fixture
def other(session: Session) -> Person:
    return a_person(session, Role.EDITOR, name="Omar")


@pytest.fixture
def handed_in(session: Session) -> Evaluation:
    return hand_in(session, an_evaluation(session))


def acts(session: Session, evaluation: Evaluation) -> list[str]:
    query = select(AuditEntry.act).where(AuditEntry.subject_id == evaluation.id).order_by(AuditEntry.id)
    return list(session.scalars(query))


@pytest.mark.parametrize("state", [state for state in State if state is not State.IN_REVIEW])
@pytest.mark.parametrize("name", DECISIONS)
def test_deciding_what_is_not_under_review_is_refused_naming_both_states(session, editor, state, name):
    wanted, act = DECISIONS[name]
    evaluation = held_by(an_evaluation(session), editor)
    evaluation.state = state
    with pytest.raises(WrongState) as refused:
        act(session, evaluation, editor)
    assert refused.value.values == {"being": state.value, "wanted": wanted.value}
    assert evaluation.state is state
    assert session.scalars(select(Review)).all() == []


@pytest.mark.parametrize(
    "state", [state for state in State if state not in {State.IN_REVIEW, State.SUBMITTED}]
)
def test_claiming_what_was_not_handed_in_or_is_decided_is_refused_naming_both_states(session, editor, state):
    evaluation = an_evaluation(session, state=state)
    with pytest.raises(WrongState) as refused:
        decisions.claim(session, evaluation, by=editor, at=NOON)
    assert refused.value.values == {"being": state.value, "wanted": "in_review"}


@pytest.mark.parametrize("state", [state for state in State if state is not State.IN_REVIEW])
def test_taking_over_what_nobody_reviews_is_refused(session, editor, state):
    with pytest.raises(WrongState):
        decisions.take_over(session, an_evaluation(session, state=state), by=editor, at=NOON)


@pytest.mark.parametrize("being", State)
@pytest.mark.parametrize("wanted", State)
def test_an_evaluation_moves_by_the_steps_of_its_states_and_by_no_others(session, being, wanted):
    evaluation = Evaluation(state=being)
    if wanted in NEXT_STATES[being]:
        move(evaluation, wanted)
        assert evaluation.state is wanted
    else:
        with pytest.raises(WrongState) as refused:
            move(evaluation, wanted)
        assert refused.value.values == {"being": being.value, "wanted": wanted.value}
        assert evaluation.state is being


def test_the_steps_of_the_states_are_those_of_the_domain():
    steps = {(being.value, wanted.value) for being in State for wanted in being.next}
    assert steps == {
        ("in_progress", "submitted"),
        ("in_progress", "abandoned"),
        ("submitted", "in_review"),
        ("in_review", "submitted"),
        ("in_review", "returned"),
        ("in_review", "approved"),
        ("in_review", "excluded"),
        ("in_review", "released"),
        ("in_review", "withdrawn"),
        ("returned", "in_progress"),
        ("returned", "submitted"),
        ("returned", "abandoned"),
        ("approved", "released"),
        ("approved", "in_review"),
        ("released", "in_review"),
        ("released", "withdrawn"),
        ("abandoned", "submitted"),
    }


@pytest.mark.parametrize("name", DECISIONS)
def test_nobody_decides_what_another_editor_holds(session, editor, other, handed_in, name):
    decisions.claim(session, handed_in, by=other, at=NOON)
    with pytest.raises(Conflict) as refused:
        DECISIONS[name][1](session, handed_in, editor)
    assert (refused.value.code, refused.value.values) == ("held_by_another", {"holder": "Omar"})
    assert handed_in.state is State.IN_REVIEW


def test_what_another_editor_holds_is_not_claimed_a_second_time(session, editor, other, handed_in):
    decisions.claim(session, handed_in, by=other, at=NOON)
    with pytest.raises(Conflict):
        decisions.claim(session, handed_in, by=editor, at=LATER)
    assert handed_in.claimed_by is other


def test_claiming_again_what_one_holds_changes_nothing(session, editor, handed_in):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    decisions.claim(session, handed_in, by=editor, at=LATER)
    assert (handed_in.claimed_by, handed_in.claimed_at) == (editor, NOON)
    assert acts(session, handed_in).count("evaluation.claimed") == 1


def test_a_claim_lapses_after_eight_hours_and_anybody_may_take_it(session, editor, other, handed_in):
    decisions.claim(session, handed_in, by=other, at=NOON)
    with pytest.raises(Conflict):
        decisions.claim(session, handed_in, by=editor, at=NOON + HOLD - timedelta(minutes=1))
    decisions.claim(session, handed_in, by=editor, at=NOON + HOLD)
    assert (handed_in.claimed_by, handed_in.claimed_at) == (editor, NOON + HOLD)
    newest = select(AuditEntry).where(AuditEntry.act == "evaluation.claimed").order_by(AuditEntry.id.desc())
    assert json.loads(session.scalars(newest).first().details)["before"] == str(other.id)


def test_whoever_let_a_claim_lapse_may_still_decide_while_nobody_took_it(session, editor, handed_in):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    decisions.exclude(session, handed_in, "Wrong store.", by=editor, at=NOON + 2 * HOLD)
    assert handed_in.state is State.EXCLUDED


def test_a_lapsed_claim_is_taken_again_by_whoever_had_it(session, editor, handed_in):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    decisions.claim(session, handed_in, by=editor, at=NOON + HOLD)
    assert handed_in.claimed_at == NOON + HOLD


def test_an_editor_takes_a_review_over_and_the_trail_says_from_whom(session, editor, other, handed_in):
    decisions.claim(session, handed_in, by=other, at=NOON)
    decisions.take_over(session, handed_in, by=editor, at=LATER)
    assert (handed_in.claimed_by, handed_in.claimed_at) == (editor, LATER)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "evaluation.taken_over")).one()
    assert json.loads(entry.details)["before"] == str(other.id)


def test_what_is_put_back_waits_for_any_editor(session, editor, other, handed_in):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    decisions.put_back(session, handed_in, by=editor, at=NOON)
    assert (handed_in.state, handed_in.claimed_by) == (State.SUBMITTED, None)
    decisions.claim(session, handed_in, by=other, at=LATER)
    assert handed_in.claimed_by is other


@pytest.mark.parametrize(
    ("remarks", "given", "code", "field"),
    [
        ({}, {}, "remark_needed", "note"),
        ({"greeted": "  "}, {"note": " \n"}, "remark_needed", "note"),
        ({"nowhere": "Say more."}, {}, "remark_on_unknown_question", "nowhere"),
        ({"greeted": "x" * 2001}, {}, "note_too_long", "greeted"),
        ({}, {"note": "x" * 2001}, "note_too_long", "note"),
        ({"greeted": "Say more."}, {"due_at": NOON}, "deadline_past", "due_at"),
    ],
)
def test_a_return_that_says_nothing_useful_is_refused(
    session, editor, handed_in, remarks, given, code, field
):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    with pytest.raises(Invalid) as refused:
        decisions.send_back(session, handed_in, remarks, by=editor, at=NOON, **given)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert (handed_in.state, handed_in.round) == (State.IN_REVIEW, 1)
    assert session.scalars(select(Review)).all() == []


def test_a_return_tells_the_shopper_at_each_question_and_opens_the_next_round(session, editor, handed_in):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    review = decisions.send_back(session, handed_in, {"greeted": " Who greeted you? "}, by=editor, at=NOON)
    assert (handed_in.state, handed_in.round, handed_in.claimed_by) == (State.RETURNED, 2, None)
    assert handed_in.return_due_at == NOON + timedelta(hours=24)
    assert (review.round, review.decision) == (1, Decision.RETURNED)
    assert [(one.question_key, one.text) for one in review.remarks] == [("greeted", "Who greeted you?")]


def test_a_note_alone_is_enough_for_a_return(session, editor, handed_in):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    due = NOON + timedelta(hours=48)
    review = decisions.send_back(
        session, handed_in, {}, by=editor, at=NOON, note="All photos are dark.", due_at=due
    )
    assert (review.note, review.remarks, handed_in.return_due_at) == ("All photos are dark.", [], due)


def test_a_returned_evaluation_comes_back_as_round_two_and_is_decided_there(session, editor, handed_in):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    decisions.send_back(session, handed_in, {"greeted": "Really?"}, by=editor, at=NOON)
    answers(session, handed_in, {"greeted": "no"})
    hand_in(session, handed_in, at=LATER)
    decisions.claim(session, handed_in, by=editor, at=LATER)
    decisions.approve(session, handed_in, by=editor, at=LATER)
    rounds = session.scalars(select(Review).order_by(Review.round)).all()
    assert [(one.round, one.decision) for one in rounds] == [(1, Decision.RETURNED), (2, Decision.APPROVED)]


def test_what_came_after_hand_in_counts_as_soon_as_the_evaluation_is_returned(session, editor, handed_in):
    says(session, handed_in, "answer:greeted", "answer.set", {"state": "answered", "value": "yes"})
    decisions.claim(session, handed_in, by=editor, at=NOON)
    decisions.send_back(session, handed_in, {}, by=editor, at=NOON, note="Go on.")
    assert capture.contents(session, handed_in).answers["greeted"].value == "yes"


def test_an_exclusion_without_a_reason_is_refused(session, editor, handed_in):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    with pytest.raises(Invalid) as refused:
        decisions.exclude(session, handed_in, "  ", by=editor, at=NOON)
    assert (refused.value.code, refused.value.field) == ("reason_needed", "reason")


def test_an_excluded_evaluation_has_its_reason_and_no_score(session, editor, handed_in):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    review = decisions.exclude(session, handed_in, "Another store was visited.", by=editor, at=NOON)
    assert (handed_in.state, review.note) == (State.EXCLUDED, "Another store was visited.")
    assert session.scalars(select(Scorecard)).all() == []


def test_an_approved_evaluation_is_released_at_once(session, editor):
    evaluation = an_evaluation(session)
    answers(session, evaluation, {"greeted": "yes"})
    decisions.claim(session, hand_in(session, evaluation), by=editor, at=NOON)
    stored = decisions.approve(session, evaluation, by=editor, at=LATER)
    assert (evaluation.state, evaluation.claimed_by) == (State.RELEASED, None)
    assert (evaluation.approved_at, evaluation.released_at) == (LATER, LATER)
    assert (stored.edition, stored.verdict, stored.band, stored.millionths) == (
        1,
        "passed",
        "good",
        100_000_000,
    )
    assert acts(session, evaluation)[-3:] == [
        "evaluation.claimed",
        "evaluation.approved",
        "evaluation.released",
    ]


@pytest.mark.parametrize(
    ("readers", "owed"),
    [
        ([], ["en"]),
        ([("es", True)], ["en", "es"]),
        ([("es", True), ("es", True), ("en", True)], ["en", "es"]),
        ([("es", False)], ["en"]),
    ],
)
def test_an_approval_owes_the_report_in_the_first_language_and_in_those_of_the_clients_readers(
    session, editor, readers, owed
):
    client = a_client(session)
    a_client_user(session, a_client(session), language="es")
    for language, is_active in readers:
        a_client_user(session, client, language=language, is_active=is_active)
    evaluation = hand_in(session, an_evaluation(session, visit=a_visit(session, a_wave(session, client))))
    decisions.claim(session, evaluation, by=editor, at=NOON)
    decisions.approve(session, evaluation, by=editor, at=NOON, note=WHY)
    assert sorted(session.scalars(select(Report.language))) == owed


def test_a_report_is_owed_in_no_language_that_the_checklist_lacks(session, editor):
    client = a_client(session)
    a_client_user(session, client, language="es")
    version = a_version(session, a_document(languages=("en",)))
    evaluation = hand_in(
        session, an_evaluation(session, visit=a_visit(session, a_wave(session, client, version)))
    )
    decisions.claim(session, evaluation, by=editor, at=NOON)
    decisions.approve(session, evaluation, by=editor, at=NOON, note=WHY)
    assert list(session.scalars(select(Report.language))) == ["en"]


def test_an_approved_evaluation_keeps_its_photos_and_is_scored_without_them(session, editor):
    evaluation = an_evaluation(session)
    answers(session, evaluation, {"greeted": "no"})
    a_photo(session, evaluation, "greeted")
    decisions.claim(session, hand_in(session, evaluation), by=editor, at=NOON)
    assert decisions.approve(session, evaluation, by=editor, at=NOON).millionths == 0


def test_a_fraction_of_any_length_is_kept(session, editor):
    plain = a_document()
    touchpoints = tuple(
        Touchpoint(
            key=f"t{place}",
            questions=(a_question(f"yes{place}", points=1), a_question(f"no{place}", points=f"{place}.37")),
        )
        for place in range(60)
    )
    document = plain.model_copy(update={"touchpoints": touchpoints, "scoring": Scoring(total="weights")})
    visit = a_visit(session, a_wave(session, version=a_version(session, document)))
    evaluation = an_evaluation(session, visit=visit)
    answers(session, evaluation, {one.key: one.key.rstrip("0123456789") for one in document.questions()})
    decisions.claim(session, hand_in(session, evaluation), by=editor, at=NOON)
    stored = decisions.approve(session, evaluation, by=editor, at=NOON)
    session.expire(stored)
    assert len(stored.score or "") > 80
    assert (
        Fraction(stored.score or "") == score(document, capture.contents(session, evaluation).answers).score
    )


def test_of_two_editors_who_claim_at_the_same_moment_one_holds_it(engine):
    with Session(writing(engine)) as session, session.begin():
        evaluation = hand_in(session, an_evaluation(session)).id
        editors = [a_person(session, Role.EDITOR).id for _ in range(2)]
    ready = Barrier(2)

    def claims(editor: UUID) -> bool:
        with Session(writing(engine)) as session, session.begin():
            by = session.get_one(Person, editor)
            ready.wait(timeout=10) if engine.dialect.name == "postgresql" else None
            try:
                decisions.claim(session, session.get_one(Evaluation, evaluation), by=by, at=NOON)
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(claims, editors)) == [False, True]
