"""What a programme settles: refused where it does not fit, written down, and followed."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from evaluations.errors import Invalid
from evaluations.fieldwork import assigning, dispositions, programmes
from evaluations.fieldwork.programmes import Settings, change_programme, too_soon
from evaluations.models import AuditEntry, Programme, Release, Role, VisitState
from tests.builders import NOON, a_location, a_person, a_shopper, a_visit, a_wave, an_evaluation, kept

DAY = timedelta(days=1)


@pytest.fixture
def scheduler(session):
    return a_person(session, Role.SCHEDULER)


@pytest.fixture
def programme(session):
    return a_wave(session).programme


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": " "}, "needed"),
        ({"report_language": "fr"}, "report_language_unknown"),
        ({"target": Decimal(101)}, "target_out_of_range"),
        ({"target": Decimal(-1)}, "target_out_of_range"),
        ({"report_hours": -1}, "report_hours_out_of_range"),
        ({"report_hours": 10_000}, "report_hours_out_of_range"),
        ({"return_hours": 25}, "return_hours_unknown"),
        ({"lockout_days": 731}, "lockout_out_of_range"),
        ({"longest_minutes": 0}, "longest_minutes_out_of_range"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_box_and_nothing_changes(
    session, programme, scheduler, given, code
):
    before = programme.name
    with pytest.raises(Invalid) as refused:
        change_programme(session, programme, Settings(**({"name": "New"} | given)), by=scheduler, at=NOON)
    assert (refused.value.code, refused.value.field) == (code, next(iter(given)))
    assert programme.name == before


def test_a_name_that_another_programme_of_the_client_has_is_refused(session, programme, scheduler):
    kept(session, Programme(client_id=programme.client_id, name="Twin", created_at=NOON))
    with pytest.raises(Invalid) as refused:
        change_programme(session, programme, Settings(name="Twin"), by=scheduler, at=NOON)
    assert refused.value.code == "programme_name_taken"


def test_what_is_changed_is_written_down_with_what_was_before(session, programme, scheduler):
    settings = Settings(name=programme.name, release=Release.WITH_WAVE, target=Decimal("82.50"))
    change_programme(session, programme, settings, by=scheduler, at=NOON)
    assert (programme.release, programme.target) == (Release.WITH_WAVE, "82.5")
    [entry] = session.scalars(select(AuditEntry).where(AuditEntry.act == "programme.changed"))
    assert json.loads(entry.details) == {
        "before": {"release": "at_approval", "target": None},
        "after": {"release": "with_wave", "target": "82.5"},
    }
    change_programme(session, programme, settings, by=scheduler, at=NOON)
    assert len(session.scalars(select(AuditEntry).where(AuditEntry.act == "programme.changed")).all()) == 1


def test_the_hours_after_the_window_decide_what_is_late(session):
    evaluation = an_evaluation(session)
    noon_after = NOON + (evaluation.visit.window_to - NOON.date()) + DAY
    assert not dispositions.setting(session, evaluation, (), noon_after).late
    evaluation.visit.wave.programme.report_hours = 6
    assert dispositions.setting(session, evaluation, (), noon_after).late
    evaluation.visit.wave.programme.report_hours = 48
    assert not dispositions.setting(session, evaluation, (), noon_after + DAY - timedelta(hours=1)).late


def a_pair(session, *, was=None, window=date(2026, 3, 1), days=90):
    """A shopper's earlier visit at a place, made on the day `was`, and a new one from `window` on."""
    wave = a_wave(session)
    wave.programme.lockout_days = days
    place, shopper = a_location(session, wave.programme.client), a_shopper(session)
    before = a_visit(session, wave, place, window_from=date(2026, 1, 1), window_to=date(2026, 1, 31))
    made = an_evaluation(session, shopper, before)
    if was is not None:
        made.visited_at = NOON + (was - NOON.date())
        before.state = VisitState.DONE
    after = a_visit(session, wave, place, window_from=window, window_to=window + 20 * DAY)
    assigning.assign(session, after, shopper, by=a_person(session, Role.SCHEDULER), at=NOON)
    session.flush()
    return before, after


def test_a_shopper_who_returns_within_the_lock_out_is_told_with_the_day(session):
    _before, after = a_pair(session, was=date(2026, 1, 10))
    [found] = too_soon(session, [after])
    assert (found.location, found.before, found.days) == (after.location.name, date(2026, 1, 10), 90)


def test_the_day_of_the_visit_counts_and_not_its_window(session):
    was, window = date(2026, 1, 10), date(2026, 4, 10)
    assert (window - was).days == 90
    _before, after = a_pair(session, was=was, window=window)
    assert too_soon(session, [after]) == []
    _before, after = a_pair(session, was=was, window=window - DAY)
    assert len(too_soon(session, [after])) == 1


def test_a_visit_not_made_yet_counts_by_its_window(session):
    _before, after = a_pair(session)
    assert [found.before for found in too_soon(session, [after])] == [date(2026, 1, 31)]


def test_an_earlier_visit_that_is_assigned_after_the_later_one_is_told_too(session):
    before, _after = a_pair(session)
    assert len(too_soon(session, [before])) == 1


def test_without_a_lock_out_nobody_is_told(session):
    _before, after = a_pair(session, was=date(2026, 2, 27), days=0)
    assert too_soon(session, [after]) == []
    assert too_soon(session, []) == []


def test_what_was_cancelled_or_made_by_another_does_not_count(session):
    before, after = a_pair(session)
    before.state = VisitState.CANCELLED
    session.flush()
    assert too_soon(session, [after]) == []
    before.state, before.shopper = VisitState.ASSIGNED, a_shopper(session)
    session.flush()
    assert too_soon(session, [after]) == []


def test_the_deadlines_that_can_be_settled_are_those_an_editor_can_choose():
    from shopper.admin.forms.reviews import RETURN_HOURS_WORDS

    assert tuple(RETURN_HOURS_WORDS) == programmes.RETURN_HOURS
