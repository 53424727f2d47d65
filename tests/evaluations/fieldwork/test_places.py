"""Clients, areas and locations are entered once, checked, and every change is written down."""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from evaluations.errors import Conflict, Invalid, NotFound
from evaluations.fieldwork import places, zones
from evaluations.fieldwork.particulars import Particulars
from evaluations.models import Area, AuditEntry, Client, Location, LocationKind, PersonArea, Role
from tests.builders import NOON, a_client, a_client_user, a_location, a_person


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
    assert zone in zones.time_zones()
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


def a_chain(session, client, by, length):
    """Areas that lie in one another, the outermost first."""
    chain = [None]
    for number in range(length):
        chain.append(
            places.add_area(session, client, name=f"Level {number}", parent=chain[-1], by=by, at=NOON)
        )
    return chain[1:]


def test_areas_lie_in_one_another_six_deep_and_no_deeper(session, scheduler):
    client = a_client(session)
    chain = a_chain(session, client, scheduler, 6)
    with refused("area_too_deep", "parent"):
        places.add_area(session, client, name="Too deep", parent=chain[-1], by=scheduler, at=NOON)
    other = places.add_area(session, client, name="Other", by=scheduler, at=NOON)
    places.add_area(session, client, name="In other", parent=other, by=scheduler, at=NOON)
    with refused("area_too_deep", "parent"):
        places.change_area(session, other, name="Other", parent=chain[4], by=scheduler, at=NOON)
    places.change_area(session, other, name="Other", parent=chain[3], by=scheduler, at=NOON)
    assert other.parent == chain[3]


def test_an_area_with_anything_in_it_is_not_removed(session, scheduler):
    client = a_client(session)
    outer, inner = a_chain(session, client, scheduler, 2)
    a_location(session, client, area_id=inner.id, is_active=False)
    for area in (outer, inner):
        with pytest.raises(Conflict, match="area_not_empty"):
            places.remove_area(session, area, by=scheduler, at=NOON)


def test_an_area_that_a_client_user_was_given_is_not_removed(session, scheduler):
    client = a_client(session)
    [area] = a_chain(session, client, scheduler, 1)
    session.add(PersonArea(person_id=a_client_user(session, client).id, area_id=area.id))
    with pytest.raises(Conflict, match="area_in_use"):
        places.remove_area(session, area, by=scheduler, at=NOON)


def test_an_empty_area_is_removed_and_the_trail_keeps_its_name(session, scheduler):
    client = a_client(session)
    outer, inner = a_chain(session, client, scheduler, 2)
    places.remove_area(session, inner, by=scheduler, at=NOON)
    places.remove_area(session, outer, by=scheduler, at=NOON)
    assert session.scalars(select(Area).where(Area.client_id == client.id)).all() == []
    assert acts(session, inner)[-1] == ("area.removed", {"name": "Level 1", "parent": "Level 0"})


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"kind": "phone_line"}, "needed", "contact"),
        ({"kind": "phone_line", "contact": "call me"}, "phone_unreadable", "contact"),
        ({"kind": "phone_line", "contact": "12"}, "phone_unreadable", "contact"),
        ({"kind": "phone_line", "contact": "0900", "address": "Gran Vía 1"}, "unfit_for_kind", "address"),
        ({"kind": "web", "contact": "javascript://x.example/%0aalert(1)"}, "web_unreadable", "contact"),
        ({"kind": "web", "contact": "https://user:word@example.com"}, "web_unreadable", "contact"),
        ({"kind": "web", "contact": "shop"}, "web_unreadable", "contact"),
        ({"kind": "web", "contact": "http://[::1"}, "web_unreadable", "contact"),
        ({"kind": "web", "contact": "http://example.com:99999/"}, "web_unreadable", "contact"),
        ({"kind": "web", "contact": "example.com", "hours": "mon closed"}, "unfit_for_kind", "hours"),
        ({"kind": "mailbox", "contact": "a@example.com b@example.com"}, "mailbox_unreadable", "contact"),
        (
            {"kind": "mailbox", "contact": "@shop", "latitude": 1.0, "longitude": 1.0},
            "unfit_for_kind",
            "latitude",
        ),
        ({"kind": "store", "contact": "0900 123"}, "unfit_for_kind", "contact"),
        ({"hours": "mon 09:00-14:00,10:00-12:00"}, "hours_overlap", "mon"),
    ],
)
def test_what_does_not_fit_the_kind_of_a_location_is_refused(session, scheduler, given, code, field):
    given = given | {"kind": LocationKind(given.get("kind", "store"))}
    with refused(code, field):
        particulars = Particulars(code="S1", name="High Street", **given)
        places.add_location(session, a_client(session), particulars, by=scheduler, at=NOON)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("phone_line", "+34 (91) 123-45.67 ext. 8", "+34 (91) 123-45.67 ext. 8"),
        ("web", "shop.example.com/es?x=1", "https://shop.example.com/es?x=1"),
        ("web", "http://example.com", "http://example.com"),
        ("mailbox", "help@example.com", "help@example.com"),
        ("mailbox", "Marisol en Instagram", "Marisol en Instagram"),
    ],
)
def test_a_location_that_is_no_store_is_reached_by_what_its_kind_wants(session, scheduler, kind, typed, kept):
    particulars = Particulars(code="S1", name="Help", kind=LocationKind(kind), contact=typed)
    location = places.add_location(session, a_client(session), particulars, by=scheduler, at=NOON)
    assert location.contact == kept


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [(40.4168, -3.7038, "Europe/Madrid"), (28.1, -15.4, "Atlantic/Canary"), (0.0, -30.0, None)],
)
def test_a_time_zone_is_proposed_from_the_coordinates(latitude, longitude, zone):
    assert zones.zone_at(latitude, longitude) == zone


def test_a_zone_is_doubted_only_where_clocks_differ():
    assert zones.other_zone_at("Europe/Madrid", 28.1, -15.4, NOON) == "Atlantic/Canary"
    assert zones.other_zone_at("Europe/Paris", 40.4, -3.7, NOON) is None
    assert zones.other_zone_at("Africa/Lagos", 40.4, -3.7, NOON) == "Europe/Madrid"  # alike in winter only
