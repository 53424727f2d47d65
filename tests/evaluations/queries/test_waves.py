"""The scheduler reads how far waves and visits are."""

from datetime import date, datetime, timedelta, timezone

import pytest

from evaluations.errors import NotFound
from evaluations.fieldwork import planning
from evaluations.models import EvaluationState, Role, VisitState
from evaluations.queries import progress, visits, waves
from evaluations.queries.progress import Progress
from tests.builders import (
    NOON,
    a_client,
    a_location,
    a_person,
    a_shopper,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
    kept,
)

HOW_FAR = [
    (VisitState.PLANNED, None, 1, Progress.PLANNED),
    (VisitState.ASSIGNED, EvaluationState.IN_PROGRESS, 1, Progress.ASSIGNED),
    (VisitState.UNDER_WAY, EvaluationState.IN_PROGRESS, 1, Progress.UNDER_WAY),
    (VisitState.DONE, EvaluationState.SUBMITTED, 1, Progress.HANDED_IN),
    (VisitState.DONE, EvaluationState.IN_REVIEW, 2, Progress.HANDED_IN),
    (VisitState.DONE, EvaluationState.RETURNED, 2, Progress.RETURNED),
    (VisitState.DONE, EvaluationState.IN_PROGRESS, 2, Progress.RETURNED),
    (VisitState.DONE, EvaluationState.APPROVED, 1, Progress.APPROVED),
    (VisitState.DONE, EvaluationState.RELEASED, 3, Progress.APPROVED),
    (VisitState.DONE, EvaluationState.EXCLUDED, 1, Progress.EXCLUDED),
    (VisitState.DONE, EvaluationState.WITHDRAWN, 1, Progress.EXCLUDED),
    (VisitState.CANCELLED, None, 1, Progress.CANCELLED),
    (VisitState.CANCELLED, EvaluationState.ABANDONED, 1, Progress.CANCELLED),
]


@pytest.fixture
def scheduler(session):
    return a_person(session, Role.SCHEDULER)


def a_visit_that_is(session, wave, state, evaluation_state, its_round):
    visit = a_visit(session, wave)
    if evaluation_state is not None:
        an_evaluation(session, visit=visit, state=evaluation_state, round=its_round)
    visit.state = state
    return kept(session, visit)


def test_a_shopper_and_a_designer_see_no_wave(session):
    wave = a_wave(session)
    for reader in (a_shopper(session), a_person(session, Role.DESIGNER)):
        assert waves.listed(session, reader).total == 0
        with pytest.raises(NotFound):
            waves.wave(session, reader, wave.id)


@pytest.mark.parametrize(("state", "evaluation_state", "its_round", "expected"), HOW_FAR)
def test_how_far_a_visit_is(session, scheduler, state, evaluation_state, its_round, expected):
    visit = a_visit_that_is(session, a_wave(session), state, evaluation_state, its_round)
    assert visits.progress(session, visit) is expected
    [row] = visits.listed(session, scheduler, wave_id=visit.wave_id).rows
    assert row.progress is expected
    assert visits.listed(session, scheduler, wave_id=visit.wave_id, progress=expected).total == 1


def test_a_wave_is_listed_with_how_far_its_visits_are(session, scheduler):
    wave = a_wave(session)
    for state, evaluation_state, its_round, _ in HOW_FAR:
        a_visit_that_is(session, wave, state, evaluation_state, its_round)
    a_visit(session)
    expected = {each: sum(how_far is each for *_, how_far in HOW_FAR) for each in Progress}
    [row] = waves.listed(session, scheduler, client_id=wave.programme.client_id).rows
    assert row.counts == expected
    assert progress.counts(session, wave) == expected
    assert row.counts.standing == len(HOW_FAR) - 2


def test_a_wave_without_visits_is_listed_too(session, scheduler):
    wave = a_wave(session)
    [row] = waves.listed(session, scheduler, client_id=wave.programme.client_id).rows
    assert set(row.counts.values()) == {0}
    assert set(progress.counts(session, wave).values()) == {0}


def test_the_latest_wave_comes_first(session, scheduler):
    client = a_client(session)
    for day in (3, 20, 11):
        a_wave(session, client, name=f"from {day}", starts_on=date(2026, 3, day))
    assert [row.name for row in waves.listed(session, scheduler, client_id=client.id).rows] == [
        "from 20",
        "from 11",
        "from 3",
    ]


