"""The client sees what was approved at once, or all of a wave when it is released."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.database import writing
from evaluations.document.tree import Scoring
from evaluations.errors import Conflict
from evaluations.models import (
    AuditEntry,
    Evaluation,
    EvaluationState,
    Release,
    Report,
    Role,
    VisitState,
    Wave,
)
from evaluations.queries import portal
from evaluations.queries.progress import Progress, counts
from evaluations.reviewing import decisions, desk, releasing
from tests.builders import (
    NOON,
    a_client,
    a_client_user,
    a_document,
    a_person,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
)
from tests.evaluations.reviewing.visits import answers, hand_in, released

LATER = NOON + timedelta(days=3)
State = EvaluationState


@pytest.fixture
def editor(session):
    return a_person(session, Role.EDITOR)


@pytest.fixture
def wave(session):
    wave = a_wave(session, a_client(session, name="Marisol"))
    wave.programme.release = Release.WITH_WAVE
    return wave


def approved(session, wave, value="yes"):
    return released(session, a_visit(session, wave), {"greeted": value})


def reports_of(session, evaluation):
    return session.scalars(
        select(Report.language)
        .join(Report.scorecard)
        .where(Report.scorecard.has(evaluation_id=evaluation.id))
    ).all()


def test_what_is_held_for_its_wave_is_seen_by_nobody_of_the_client_and_no_report_is_made(session, wave):
    evaluation = approved(session, wave)
    reader = a_client_user(session, wave.programme.client)
    assert (evaluation.state, evaluation.released_at) == (State.APPROVED, None)
    assert portal.visits(session, reader).total == 0
    assert reports_of(session, evaluation) == []


def test_releasing_the_wave_shows_all_of_it_at_once(session, wave, editor):
    made = [approved(session, wave) for _ in range(3)]
    excluded = hand_in(session, an_evaluation(session, visit=a_visit(session, wave)))
    decisions.claim(session, excluded, by=editor, at=NOON)
    decisions.exclude(session, excluded, "Wrong store.", by=editor, at=NOON)
    assert releasing.release_wave(session, wave, seen_open=0, by=editor, at=LATER) == 3
    reader = a_client_user(session, wave.programme.client)
    assert portal.visits(session, reader).total == 3
    assert {(one.state, one.released_at) for one in made} == {(State.RELEASED, LATER)}
    assert [reports_of(session, one) for one in made] == [["en"]] * 3
    acts = session.scalars(select(AuditEntry.act).where(AuditEntry.at == LATER)).all()
    assert sorted(acts) == ["evaluation.released"] * 3 + ["wave.released"]


def test_another_wave_of_the_programme_stays_held(session, wave, editor):
    other = a_wave(session, wave.programme.client, programme_id=wave.programme_id)
    mine, theirs = approved(session, wave), approved(session, other)
    releasing.release_wave(session, wave, seen_open=0, by=editor, at=LATER)
    assert (mine.state, theirs.state) == (State.RELEASED, State.APPROVED)


def test_with_more_open_than_whoever_decided_was_told_nothing_is_released(session, wave, editor):
    evaluation = approved(session, wave)
    for state in (VisitState.PLANNED, VisitState.CANCELLED):
        a_visit(session, wave, state=state)
    with pytest.raises(Conflict) as refused:
        releasing.release_wave(session, wave, seen_open=0, by=editor, at=LATER)
    assert (refused.value.code, refused.value.values) == ("wave_still_open", {"visits": 1})
    assert (evaluation.state, wave.released_at) == (State.APPROVED, None)
    assert releasing.release_wave(session, wave, seen_open=1, by=editor, at=LATER) == 1


def test_what_is_still_open_is_told_by_how_far_it_is(session, wave):
    approved(session, wave)
    a_visit(session, wave)
    hand_in(session, an_evaluation(session, visit=a_visit(session, wave)))
    held = releasing.held(session, wave, counts(session, wave))
    assert (held.approved, held.open) == (1, {Progress.PLANNED: 1, Progress.HANDED_IN: 1})
    assert held.still_open == 2


def test_where_nothing_waits_nothing_is_released(session, wave, editor):
    with pytest.raises(Conflict) as refused:
        releasing.release_wave(session, wave, seen_open=9, by=editor, at=LATER)
    assert refused.value.code == "nothing_to_release"
    assert wave.released_at is None


def test_what_is_approved_after_the_release_is_released_at_once(session, wave, editor):
    approved(session, wave)
    releasing.release_wave(session, wave, seen_open=0, by=editor, at=LATER)
    assert approved(session, wave).state is State.RELEASED


def test_a_programme_that_releases_at_approval_again_leaves_what_waits_to_the_button(session, wave, editor):
    waiting = approved(session, wave)
    wave.programme.release = Release.AT_APPROVAL
    assert (waiting.state, approved(session, wave).state) == (State.APPROVED, State.RELEASED)
    assert releasing.release_wave(session, wave, seen_open=0, by=editor, at=LATER) == 1


def test_reports_are_made_in_the_programmes_language_where_the_checklist_has_it(session, wave, editor):
    wave.programme.release, wave.programme.report_language = Release.AT_APPROVAL, "es"
    assert reports_of(session, approved(session, wave)) == ["es"]
    english = a_wave(session, wave.programme.client, a_version(session, a_document(languages=("en",))))
    english.programme.report_language = "es"
    assert reports_of(session, approved(session, english)) == ["en"]


def test_the_programmes_target_takes_the_place_of_the_checklists(session, editor):
    version = a_version(session, a_document(scoring=Scoring(target=Decimal(90))))
    wave = a_wave(session, version=version)
    plain = hand_in(session, an_evaluation(session, visit=a_visit(session, wave)))
    assert desk.open_up(session, plain).sheet.card.target == 90
    wave.programme.target = "50.5"
    assert desk.open_up(session, plain).sheet.card.target == Decimal("50.5")
    made = approved(session, wave)
    [stored] = session.scalars(
        select(decisions.Scorecard).where(decisions.Scorecard.evaluation_id == made.id)
    )
    assert '"target":"50.5"' in stored.card


def test_what_is_sent_back_is_due_after_the_programmes_hours(session, editor):
    evaluation = an_evaluation(session)
    evaluation.visit.wave.programme.return_hours = 48
    decisions.claim(session, hand_in(session, evaluation), by=editor, at=NOON)
    decisions.send_back(session, evaluation, {"greeted": "Say more."}, by=editor, at=NOON)
    assert evaluation.return_due_at == NOON + timedelta(hours=48)


def test_who_approves_while_the_wave_is_released_leaves_nothing_behind(engine):
    with Session(writing(engine)) as session:
        wave = a_wave(session)
        wave.programme.release = Release.WITH_WAVE
        approved(session, wave)
        editor = a_person(session, Role.EDITOR)
        last = an_evaluation(session, visit=a_visit(session, wave))
        answers(session, last, {"greeted": "yes"})
        decisions.claim(session, hand_in(session, last), by=editor, at=NOON)
        session.commit()
        wave_id, last_id, editor_id = wave.id, last.id, editor.id
    together = Barrier(2, timeout=20)

    def approve():
        with Session(writing(engine)) as session:
            together.wait()
            by = session.get_one(decisions.Person, editor_id)
            decisions.approve(session, session.get_one(Evaluation, last_id), by=by, at=NOON)
            session.commit()

    def release():
        with Session(writing(engine)) as session:
            together.wait()
            by = session.get_one(decisions.Person, editor_id)
            releasing.release_wave(session, session.get_one(Wave, wave_id), seen_open=1, by=by, at=NOON)
            session.commit()

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(approve), both.submit(release)]:
            done.result(timeout=60)
    with Session(engine) as session:
        assert set(session.scalars(select(Evaluation.state))) == {State.RELEASED}
