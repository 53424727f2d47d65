"""The office reads clients, their areas as a tree, and their locations a page at a time."""

import pytest

from evaluations.errors import NotFound
from evaluations.models import Area, Role, VisitState
from evaluations.queries import clients as queries
from tests.builders import a_client, a_client_user, a_location, a_person, a_shopper, a_visit, a_wave, kept


@pytest.fixture
def scheduler(session):
    return a_person(session, Role.SCHEDULER)


@pytest.fixture
def brand(session):
    return a_client(session, name="Nordwind")


def an_area(session, client, name, parent=None):
    return kept(session, Area(client_id=client.id, name=name, parent_id=parent.id if parent else None))


def test_a_shopper_sees_no_client_and_a_client_user_only_the_own(session, brand):
    other = a_client(session)
    assert queries.listed(session, a_shopper(session)) == []
    assert [row.id for row in queries.listed(session, a_client_user(session, other))] == [other.id]


def test_a_client_is_listed_with_how_much_there_is_of_it(session, scheduler, brand):
    here, there = a_location(session, brand), a_location(session, brand)
    a_location(session, brand, is_active=False)
    wave = a_wave(session, brand)
    a_visit(session, wave, here)
    a_visit(session, wave, there, state=VisitState.DONE)
    a_visit(session)
    [row] = [row for row in queries.listed(session, scheduler) if row.id == brand.id]
    assert (row.name, row.areas, row.locations, row.waves, row.open_visits) == ("Nordwind", 3, 2, 1, 1)


def test_clients_are_listed_by_name_whatever_its_capitals(session, scheduler):
    for name in ("beta", "Alpha", "Gamma"):
        a_client(session, name=name)
    assert [row.name for row in queries.listed(session, scheduler)] == ["Alpha", "beta", "Gamma"]


def test_the_tree_is_read_from_the_top_and_counts_what_lies_below(session, brand):
    spain = an_area(session, brand, "Spain")
    north = an_area(session, brand, "North", spain)
    south = an_area(session, brand, "South", spain)
    an_area(session, brand, "France")
    an_area(session, a_client(session), "Elsewhere")
    for area in (spain, north, north, south):
        a_location(session, brand, area_id=area.id)
    a_location(session, brand, area_id=south.id, is_active=False)
    assert [(row.path, row.depth, row.locations) for row in queries.tree(session, brand)] == [
        ("France", 0, 0),
        ("Spain", 0, 4),
        ("Spain › North", 1, 2),
        ("Spain › South", 1, 1),
    ]


def test_an_area_that_is_not_in_the_tree_is_not_found(session, brand):
    foreign = an_area(session, a_client(session), "Elsewhere")
    with pytest.raises(NotFound):
        queries.inside(queries.tree(session, brand), foreign.id)


def test_locations_come_in_the_order_of_the_tree_those_in_no_area_first(session, brand):
    spain = an_area(session, brand, "Spain")
    north = an_area(session, brand, "A north", spain)
    france = an_area(session, brand, "France")
    for name, area in (("d", north), ("c", spain), ("B", france), ("a", france)):
        a_location(session, brand, name=name, area_id=area.id)
    a_location(session, brand, name="z", area_id=None)
    page = queries.locations(session, brand, queries.tree(session, brand))
    assert [row.name for row in page.rows] == ["z", "a", "B", "c", "d"]


def test_locations_of_an_area_are_those_of_the_areas_below_too(session, brand):
    spain = an_area(session, brand, "Spain")
    north = an_area(session, brand, "North", spain)
    a_location(session, brand, name="in the north", area_id=north.id)
    a_location(session, brand, name="elsewhere")
    tree = queries.tree(session, brand)
    assert [row.name for row in queries.locations(session, brand, tree, area_id=spain.id).rows] == [
        "in the north"
    ]


@pytest.mark.parametrize("words", ["ávila", "MAYOR", "S-7", "calle", "100%"])
def test_locations_are_found_by_name_code_town_and_street(session, brand, words):
    a_location(session, brand, name="Plaza Mayor", city="ávila", code="S-7", address="Calle 100%")
    a_location(session, brand, name="Station", city="León", code="S_8", address="Avenida 1000")
    page = queries.locations(session, brand, (), words=words)
    assert [row.name for row in page.rows] == ["Plaza Mayor"]


def test_a_page_that_does_not_exist_is_the_nearest_that_does(session, brand):
    for number in range(queries.PAGE + 1):
        a_location(session, brand, name=f"{number:03}", area_id=None)
    last = queries.locations(session, brand, (), number=99)
    assert (last.number, last.count, last.total, last.first, last.last) == (2, 2, 51, 51, 51)
    assert [row.name for row in last.rows] == ["050"]
    assert queries.locations(session, brand, (), number=-3).first == 1


def test_a_client_without_locations_has_one_empty_page(session, brand):
    page = queries.locations(session, brand, ())
    assert (page.rows, page.count, page.first, page.last) == ((), 1, 0, 0)


def test_only_active_locations_are_offered_for_planning(session, brand):
    area = an_area(session, brand, "Spain")
    a_location(session, brand, name="open", area_id=area.id)
    a_location(session, brand, name="closed", area_id=area.id, is_active=False)
    a_location(session, brand, name="alone", area_id=None)
    offered = queries.active_locations(session, brand)
    assert {area: [one.name for one in found] for area, found in offered.items()} == {
        area.id: ["open"],
        None: ["alone"],
    }


def test_areas_and_locations_are_found_under_their_own_client_only(session, scheduler, brand):
    area, location = an_area(session, brand, "Spain"), a_location(session, brand)
    other = a_client(session)
    assert queries.area(session, scheduler, brand.id, area.id) is area
    assert queries.location(session, scheduler, brand.id, location.id) is location
    for load, thing in ((queries.area, area), (queries.location, location)):
        with pytest.raises(NotFound):
            load(session, scheduler, other.id, thing.id)
        with pytest.raises(NotFound):
            load(session, a_shopper(session), brand.id, thing.id)