def test_only_published_versions_of_checklists_in_use_can_be_chosen(session, scheduler):
    published = a_version(session)
    a_version(session, published_at=None, published_by_id=None, content_hash=None)
    archived = a_version(session)
    archived.checklist.archived_at = NOON
    session.flush()
    assert [row.id for row in waves.published(session, scheduler)] == [published.id]
    assert waves.published(session, a_shopper(session)) == []


def test_a_version_is_not_found_by_who_may_not_see_it(session, scheduler):
    version = a_version(session)
    assert waves.version(session, scheduler, version.id) is version
    with pytest.raises(NotFound):
        waves.version(session, a_shopper(session), version.id)


def test_what_is_due_first_comes_first_and_what_is_over_last(session, scheduler):
    wave = a_wave(session)
    over = a_visit(session, wave, state=VisitState.CANCELLED, window_to=date(2026, 3, 2))
    later = a_visit(session, wave)
    sooner = a_visit(session, wave, window_to=date(2026, 3, 5))
    assert [row.id for row in visits.listed(session, scheduler, wave_id=wave.id).rows] == [
        sooner.id,
        later.id,
        over.id,
    ]


@pytest.mark.parametrize("words", ["station", "S-7", "eó", "ana"])
def test_visits_are_found_by_place_and_by_shopper(session, scheduler, words):
    wave = a_wave(session)
    location = a_location(session, wave.programme.client, name="Station", code="S-7", city="León")
    visit = a_visit(session, wave, location)
    an_evaluation(session, a_shopper(session, name="Ana Ruiz"), visit)
    a_visit(session, wave)
    assert [row.id for row in visits.listed(session, scheduler, wave_id=wave.id, words=words).rows] == [
        visit.id
    ]


def test_a_visit_is_late_from_the_day_after_its_window_in_the_places_own_calendar(session, scheduler):
    wave = a_wave(session)
    place = a_location(session, wave.programme.client, time_zone="America/Los_Angeles")
    a_visit(session, wave, place)
    [row] = visits.listed(session, scheduler, wave_id=wave.id).rows
    midnight = datetime(2026, 4, 1, tzinfo=timezone(timedelta(hours=-7)))
    assert not row.is_late(midnight - timedelta(minutes=1))
    assert row.is_late(midnight)


def test_a_visit_that_was_handed_in_is_never_late(session, scheduler):
    wave = a_wave(session)
    a_visit_that_is(session, wave, VisitState.DONE, EvaluationState.SUBMITTED, 1)
    [row] = visits.listed(session, scheduler, wave_id=wave.id).rows
    assert not row.is_late(NOON + timedelta(days=900))


def test_visits_of_another_wave_are_not_found_among_the_chosen(session, scheduler):
    here, there = a_visit(session), a_visit(session)
    assert visits.chosen(session, scheduler, here.wave, [here.id, here.id]) == [here]
    with pytest.raises(NotFound):
        visits.chosen(session, scheduler, here.wave, [here.id, there.id])


def test_a_shopper_opens_no_visit_of_another(session):
    visit = an_evaluation(session).visit
    with pytest.raises(NotFound):
        visits.visit(session, a_shopper(session), visit.id)


def test_the_history_of_a_visit_is_told_newest_first_with_who_did_it(session, scheduler):
    visit = an_evaluation(session).visit
    window = planning.Window(date(2026, 3, 2), date(2026, 3, 3))
    planning.change_visit(session, visit, window=window, note="", by=scheduler, at=NOON)
    planning.cancel_visit(session, visit, reason="Sold", by=scheduler, at=NOON)
    told = visits.history(session, visit)
    assert [entry.act for entry, _ in told] == ["visit.cancelled", "evaluation.abandoned", "visit.changed"]
    assert {actor for _, actor in told} == {scheduler}


def test_shoppers_are_offered_by_name_with_what_they_have_before_them(session):
    scheduler = a_person(session, Role.SCHEDULER)
    ana = a_shopper(session, name="Ana")
    a_shopper(session, name="bea")
    a_shopper(session, name="Zoe", is_active=False)
    an_evaluation(session, ana)
    finished = an_evaluation(session, ana).visit
    finished.state = VisitState.DONE
    session.flush()
    offered = visits.shoppers(session, scheduler)
    assert [(row.name, row.open_visits) for row in offered] == [("Ana", 1), ("bea", 0)]
    owner = a_person(session, Role.OWNER)
    assert visits.shoppers(session, owner) == offered
    assert visits.shoppers(session, a_person(session, Role.EDITOR)) == []
