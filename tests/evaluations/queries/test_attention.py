"""Which visits want a scheduler's eye, in the calendar of each place; what is counted is what is listed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from evaluations.models import Change, EvaluationState, Role, VisitState
from evaluations.queries import attention, visits
from evaluations.queries.attention import SILENCE, Focus
from tests.builders import (
    NOON,
    a_client,
    a_location,
    a_person,
    a_shopper,
    a_visit,
    a_wave,
    an_evaluation,
)
from tests.evaluations.reviewing.visits import a_photo, answers

TODAY, DAY = date(2026, 3, 14), timedelta(days=1)


@pytest.fixture
def scheduler(session):
    return a_person(session, Role.SCHEDULER)


def given(session, visit, **values):
    """`visit`, given to a shopper three days ago."""
    evaluation = an_evaluation(session, visit=visit, **values)
    visit.assigned_at = NOON - 3 * DAY
    session.flush()
    return evaluation


def listed(session, reader, focus, at=NOON):
    belongs = attention.conditions(session, at)
    page = visits.listed(session, reader, focus=belongs[focus])
    assert attention.attention(session, reader, belongs).counts[focus] == page.total == len(page.rows)
    return {row.id for row in page.rows}


def test_what_is_due_today_is_due_this_week_too_and_neither_late(session, scheduler):
    today, week, late, later = (a_visit(session, window_to=TODAY + days * DAY) for days in (0, 6, -1, 7))
    over = a_visit(session, window_to=TODAY)
    over.state = VisitState.CANCELLED
    assert listed(session, scheduler, Focus.TODAY) == {today.id}
    assert listed(session, scheduler, Focus.WEEK) == {today.id, week.id}
    assert listed(session, scheduler, Focus.LATE) == {late.id}
    assert listed(session, scheduler, Focus.UNASSIGNED) == {today.id, week.id, late.id, later.id}


def test_today_is_the_day_at_the_place(session, scheduler):
    client = a_client(session)
    wave = a_wave(session, client)
    places = [a_location(session, client, time_zone=zone) for zone in ("Pacific/Auckland", "America/Lima")]
    auckland, lima = (a_visit(session, wave, place, window_to=TODAY) for place in places)
    night = datetime(2026, 3, 15, 3, 0, tzinfo=UTC)  # the 15th in Auckland, the evening of the 14th in Lima
    assert listed(session, scheduler, Focus.TODAY, night) == {lima.id}
    assert listed(session, scheduler, Focus.LATE, night) == {auckland.id}


def test_who_is_due_and_has_sent_nothing_is_silent(session, scheduler):
    due, not_yet = a_visit(session, window_to=TODAY), a_visit(session, window_to=TODAY + DAY)
    for visit in (due, not_yet):
        given(session, visit)
    assert listed(session, scheduler, Focus.SILENT) == {due.id}


def test_who_has_just_been_given_the_visit_is_not_silent(session, scheduler):
    visit = a_visit(session, window_to=TODAY)
    given(session, visit)
    visit.assigned_at = NOON - SILENCE + timedelta(minutes=1)
    assert listed(session, scheduler, Focus.SILENT) == set()


def test_who_checked_in_and_then_sent_nothing_for_twelve_hours_is_silent(session, scheduler):
    visit = a_visit(session, window_to=TODAY + 9 * DAY)
    evaluation = given(session, visit, visited_at=NOON - DAY)
    answers(session, evaluation, {"greeted": "yes"})
    assert listed(session, scheduler, Focus.SILENT, NOON + SILENCE - timedelta(minutes=1)) == set()
    assert listed(session, scheduler, Focus.SILENT, NOON + SILENCE) == {visit.id}
    assert session.query(Change).count() == 1


def test_a_photo_is_a_sign_too(session, scheduler):
    visit = a_visit(session, window_to=TODAY)
    evaluation = given(session, visit)
    photo = a_photo(session, evaluation)
    session.query(Change).update({"received_at": NOON - 2 * DAY})
    photo.received_at = NOON - timedelta(hours=1)
    assert listed(session, scheduler, Focus.SILENT) == set()
    photo.received_at = NOON - DAY
    assert listed(session, scheduler, Focus.SILENT) == {visit.id}


def test_what_was_sent_back_is_overdue_by_its_own_deadline(session, scheduler):
    visit = a_visit(session, window_to=TODAY - 9 * DAY)
    evaluation = given(session, visit, state=EvaluationState.RETURNED, round=2, return_due_at=NOON + DAY)
    visit.state = VisitState.DONE
    assert listed(session, scheduler, Focus.RETURN_LATE) == listed(session, scheduler, Focus.LATE) == set()
    [row] = visits.listed(session, scheduler).rows
    assert not row.is_late(NOON)
    evaluation.return_due_at = NOON - timedelta(minutes=1)
    assert listed(session, scheduler, Focus.RETURN_LATE) == {visit.id}
    [row] = visits.listed(session, scheduler).rows
    assert row.is_late(NOON)


def test_what_presses_is_counted_once(session, scheduler):
    visit = a_visit(session, window_to=TODAY)
    given(session, visit)
    assert listed(session, scheduler, Focus.PRESSING) == {visit.id}


def test_who_sees_no_visits_counts_none(session):
    a_visit(session, window_to=TODAY)
    belongs = attention.conditions(session, NOON)
    found = attention.attention(session, a_person(session, Role.DESIGNER), belongs)
    assert (found.visits, set(found.counts.values())) == (0, {0})


def test_without_any_location_there_is_nothing_to_count(session):
    found = attention.attention(session, a_shopper(session), attention.conditions(session, NOON))
    assert found.visits == 0
