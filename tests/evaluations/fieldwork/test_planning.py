"""Waves are planned on published versions, and their visits are planned, changed and cancelled."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from evaluations.errors import Conflict, Invalid, NotFound, WrongState
from evaluations.fieldwork import planning
from evaluations.fieldwork.planning import Window
from evaluations.models import AuditEntry, Capture, EvaluationState, Programme, Role, Visit, VisitState
from tests.builders import (
    NOON,
    a_client,
    a_location,
    a_person,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
    kept,
)

MARCH = Window(date(2026, 3, 1), date(2026, 3, 31))
EASTER_WEEK = Window(date(2026, 3, 9), date(2026, 3, 15))


@pytest.fixture
def scheduler(session):
    return a_person(session, Role.SCHEDULER)


def a_programme(session, client, **given):
    return kept(session, Programme(client_id=client.id, name="Store check", created_at=NOON, **given))


def acts(session, subject):
    """What the audit trail says happened to `subject`, oldest first."""
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.subject_id == subject.id).order_by(AuditEntry.id)
    )
    return [(entry.act, json.loads(entry.details)) for entry in entries]


def refused(code, field):
    return pytest.raises(Invalid, check=lambda refusal: (refusal.code, refusal.field) == (code, field))


def test_two_programmes_of_a_client_cannot_share_a_name(session, scheduler):
    client = a_client(session)
    planning.add_programme(session, client, name="Store check", by=scheduler, at=NOON)
    with refused("programme_name_taken", "programme_name"):
        planning.add_programme(session, client, name="Store check", by=scheduler, at=NOON)
    planning.add_programme(session, a_client(session), name="Store check", by=scheduler, at=NOON)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"name": " "}, "needed", "name"),
        ({"dates": Window(date(2026, 3, 2), date(2026, 3, 1))}, "ends_before_start", "ends_on"),
        ({"locations": []}, "no_locations", "locations"),
    ],
)
def test_a_wave_that_cannot_be_is_refused_at_the_field(session, scheduler, given, code, field):
    client = a_client(session)
    wave = {"name": "Spring", "dates": MARCH, "locations": [a_location(session, client)]} | given
    with refused(code, field):
        planning.plan_wave(
            session, a_programme(session, client), a_version(session), **wave, by=scheduler, at=NOON
        )


def test_a_wave_is_not_planned_on_a_draft(session, scheduler):
    client = a_client(session)
    draft = a_version(session, published_at=None, published_by_id=None, content_hash=None)
    with refused("version_is_draft", "version"):
        planning.plan_wave(
            session,
            a_programme(session, client),
            draft,
            name="Spring",
            dates=MARCH,
            locations=[a_location(session, client)],
            by=scheduler,
            at=NOON,
        )


def test_a_wave_is_captured_as_its_programme_says_when_it_is_planned(session, scheduler):
    client = a_client(session)
    programme = a_programme(session, client, capture=Capture.DISCREET)
    version = a_version(session)
    given = {"dates": MARCH, "locations": [a_location(session, client)], "by": scheduler, "at": NOON}
    one = planning.plan_wave(session, programme, version, name="One", **given)
    programme.capture = Capture.OPEN
    two = planning.plan_wave(session, programme, version, name="Two", **given)
    assert (one.capture, two.capture) == (Capture.DISCREET, Capture.OPEN)
    planning.change_wave(
        session, two, name="Two", dates=MARCH, capture=Capture.DISCREET, by=scheduler, at=NOON
    )
    assert two.capture is Capture.DISCREET


def test_two_waves_of_a_programme_cannot_share_a_name(session, scheduler):
    wave = a_wave(session, name="Spring")
    with refused("wave_name_taken", "name"):
        planning.plan_wave(
            session,
            wave.programme,
            wave.version,
            name="Spring",
            dates=MARCH,
            locations=[a_location(session, wave.programme.client)],
            by=scheduler,
            at=NOON,
        )


def test_a_location_of_another_client_does_not_exist_for_the_wave(session, scheduler):
    with pytest.raises(NotFound):
        planning.plan_visits(session, a_wave(session), [a_location(session)], by=scheduler, at=NOON)


def test_no_visit_is_planned_at_a_location_that_was_taken_out(session, scheduler):
    wave = a_wave(session)
    closed = a_location(session, wave.programme.client, is_active=False)
    with refused("location_inactive", "locations"):
        planning.plan_visits(session, wave, [closed], by=scheduler, at=NOON)


@pytest.mark.parametrize(
    ("window", "code", "field"),
    [
        (Window(date(2026, 3, 9), date(2026, 3, 8)), "ends_before_start", "window_to"),
        (Window(date(2026, 2, 28), date(2026, 3, 8)), "window_outside_wave", "window_from"),
        (Window(date(2026, 3, 9), date(2026, 4, 1)), "window_outside_wave", "window_to"),
    ],
)
def test_a_window_outside_its_wave_is_refused_at_the_field(session, scheduler, window, code, field):
    wave = a_wave(session)
    location = a_location(session, wave.programme.client)
    with refused(code, field):
        planning.plan_visits(session, wave, [location], window=window, by=scheduler, at=NOON)
    visit = a_visit(session, wave, location)
    with refused(code, field):
        planning.change_visit(session, visit, window=window, note="", by=scheduler, at=NOON)
    assert (visit.window_from, visit.window_to) == (MARCH.first, MARCH.last)


def test_planning_a_wave_plans_one_visit_at_each_location(session, scheduler):
    client = a_client(session)
    here, there = a_location(session, client), a_location(session, client)
    wave = planning.plan_wave(
        session,
        a_programme(session, client),
        a_version(session),
        name=" Spring ",
        dates=MARCH,
        locations=[here, there, here],
        by=scheduler,
        at=NOON,
    )
    visits = session.scalars(select(Visit).where(Visit.wave_id == wave.id)).all()
    assert wave.name == "Spring"
    assert {visit.location_id for visit in visits} == {here.id, there.id}
    assert {(visit.state, visit.window_from, visit.window_to) for visit in visits} == {
        (VisitState.PLANNED, MARCH.first, MARCH.last)
    }
    assert [act for visit in visits for act, _ in acts(session, visit)] == ["visit.planned"] * 2


def test_a_location_may_be_visited_again_in_the_same_wave(session, scheduler):
    first = a_visit(session)
    [second] = planning.plan_visits(
        session, first.wave, [first.location], window=EASTER_WEEK, note="Go at noon", by=scheduler, at=NOON
    )
    assert second.id != first.id
    assert (second.window_from, second.window_to, second.note) == (
        EASTER_WEEK.first,
        EASTER_WEEK.last,
        "Go at noon",
    )


def test_when_a_wave_gets_other_dates_its_open_visits_follow(session, scheduler):
    visit = a_visit(session)
    narrow = a_visit(session, visit.wave, window_from=EASTER_WEEK.first, window_to=EASTER_WEEK.last)
    cancelled = a_visit(session, visit.wave, state=VisitState.CANCELLED)
    dates = Window(date(2026, 3, 5), date(2026, 4, 15))
    planning.change_wave(session, visit.wave, name="Spring", dates=dates, by=scheduler, at=NOON)
    assert (visit.window_from, visit.window_to) == (dates.first, dates.last)
    assert (narrow.window_from, narrow.window_to) == (EASTER_WEEK.first, EASTER_WEEK.last)
    assert (cancelled.window_from, cancelled.window_to) == (MARCH.first, MARCH.last)
    assert [act for act, _ in acts(session, visit)] == ["visit.changed"]
    assert acts(session, visit.wave)[0][1]["after"]["ends_on"] == "2026-04-15"


def test_dates_that_would_leave_a_visit_outside_are_refused_and_nothing_moves(session, scheduler):
    visit = a_visit(session, window_from=EASTER_WEEK.first, window_to=EASTER_WEEK.last)
    wave = visit.wave
    dates = Window(date(2026, 3, 12), date(2026, 3, 31))
    with refused("visits_outside_wave", "ends_on"):
        planning.change_wave(session, wave, name=wave.name, dates=dates, by=scheduler, at=NOON)
    assert wave.starts_on == MARCH.first


def test_a_wave_cannot_take_the_name_of_another(session, scheduler):
    wave = a_wave(session, name="Spring")
    other = kept(
        session,
        type(wave)(
            programme_id=wave.programme_id,
            version_id=wave.version_id,
            name="Summer",
            starts_on=MARCH.first,
            ends_on=MARCH.last,
            created_at=NOON,
        ),
    )
    with refused("wave_name_taken", "name"):
        planning.change_wave(session, other, name="Spring", dates=MARCH, by=scheduler, at=NOON)
    assert other.name == "Summer"


@pytest.mark.parametrize("state", [VisitState.DONE, VisitState.CANCELLED])
def test_a_visit_that_is_over_is_not_changed(session, scheduler, state):
    visit = a_visit(session, state=state)
    with pytest.raises(Conflict, check=lambda refusal: refusal.code == "visit_is_over"):
        planning.change_visit(session, visit, window=EASTER_WEEK, note="", by=scheduler, at=NOON)


def test_a_visit_gets_another_window_and_a_note(session, scheduler):
    visit = a_visit(session)
    planning.change_visit(session, visit, window=EASTER_WEEK, note=" Go at noon ", by=scheduler, at=NOON)
    assert (visit.window_from, visit.note) == (EASTER_WEEK.first, "Go at noon")
    assert acts(session, visit)[0][1]["after"] == {
        "note": "Go at noon",
        "window_from": "2026-03-09",
        "window_to": "2026-03-15",
    }


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_visit_is_not_cancelled_without_a_reason(session, scheduler, reason):
    visit = a_visit(session)
    with refused("needed", "reason"):
        planning.cancel_visit(session, visit, reason=reason, by=scheduler, at=NOON)
    assert visit.state is VisitState.PLANNED


@pytest.mark.parametrize("state", [VisitState.DONE, VisitState.CANCELLED])
def test_what_is_over_cannot_be_cancelled(session, scheduler, state):
    visit = a_visit(session, state=state)
    with pytest.raises(WrongState) as refusal:
        planning.cancel_visit(session, visit, reason="Closed", by=scheduler, at=NOON)
    assert refusal.value.values == {"being": state.value, "wanted": "cancelled"}


def test_a_visit_whose_work_was_handed_in_cannot_be_cancelled(session, scheduler):
    evaluation = an_evaluation(session, state=EvaluationState.SUBMITTED)
    with pytest.raises(WrongState):
        planning.cancel_visit(session, evaluation.visit, reason="Closed", by=scheduler, at=NOON)
    assert evaluation.visit.state is VisitState.ASSIGNED


def test_a_cancelled_visit_says_why(session, scheduler):
    visit = a_visit(session)
    planning.cancel_visit(session, visit, reason="The store was sold", by=scheduler, at=NOON)
    assert visit.state is VisitState.CANCELLED
    assert acts(session, visit) == [("visit.cancelled", {"being": "planned", "reason": "The store was sold"})]


def test_cancelling_a_visit_under_way_abandons_its_evaluation_and_deletes_nothing(session, scheduler):
    evaluation = an_evaluation(session)
    planning.cancel_visit(session, evaluation.visit, reason="The store was sold", by=scheduler, at=NOON)
    assert evaluation.state is EvaluationState.ABANDONED
    assert acts(session, evaluation) == [("evaluation.abandoned", {"reason": "The store was sold"})]
