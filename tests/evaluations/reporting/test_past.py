"""What a visit's location reached before: only its own, only what holds, and by the day of the visit."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from evaluations.document.tree import Critical, Effect, Rating
from evaluations.models import EvaluationState, Location, Scorecard, Wave
from evaluations.reporting import in_context, visit_report
from evaluations.scoring.bands import Band
from tests.builders import NOON, a_document, a_location, a_question, a_version, a_wave
from tests.evaluations.reporting.results import a_result

EXIT = Critical(on=("no",), effect=Effect.FAILS_VISIT)
DOCUMENT = a_document(
    Rating(key="warm", text={"en": "How warm was it?", "es": "¿Cómo de cálido?"}, lo=0, hi=10, points=10),
    a_question("exit", "Was the exit free?", points=0, critical=EXIT),
)
MILLION = 1_000_000


@pytest.fixture
def wave(session: Session) -> Wave:
    return a_wave(session, version=a_version(session, DOCUMENT))


@pytest.fixture
def place(session: Session, wave: Wave) -> Location:
    return a_location(session, wave.programme.client)


def visited(
    session: Session,
    wave: Wave,
    place: Location,
    days: int,
    points: int,
    exit_free: str = "yes",
    **given: object,
) -> Scorecard:
    """A visit so many days after the first, with this rating."""
    at = NOON + timedelta(days=days)
    return a_result(session, wave, place, {"warm": points, "exit": exit_free}, visited_at=at, **given)


def test_a_first_visit_has_nothing_before_it(session: Session, wave: Wave, place: Location) -> None:
    card = visited(session, wave, place, 0, 8)
    visited(session, wave, place, 1, 9)
    assert visit_report.load(session, card).earlier == ()


def test_other_places_programmes_and_what_no_longer_holds_are_not_its_past(
    session: Session, wave: Wave, place: Location
) -> None:
    visited(session, wave, a_location(session, wave.programme.client), 0, 1)
    visited(session, a_wave(session, version=wave.version), place, 0, 1)
    visited(session, wave, place, 0, 1, state=EvaluationState.WITHDRAWN)
    assert visit_report.load(session, visited(session, wave, place, 9, 8)).earlier == ()


def test_a_client_that_is_not_shown_what_was_before_sees_no_past_but_the_wave(
    session: Session, wave: Wave, place: Location
) -> None:
    visited(session, wave, place, 0, 9)
    card = visited(session, wave, place, 9, 8)
    wave.programme.client.shows_previous = False
    session.flush()
    report = visit_report.load(session, card)
    assert (report.earlier, report.previous) == ((), None)
    assert report.context is not None
    assert report.context.total.of == 1


def test_earlier_visits_come_newest_first_with_score_band_and_failing(
    session: Session, wave: Wave, place: Location
) -> None:
    visited(session, wave, place, 0, 9)
    visited(session, wave, place, 3, 6, exit_free="no")
    report = visit_report.load(session, visited(session, wave, place, 9, 8))
    told = [(one.visited_at, one.millionths, one.band, one.has_failed) for one in report.earlier]
    assert told == [
        (NOON + timedelta(days=3), 60 * MILLION, None, True),
        (NOON, 90 * MILLION, Band.GOOD, False),
    ]
    assert {one.wave for one in report.earlier} == {wave.name}


def test_a_visit_is_read_beside_the_wave_at_all_locations(
    session: Session, wave: Wave, place: Location
) -> None:
    for points in (6, 7, 8, 9, 10):
        visited(session, wave, a_location(session, wave.programme.client), 0, points)
    report = visit_report.load(session, visited(session, wave, place, 0, 2))
    assert report.context == in_context.of_waves(session, [wave.id])[wave.id]
    assert report.context is not None
    assert report.context.total.rest.n == 6
    [greeting] = report.touchpoints
    assert greeting.mean is not None
    assert greeting.mean.millionths == 70 * MILLION
