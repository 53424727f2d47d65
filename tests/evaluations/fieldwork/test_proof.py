"""Proof of visit: when and where, how far from the place, and how long."""

from datetime import UTC, datetime, timedelta

import pytest

from evaluations.document.sent import Place
from evaluations.fieldwork.proof import Doubt, DoubtCode, doubts, proof
from evaluations.models import Location, Outcome
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


QUARTER = timedelta(minutes=15)


def going(after: timedelta = QUARTER) -> Presence:
    return presence(None, after)


def fix(metres_north: int, **given) -> Presence:
    """A check-in so far north of Sol."""
    return presence(Place(lat=f"{SOL.latitude + metres_north / 111_195:.6f}", lon="-3.70350", **given))


@pytest.mark.parametrize(
    ("check_in", "metres"),
    [
        (fix(525, accuracy_m=20), 525),
        (fix(325, accuracy_m=24), 325),
        (fix(325, accuracy_m=26), None),
        (fix(290, accuracy_m=1), None),
        (fix(525), None),
        (presence(None), None),
    ],
)
def test_a_check_in_is_far_away_where_it_is_so_by_more_than_its_accuracy(check_in, metres):
    told = doubts(Contents(check_in=check_in, check_out=going()), SOL)
    assert [(one.code, one.figure) for one in told] == ([] if metres is None else [(DoubtCode.FAR, metres)])


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Place(denied=True), (Doubt(DoubtCode.DENIED),)),
        (Place(lat="40.42", lon="-3.7", accuracy_m=3000), (Doubt(DoubtCode.COARSE, 3000),)),
        (Place(lat="40.4169", lon="-3.7035", accuracy_m=251), (Doubt(DoubtCode.COARSE, 251),)),
        (Place(lat="40.4169", lon="-3.7035", accuracy_m=250), ()),
        (None, ()),
    ],
)
def test_a_place_that_was_denied_or_is_known_coarsely_is_told(place, told):
    contents = Contents(check_in=presence(place), check_out=going())
    assert doubts(contents, SOL) == told
    assert doubts(contents, Location()) == ()


def test_no_check_in_is_far_from_a_location_without_coordinates():
    assert doubts(Contents(check_in=fix(9000, accuracy_m=5), check_out=going()), Location()) == ()


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (300, ()),
        (299, (Doubt(DoubtCode.SHORT, 4),)),
        (59, (Doubt(DoubtCode.SHORT, 0),)),
        (-1, ()),
    ],
)
def test_a_visit_of_less_than_five_minutes_is_short(seconds, told):
    out = going(timedelta(seconds=seconds))
    assert doubts(Contents(check_in=presence(None), check_out=out), SOL) == told


@pytest.mark.parametrize("check_in", [presence(None), None])
def test_a_visit_without_a_check_out_says_so(check_in):
    assert doubts(Contents(check_in=check_in), SOL) == (Doubt(DoubtCode.NO_CHECK_OUT),)


@pytest.mark.parametrize("outcome", [Outcome.CLOSED_STORE, Outcome.COULD_NOT])
def test_of_a_visit_that_could_not_be_made_only_the_place_is_looked_at(outcome):
    told = doubts(Contents(check_in=fix(525, accuracy_m=20), outcome=outcome), SOL)
    assert [one.code for one in told] == [DoubtCode.FAR]
