"""Clients, areas and locations are entered once, checked, and every change is written down."""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from evaluations.errors import Invalid, NotFound
from evaluations.fieldwork import places
from evaluations.fieldwork.places import Particulars
from evaluations.models import AuditEntry, Client, Location, Role
from tests.builders import NOON, a_client, a_location, a_person


@pytest.fixture
def scheduler(session):
    return a_person(session, Role.SCHEDULER)


def acts(session, subject):
    """What the audit trail says happened to `subject`, oldest first."""
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.subject_id == subject.id).order_by(AuditEntry.id)
    )
    return [(entry.act, json.loads(entry.details)) for entry in entries]


def refused(code, field):
    return pytest.raises(Invalid, check=lambda refusal: (refusal.code, refusal.field) == (code, field))


@pytest.mark.parametrize("name", ["", "   ", "\t"])
def test_a_client_without_a_name_is_refused(session, scheduler, name):
    with refused("needed", "name"):
        places.add_client(session, name=name, by=scheduler, at=NOON)


def test_a_name_that_no_column_holds_is_refused(session, scheduler):
    with refused("text_too_long", "name"):
        places.add_client(session, name="x" * 121, by=scheduler, at=NOON)


@pytest.mark.parametrize("colour", ["teal", "#12345", "#12345g", "#1234567", "0b6e6e", "", "#0b6e6e\n#"])
def test_a_colour_that_is_none_is_refused(session, scheduler, colour):
    with refused("colour_unreadable", "colour"):
        places.add_client(session, name="Nordwind", colour=colour, by=scheduler, at=NOON)


def test_two_clients_of_one_name_are_refused_and_the_first_stays(session, scheduler):
    places.add_client(session, name="Nordwind", by=scheduler, at=NOON)
    with refused("client_name_taken", "name"):
        places.add_client(session, name=" Nordwind ", by=scheduler, at=NOON)
    assert session.scalars(select(Client.name).where(Client.name == "Nordwind")).all() == ["Nordwind"]


def test_a_client_cannot_take_the_name_of_another(session, scheduler):
    places.add_client(session, name="Nordwind", by=scheduler, at=NOON)
    other = places.add_client(session, name="Südwind", by=scheduler, at=NOON)
    with refused("client_name_taken", "name"):
        places.change_client(session, other, name="Nordwind", colour="#000000", by=scheduler, at=NOON)
    assert (other.name, other.colour) == ("Südwind", "#0b6e6e")


def test_a_client_gets_another_name_and_the_trail_says_which(session, scheduler):
    client = places.add_client(session, name="Nordwind", by=scheduler, at=NOON)
    places.change_client(session, client, name="Nordwind AG", colour="#0B6E6E", by=scheduler, at=NOON)
    assert acts(session, client)[1] == (
        "client.changed",
        {"before": {"name": "Nordwind"}, "after": {"name": "Nordwind AG"}},
    )


def test_a_change_that_changes_nothing_leaves_no_trace(session, scheduler):
    client = places.add_client(session, name="Nordwind", by=scheduler, at=NOON)
    places.change_client(session, client, name="Nordwind", colour="#0b6e6e", by=scheduler, at=NOON)
    assert [act for act, _ in acts(session, client)] == ["client.added"]


def test_two_areas_side_by_side_cannot_share_a_name_not_even_at_the_top(session, scheduler):
    client = a_client(session)
    north = places.add_area(session, client, name="North", by=scheduler, at=NOON)
    with refused("area_name_taken", "name"):
        places.add_area(session, client, name="North", by=scheduler, at=NOON)
    places.add_area(session, client, name="Coast", parent=north, by=scheduler, at=NOON)
    with refused("area_name_taken", "name"):
        places.add_area(session, client, name="Coast", parent=north, by=scheduler, at=NOON)


def test_areas_of_one_name_may_stand_in_different_places(session, scheduler):
    client = a_client(session)
    north = places.add_area(session, client, name="North", by=scheduler, at=NOON)
    inside = places.add_area(session, client, name="North", parent=north, by=scheduler, at=NOON)
    elsewhere = places.add_area(session, a_client(session), name="North", by=scheduler, at=NOON)
    assert (inside.parent, elsewhere.parent) == (north, None)


def test_an_area_cannot_be_moved_beside_its_namesake(session, scheduler):
    client = a_client(session)
    north = places.add_area(session, client, name="North", by=scheduler, at=NOON)
    inside = places.add_area(session, client, name="North", parent=north, by=scheduler, at=NOON)
    with refused("area_name_taken", "name"):
        places.change_area(session, inside, name="North", parent=None, by=scheduler, at=NOON)


def test_an_area_cannot_be_put_inside_itself_nor_inside_what_it_contains(session, scheduler):
    client = a_client(session)
    country = places.add_area(session, client, name="Spain", by=scheduler, at=NOON)
    region = places.add_area(session, client, name="North", parent=country, by=scheduler, at=NOON)
    district = places.add_area(session, client, name="Coast", parent=region, by=scheduler, at=NOON)
    for inside in (country, region, district):
        with refused("area_inside_itself", "parent"):
            places.change_area(session, country, name="Spain", parent=inside, by=scheduler, at=NOON)


def test_an_area_of_another_client_does_not_exist_for_this_one(session, scheduler):
    client = a_client(session)
    foreign = places.add_area(session, a_client(session), name="North", by=scheduler, at=NOON)
    with pytest.raises(NotFound):
        places.add_area(session, client, name="Coast", parent=foreign, by=scheduler, at=NOON)
    with pytest.raises(NotFound):
        places.add_location(
            session, client, Particulars(code="S1", name="High Street", area=foreign), by=scheduler, at=NOON
        )


