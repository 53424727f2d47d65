"""A client user who is given some places sees them everywhere, and the others nowhere."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from evaluations import access
from evaluations.document.tree import Photo as PhotoQuestion
from evaluations.errors import NotFound
from evaluations.models import Area, Photo, Report, ReportState
from evaluations.photos.store import Size
from evaluations.queries import portal
from shopper.permissions import policy_of
from tests.builders import (
    a_client,
    a_client_user,
    a_document,
    a_location,
    a_question,
    a_version,
    a_visit,
    a_wave,
    kept,
)
from tests.evaluations.reviewing.visits import released

HOME = "/portal/"


@pytest.fixture
def brand(store):
    return a_client(store)


@pytest.fixture
def areas(store, brand):
    north = kept(store, Area(client_id=brand.id, name="North"))
    south = kept(store, Area(client_id=brand.id, name="South"))
    coast = kept(store, Area(client_id=brand.id, name="Coast", parent_id=north.id))
    return {"north": north, "coast": coast, "south": south}


@pytest.fixture
def shops(store, brand, areas):
    return {
        name: a_location(store, brand, name=f"{name} shop", area_id=area.id) for name, area in areas.items()
    }


@pytest.fixture
def visits(app, store, brand, shops):
    """One released visit per shop with a photo and a finished report; the south failed its question."""
    document = a_document(
        a_question("greeted"),
        PhotoQuestion(key="window", text={"en": "The window", "es": "El escaparate"}, required=False),
    )
    wave = a_wave(store, brand, a_version(store, document))
    made = {}
    for name, shop in shops.items():
        answer = "no" if name == "south" else "yes"
        made[name] = released(store, a_visit(store, wave, shop), {"greeted": answer}, photographed=["window"])
    for photo in store.scalars(select(Photo)):
        photo.sha256 = app.extensions["photos"].put(
            str(photo.id).encode(), {size: size.value.encode() for size in Size}
        )
    for report in store.scalars(select(Report)):
        report.state, report.sha256 = ReportState.READY, app.extensions["reports"].put(b"%PDF-1.7")
    store.commit()
    return made


def given(store, brand, areas=(), locations=()):
    person = a_client_user(store, brand)
    person.areas, person.locations = list(areas), list(locations)
    store.commit()
    return person


def photo_of(store, visit):
    return store.scalars(select(Photo.id).where(Photo.evaluation_id == visit.id)).one()


def seen(store, reader):
    return {row.location.split()[0] for row in portal.visits(store, reader).rows}


def test_with_nothing_given_it_is_the_whole_client(store, brand, visits):
    assert seen(store, given(store, brand)) == {"north", "coast", "south"}


@pytest.mark.parametrize(
    ("some_areas", "some_locations", "expected"),
    [
        (["north"], [], {"north", "coast"}),
        (["coast"], [], {"coast"}),
        ([], ["south"], {"south"}),
        (["coast"], ["south"], {"coast", "south"}),
    ],
)
def test_an_area_gives_all_below_it_and_locations_are_added(
    store, brand, areas, shops, visits, some_areas, some_locations, expected
):
    reader = given(store, brand, [areas[one] for one in some_areas], [shops[one] for one in some_locations])
    assert seen(store, reader) == expected
    assert {one.name.split()[0] for one in store.scalars(access.locations(reader))} == expected
    [wave] = portal.waves(store, reader)
    assert {one.name.split()[0] for one in wave.locations} == expected
    heat = portal.heat(store, reader, wave, portal.areas(store, reader))
    assert {row.location.name.split()[0] for row in heat.locations} == expected


def test_means_are_over_what_is_given_alone(store, brand, areas, visits):
    [whole] = portal.waves(store, given(store, brand))
    [north] = portal.waves(store, given(store, brand, [areas["north"]]))
    [south] = portal.waves(store, given(store, brand, [areas["south"]]))
    assert (north.millionths, south.millionths) == (100_000_000, 0)
    assert whole.millionths == 66_666_667


def test_areas_that_hold_nothing_given_are_not_there_and_the_tree_begins_where_the_reader_may_look(
    store, brand, areas, shops, visits
):
    def tree(reader):
        return [(area.name, depth) for area, depth in portal.areas(store, reader)]

    assert tree(given(store, brand, [areas["north"]])) == [("North", 0), ("Coast", 1)]
    assert tree(given(store, brand, [areas["coast"]])) == [("Coast", 0)]
    assert tree(given(store, brand, locations=[shops["south"]])) == [("South", 0)]
    with pytest.raises(NotFound):
        portal.within(portal.areas(store, given(store, brand, [areas["coast"]])), areas["north"].id)


def test_a_place_of_another_client_that_was_given_by_mistake_stays_foreign(store, brand, visits):
    foreign = a_location(store, a_client(store))
    reader = given(store, brand, locations=[foreign])
    assert seen(store, reader) == set()
    assert list(store.scalars(access.locations(reader))) == []


def test_every_address_of_a_foreign_place_looks_as_if_it_did_not_exist(
    app, store, visitor, brand, areas, shops, visits
):
    """Every rule of the portal that names a visit or a photo is tried, also those that come later."""
    visitor.signs_in(given(store, brand, [areas["north"]]))
    app.config["WTF_CSRF_ENABLED"] = False
    tried = set()
    for rule in app.url_map.iter_rules():
        named = {"evaluation_id", "photo_id"} & rule.arguments
        if (
            not rule.rule.startswith(HOME)
            or not named
            or policy_of(app.view_functions[rule.endpoint]) is None
        ):
            continue
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            codes = []
            for name in ("north", "south"):
                values = {
                    "evaluation_id": visits[name].id,
                    "photo_id": photo_of(store, visits[name]),
                    "size": "web",
                    "edition": 1,
                }
                wanted = {argument: values[argument] for argument in rule.arguments}
                with app.test_request_context():
                    address = app.url_map.bind("localhost").build(rule.endpoint, wanted, method=method)
                codes.append(visitor.open(address, method=method).status_code)
            assert (codes[0] in {200, 303}, codes[1]) == (True, 404), (rule.endpoint, method, codes)
            tried.add(rule.endpoint)
    assert {"portal.visit", "portal.report", "portal.download", "portal.photo"} <= tried
    for page in (f"{HOME}?area={areas['south'].id}", f"{HOME}visits?area={areas['south'].id}"):
        assert visitor.get(page).status_code == 404


def test_pages_name_no_foreign_place(store, visitor, brand, areas, visits):
    visitor.signs_in(given(store, brand, [areas["north"]]))
    for page in (HOME, f"{HOME}visits", f"{HOME}visits/{visits['north'].id}"):
        said = visitor.get(page).text
        assert "north shop" in said
        assert "south shop" not in said
        assert "South" not in said


def test_somebody_elses_limits_limit_nobody_else(store, brand, areas, visits):
    given(store, brand, [areas["coast"]])
    assert seen(store, given(store, brand)) == {"north", "coast", "south"}
