"""A wave as the context of one of its locations: what was released, critical ones apart, locations as units."""

from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from evaluations.document.tree import Critical, Effect, Rating
from evaluations.models import EvaluationState, Location, Wave
from evaluations.reporting import in_context
from tests.builders import a_document, a_location, a_question, a_version, a_wave
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


def visited(session: Session, wave: Wave, *warmth: int, exit_free: str = "yes", **given: object) -> Location:
    """A location with one visit for each of these ratings."""
    location = a_location(session, wave.programme.client)
    for points in warmth:
        a_result(session, wave, location, {"warm": points, "exit": exit_free}, **given)
    return location


def test_a_wave_without_results_is_an_empty_context(session: Session, wave: Wave) -> None:
    found = in_context.of_waves(session, [wave.id])[wave.id]
    assert (found.total.of, found.total.rest.mean, dict(found.touchpoints)) == (0, None, {})


def test_what_is_not_released_and_older_editions_are_in_no_context(session: Session, wave: Wave) -> None:
    place = visited(session, wave, 8)
    visited(session, wave, 1, state=EvaluationState.WITHDRAWN)
    visited(session, wave, 1, state=EvaluationState.APPROVED)
    visited(session, a_wave(session, version=wave.version), 1)
    found = in_context.of_waves(session, [wave.id])[wave.id]
    assert (found.total.of, found.total.rest.millionths) == (1, 80 * MILLION)
    assert place.client_id == wave.programme.client_id


def test_visits_of_one_location_are_averaged_first(session: Session, wave: Wave) -> None:
    visited(session, wave, 10, 10, 10)
    visited(session, wave, 4)
    found = in_context.of_waves(session, [wave.id])[wave.id]
    assert (found.total.of, found.total.rest.millionths) == (2, 70 * MILLION)
    assert found.touchpoints["greeting"].millionths == 70 * MILLION


def test_a_location_with_a_critical_stands_apart_from_every_mean(session: Session, wave: Wave) -> None:
    for points in (6, 7, 8, 9, 10):
        visited(session, wave, points)
    visited(session, wave, 0, exit_free="no")
    found = in_context.of_waves(session, [wave.id])[wave.id]
    assert (found.total.failed, found.total.of) == (1, 6)
    assert found.total.rest.millionths == found.touchpoints["greeting"].millionths == 80 * MILLION
    assert found.total.rest.interval is not None
    assert found.total.rest.interval.printed == (Decimal("37.6"), Decimal("96.4"))


def test_fewer_than_five_locations_have_no_interval(session: Session, wave: Wave) -> None:
    for points in (6, 7, 8, 9):
        visited(session, wave, points)
    assert in_context.of_waves(session, [wave.id])[wave.id].total.rest.is_single
