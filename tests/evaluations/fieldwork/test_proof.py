"""Proof of visit: when and where, how far from the place, and how long."""

from datetime import UTC, datetime, timedelta

import pytest

from evaluations.document.evidence import Place
from evaluations.fieldwork.proof import proof
from evaluations.models import Location
from evaluations.queries.capture import Contents, Presence

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
SOL = Location(latitude=40.41690, longitude=-3.70350)
ATOCHA = Place(lat="40.40690", lon="-3.69120", accuracy_m=25, fix_age_s=2)


def presence(place: Place | None, after: timedelta = timedelta(0)) -> Presence:
    return Presence(NOON + after, place)


def test_nothing_is_known_of_who_never_checked_in():
    found = proof(Contents(), SOL)
    assert (found.check_in, found.check_out, found.stay) == (None, None, None)


@pytest.mark.parametrize("place", [None, Place(denied=True)])
def test_a_phone_that_does_not_say_where_it_is_proves_nothing(place):
    sighting = proof(Contents(check_in=presence(place)), SOL).check_in
    assert sighting is not None
    assert (sighting.distance_m, sighting.may_be_there) == (None, None)


def test_a_location_without_coordinates_is_no_distance_away():
    sighting = proof(Contents(check_in=presence(ATOCHA)), Location()).check_in
    assert sighting is not None
    assert sighting.distance_m is None


def test_the_distance_is_as_the_crow_flies():
    sighting = proof(Contents(check_in=presence(ATOCHA)), SOL).check_in
    assert sighting is not None
    assert sighting.distance_m == pytest.approx(1523.5, abs=1)  # on a flat map
    assert sighting.may_be_there is False


def test_a_fix_may_be_the_place_within_its_accuracy():
    near = Place(lat="40.41700", lon="-3.70350", accuracy_m=12)
    sighting = proof(Contents(check_in=presence(near)), SOL).check_in
    assert sighting is not None
    assert (sighting.distance_m, sighting.may_be_there) == (11, True)


def test_the_far_side_of_the_earth_is_half_its_girth_away():
    other = Place(lat="-40.41690", lon="176.29650", accuracy_m=5)
    sighting = proof(Contents(check_out=presence(other)), SOL).check_out
    assert sighting is not None
    assert sighting.distance_m == pytest.approx(20_015_087, abs=1)


def test_the_stay_lasts_from_check_in_to_check_out():
    found = proof(Contents(check_in=presence(None), check_out=presence(None, timedelta(minutes=25))), SOL)
    assert found.stay == timedelta(minutes=25)


def test_a_clock_that_ran_backwards_tells_no_stay():
    found = proof(Contents(check_in=presence(None), check_out=presence(None, timedelta(minutes=-1))), SOL)
    assert found.stay is None