def test_an_area_is_renamed_and_moved(session, scheduler):
    client = a_client(session)
    north = places.add_area(session, client, name="North", by=scheduler, at=NOON)
    coast = places.add_area(session, client, name="Coast", by=scheduler, at=NOON)
    places.change_area(session, coast, name="Sea", parent=north, by=scheduler, at=NOON)
    session.expire_all()
    assert (coast.name, coast.parent) == ("Sea", north)
    assert acts(session, coast)[1] == (
        "area.changed",
        {"before": {"name": "Coast", "parent": None}, "after": {"name": "Sea", "parent": "North"}},
    )


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"name": " "}, "needed", "name"),
        ({"code": " "}, "needed", "code"),
        ({"code": "x" * 41}, "text_too_long", "code"),
        ({"address": "x" * 201}, "text_too_long", "address"),
        ({"city": "x" * 121}, "text_too_long", "city"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone_unknown", "time_zone"),
        ({"time_zone": ""}, "time_zone_unknown", "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone_unknown", "time_zone"),
        ({"latitude": 90.01, "longitude": 0.0}, "latitude_out_of_range", "latitude"),
        ({"latitude": float("nan"), "longitude": 0.0}, "latitude_out_of_range", "latitude"),
        ({"latitude": 0.0, "longitude": -180.5}, "longitude_out_of_range", "longitude"),
        ({"latitude": 40.4}, "coordinate_missing", "longitude"),
        ({"longitude": -3.7}, "coordinate_missing", "latitude"),
    ],
)
def test_a_location_with_wrong_particulars_is_refused_at_the_field(session, scheduler, given, code, field):
    client = a_client(session)
    particulars = Particulars(**({"code": "S1", "name": "High Street"} | given))
    with refused(code, field):
        places.add_location(session, client, particulars, by=scheduler, at=NOON)
    location = a_location(session, client)
    with refused(code, field):
        places.change_location(session, location, particulars, by=scheduler, at=NOON)
    assert session.scalars(select(Location).where(Location.client_id == client.id)).all() == [location]


def test_a_code_is_used_once_within_a_client(session, scheduler):
    client = a_client(session)
    places.add_location(session, client, Particulars(code="S1", name="High Street"), by=scheduler, at=NOON)
    with refused("location_code_taken", "code"):
        places.add_location(session, client, Particulars(code="S1", name="Station"), by=scheduler, at=NOON)
    with refused("location_code_taken", "code"):
        places.add_location(session, client, Particulars(code="s1", name="Port"), by=scheduler, at=NOON)
    other = a_location(session, client, code="S2")
    with refused("location_code_taken", "code"):
        places.change_location(session, other, Particulars(code="S1", name="Station"), by=scheduler, at=NOON)
    assert other.code == "S2"


def test_another_client_may_use_the_same_code(session, scheduler):
    for _ in range(2):
        places.add_location(
            session, a_client(session), Particulars(code="S1", name="High Street"), by=scheduler, at=NOON
        )


def test_a_location_is_corrected_and_the_trail_says_what(session, scheduler):
    client = a_client(session)
    north = places.add_area(session, client, name="North", by=scheduler, at=NOON)
    location = places.add_location(
        session, client, Particulars(code="S1", name="High Street", city="Leon"), by=scheduler, at=NOON
    )
    places.change_location(
        session,
        location,
        Particulars(code="S1", name="High Street", city="León", area=north, latitude=42.6, longitude=-5.6),
        by=scheduler,
        at=NOON,
    )
    act, details = acts(session, location)[1]
    assert act == "location.changed"
    assert details["before"] == {"area": None, "city": "Leon", "latitude": None, "longitude": None}
    assert details["after"] == {"area": "North", "city": "León", "latitude": 42.6, "longitude": -5.6}


def test_a_location_is_taken_out_of_planning_and_brought_back(session, scheduler):
    location = a_location(session)
    places.deactivate_location(session, location, by=scheduler, at=NOON)
    places.deactivate_location(session, location, by=scheduler, at=NOON)
    assert not location.is_active
    places.reactivate_location(session, location, by=scheduler, at=NOON)
    assert location.is_active
    assert [act for act, _ in acts(session, location)] == ["location.deactivated", "location.reactivated"]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Madrid", "America/Argentina/Buenos_Aires"])
def test_the_zones_that_are_offered_are_accepted(session, scheduler, zone):
    assert zone in places.time_zones()
    particulars = Particulars(code="S1", name="High Street", time_zone=zone)
    assert (
        places.add_location(session, a_client(session), particulars, by=scheduler, at=NOON).time_zone == zone
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(moves=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4) | st.none()), max_size=12))
def test_however_areas_are_moved_each_reaches_the_top(session, moves):
    by = a_person(session, Role.SCHEDULER)
    client = a_client(session)
    tree = [places.add_area(session, client, name=f"Area {n}", by=by, at=NOON) for n in range(5)]
    for which, where in moves:
        parent = None if where is None else tree[where]
        with suppress(Invalid):  # a circle is refused, and leaves all as it was
            places.change_area(session, tree[which], name=tree[which].name, parent=parent, by=by, at=NOON)
    for area in tree:
        above = [area]
        while above[-1].parent is not None:
            assert above[-1].parent not in above
            above.append(above[-1].parent)
