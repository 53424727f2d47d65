"""Waves are planned, followed and changed in the pages of the office."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from evaluations.models import Area, Capture, Programme, Role, Visit, VisitState, Wave
from tests.builders import (
    NOON,
    a_client,
    a_location,
    a_person,
    a_shopper,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
    kept,
    today_there,
)
from tests.evaluations.designing.documents import document, touchpoint, yes_no

LONG = "Ronda de primavera de las tiendas de la costa y de las islas, primera mitad del año 2026"
DATES = {"starts_on": "2026-03-01", "ends_on": "2026-03-31"}


@pytest.fixture
def scheduler(store, visitor):
    person = a_person(store, Role.SCHEDULER)
    store.commit()
    return visitor.signs_in(person)


@pytest.fixture
def brand(store):
    client = a_client(store, name="Nordwind")
    store.commit()
    return client


def a_plan(store, brand, **given):
    """What a scheduler enters for a wave at every location of `brand` in a new programme."""
    version = a_version(store)
    places = [a_location(store, brand) for _ in range(3)]
    store.commit()
    plan = {
        "programme": "",
        "programme_name": "Store check",
        "version": str(version.id),
        "name": "Spring",
        "locations": [str(place.id) for place in places],
    }
    return plan | DATES | given


def all_of(store, model):
    store.expire_all()
    return store.scalars(select(model)).all()


def test_nobody_but_schedulers_finds_the_waves(store, visitors, brand):
    wave = a_wave(store, brand)
    for role in (Role.SHOPPER, Role.DESIGNER, Role.EDITOR):
        person = a_person(store, role)
        store.commit()
        guest = visitors().signs_in(person)
        for address in ("/office/waves/", "/office/waves/new", f"/office/waves/{wave.id}", "/office/visits/"):
            assert guest.get(address).status_code == 404


def test_without_clients_the_list_leads_to_adding_one(scheduler):
    assert 'href="/office/clients/new"' in scheduler.get("/office/waves/").text
    assert 'href="/office/clients/new"' in scheduler.get("/office/waves/new").text


def test_without_waves_the_list_leads_to_planning_one(scheduler, brand):
    page = scheduler.get("/office/waves/").text
    assert "No waves yet" in page
    assert 'href="/office/waves/new"' in page


def test_with_one_client_planning_asks_for_no_client(store, scheduler, brand):
    assert scheduler.get("/office/waves/new").location == f"/office/waves/new/{brand.id}"
    other = a_client(store)
    store.commit()
    page = scheduler.get("/office/waves/new").text
    assert f"/office/waves/new/{brand.id}" in page
    assert f"/office/waves/new/{other.id}" in page


def test_without_a_published_checklist_planning_says_what_is_missing(store, scheduler, brand):
    a_location(store, brand)
    a_version(store, published_at=None, published_by_id=None, content_hash=None)
    store.commit()
    page = scheduler.get(f"/office/waves/new/{brand.id}").text
    assert "No published checklist yet" in page
    assert 'name="starts_on"' not in page


def test_without_locations_planning_leads_to_adding_one(store, scheduler, brand):
    a_version(store)
    store.commit()
    assert f"/office/clients/{brand.id}/locations/new" in scheduler.get(f"/office/waves/new/{brand.id}").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "Enter a name."),
        ({"name": "x" * 121}, "Use at most 120 characters."),
        ({"programme_name": ""}, "Enter a name for the new programme."),
        ({"programme_name": "Standing"}, "already has a programme named “Standing”"),
        ({"starts_on": ""}, "Enter the first day."),
        ({"ends_on": "31.3.2026"}, "Enter a date, such as 2026-11-21."),
        ({"ends_on": "2026-02-28"}, "The last day lies before the first."),
        ({"ends_on": "2036-03-31"}, "A wave lasts at most two years."),
        ({"locations": []}, "Choose at least one location."),
        ({"locations": ["x"]}, "is not a valid choice"),
        ({"version": "x"}, "Not a valid choice"),
    ],
)
def test_a_wave_that_cannot_be_is_refused_at_its_field_and_nothing_is_kept(
    store, scheduler, brand, fields, words
):
    kept(store, Programme(client_id=brand.id, name="Standing", created_at=NOON))
    plan = a_plan(store, brand)
    answer = scheduler.sends(f"/office/waves/new/{brand.id}", **(plan | fields))
    assert answer.status_code == 422
    assert words in answer.text
    assert [programme.name for programme in all_of(store, Programme)] == ["Standing"]
    assert all_of(store, Wave) == all_of(store, Visit) == []


def test_a_wave_of_a_taken_name_is_refused_at_the_field(store, scheduler, brand):
    wave = a_wave(store, brand, name="Spring")
    plan = a_plan(store, brand, programme=str(wave.programme_id))
    answer = scheduler.sends(f"/office/waves/new/{brand.id}", **plan)
    assert answer.status_code == 422
    assert "already has a wave named “Spring”" in answer.text


def test_a_location_of_another_client_cannot_be_chosen(store, scheduler, brand):
    foreign = a_location(store)
    plan = a_plan(store, brand)
    answer = scheduler.sends(
        f"/office/waves/new/{brand.id}", **(plan | {"locations": [str(foreign.id), *plan["locations"]]})
    )
    assert answer.status_code == 422
    assert all_of(store, Visit) == []


def test_planning_a_wave_plans_a_visit_at_each_location(store, scheduler, brand):
    plan = a_plan(store, brand)
    answer = scheduler.sends(f"/office/waves/new/{brand.id}", **plan)
    [wave] = all_of(store, Wave)
    assert answer.location == f"/office/waves/{wave.id}"
    assert (wave.name, wave.programme.name, wave.starts_on) == ("Spring", "Store check", date(2026, 3, 1))
    assert {str(visit.location_id) for visit in all_of(store, Visit)} == set(plan["locations"])
    assert "Next: assign its visits" in scheduler.get(answer.location).text


def test_a_wave_is_planned_in_a_programme_that_stands(store, scheduler, brand):
    programme = kept(store, Programme(client_id=brand.id, name="Standing", created_at=NOON))
    plan = a_plan(store, brand, programme=str(programme.id), programme_name="")
    scheduler.sends(f"/office/waves/new/{brand.id}", **plan)
    assert [wave.programme_id for wave in all_of(store, Wave)] == [programme.id]


def test_every_active_location_is_ticked_to_begin_with_under_its_area(store, scheduler, brand):
    a_version(store)
    area = kept(store, Area(client_id=brand.id, name="North"))
    a_location(store, brand, name="Station", area_id=area.id)
    a_location(store, brand, name="Closed", area_id=area.id, is_active=False)
    a_location(store, brand, name="Alone", area_id=None)
    store.commit()
    page = scheduler.get(f"/office/waves/new/{brand.id}").text
    assert page.count('name="locations"') == page.count(" checked>") == 2
    assert page.index("In no area") < page.index("Alone") < page.index("North") < page.index("Station")
    assert "Closed" not in page


def test_what_was_unticked_stays_unticked_when_the_form_comes_back(store, scheduler, brand):
    plan = a_plan(store, brand, name="")
    answer = scheduler.sends(f"/office/waves/new/{brand.id}", **(plan | {"locations": plan["locations"][:1]}))
    assert answer.text.count(" checked>") == 1


def test_the_list_tells_how_far_each_wave_is(store, scheduler, brand):
    wave = a_wave(store, brand, name=LONG)
    a_visit(store, wave)
    a_visit(store, wave)
    an_evaluation(store, visit=a_visit(store, wave))
    a_wave(store, a_client(store), name="Of another")
    store.commit()
    page = scheduler.get("/office/waves/").text
    assert LONG in page
    assert "<b>2</b> planned" in page
    assert "<b>1</b> assigned" in page
    assert "Of another" not in scheduler.get(f"/office/waves/?client={brand.id}").text


def test_thirty_waves_and_their_counts_cost_no_more_queries_than_one(store, scheduler, brand):
    for _ in range(30):
        wave = a_wave(store, brand)
        for _ in range(3):
            a_visit(store, wave)
    store.commit()
    assert scheduler.get("/office/waves/").status_code == 200  # the visitor counts the queries


def test_a_wave_shows_its_visits_with_shopper_and_window(store, scheduler, brand):
    wave = a_wave(store, brand)
    shopper = a_shopper(store, name="Ana Ruiz")
    visit = an_evaluation(store, shopper, a_visit(store, wave)).visit
    store.commit()
    page = scheduler.get(f"/office/waves/{wave.id}").text
    assert visit.location.name in page
    assert "Ana Ruiz" in page
    assert "Tue 31 Mar 2026" in page


def test_a_wave_counts_its_cancelled_visits_beside_all_of_them(store, scheduler, brand):
    wave = a_wave(store, brand)
    for state in (VisitState.PLANNED, VisitState.PLANNED, VisitState.CANCELLED):
        a_visit(store, wave, state=state)
    store.commit()
    assert "<span>3 visits, 1 cancelled</span>" in scheduler.get(f"/office/waves/{wave.id}").text


@pytest.mark.parametrize(("days", "warns"), [(-2, True), (2, False)])
def test_a_wave_wholly_in_the_past_is_planned_with_a_warning(store, scheduler, brand, days, warns):
    day = (today_there() + timedelta(days=days)).isoformat()
    plan = a_plan(store, brand, starts_on=day, ends_on=day)
    page = scheduler.get(scheduler.sends(f"/office/waves/new/{brand.id}", **plan).location).text
    assert ("All its days are in the past" in page) is warns


def test_a_visit_whose_window_ended_is_called_overdue(store, scheduler, brand):
    yesterday = today_there() - timedelta(days=3)
    wave = a_wave(store, brand, starts_on=yesterday, ends_on=yesterday)
    a_visit(store, wave)
    store.commit()
    assert "overdue" in scheduler.get(f"/office/waves/{wave.id}").text


def test_four_hundred_visits_stay_a_page_at_a_time(store, scheduler, brand):
    wave = a_wave(store, brand)
    area = kept(store, Area(client_id=brand.id, name="North"))
    for number in range(400):
        place = a_location(store, brand, name=f"Store {number:03}", code=f"N{number:03}", area_id=area.id)
        a_visit(store, wave, place)
    store.commit()
    page = scheduler.get(f"/office/waves/{wave.id}").text
    assert page.count('name="visits"') == 50
    assert "1–50 of 400" in page
    assert "1–1 of 1" in scheduler.get(f"/office/waves/{wave.id}?q=store+123").text
    assert scheduler.get(f"/office/waves/{wave.id}?page=8").status_code == 200
    assert scheduler.get("/office/visits/?page=8&state=planned").status_code == 200
    assert scheduler.get(f"/office/waves/{wave.id}/visits/new").text.count('name="locations"') == 400


@pytest.mark.parametrize("query", ["state=planned", "state=x", "page=-1", "page=x", "q=%25%5C", "client=x"])
def test_any_address_of_the_lists_shows_a_page(store, scheduler, brand, query):
    wave = a_wave(store, brand)
    a_visit(store, wave)
    store.commit()
    for address in ("/office/waves/", f"/office/waves/{wave.id}", "/office/visits/"):
        assert scheduler.get(f"{address}?{query}").status_code == 200


def test_several_visits_are_given_to_one_shopper_at_once(store, scheduler, brand):
    wave, shopper = a_wave(store, brand), a_shopper(store, name="Ana Ruiz")
    visits = [a_visit(store, wave) for _ in range(3)]
    store.commit()
    address = f"/office/waves/{wave.id}"
    answer = scheduler.sends(
        f"{address}/assignments",
        address,
        shopper=str(shopper.id),
        visits=[str(visit.id) for visit in visits[:2]],
    )
    assert answer.location == address
    assert "2 visits are assigned to Ana Ruiz." in scheduler.get(address).text
    store.expire_all()
    assert [visit.shopper_id for visit in visits] == [shopper.id, shopper.id, None]
    assert [visit.state for visit in visits] == [VisitState.ASSIGNED, VisitState.ASSIGNED, VisitState.PLANNED]
    assert visits[0].evaluation is not None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"shopper": ""}, "Choose a shopper."),
        ({"visits": []}, "Tick the visits to assign."),
        ({"visits": ["x"]}, "could not be coerced"),
    ],
)
def test_assigning_without_a_shopper_or_a_visit_is_refused_in_words(store, scheduler, brand, fields, words):
    wave, shopper = a_wave(store, brand), a_shopper(store)
    visit = a_visit(store, wave)
    store.commit()
    address = f"/office/waves/{wave.id}"
    given = {"shopper": str(shopper.id), "visits": [str(visit.id)]} | fields
    answer = scheduler.sends(f"{address}/assignments", address, **given)
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("state", [VisitState.DONE, VisitState.CANCELLED, VisitState.ASSIGNED])
def test_when_one_of_several_cannot_be_given_none_is(store, scheduler, brand, state):
    wave, shopper = a_wave(store, brand), a_shopper(store)
    free, over = a_visit(store, wave), a_visit(store, wave, state=state)
    store.commit()
    address = f"/office/waves/{wave.id}"
    answer = scheduler.sends(
        f"{address}/assignments", address, shopper=str(shopper.id), visits=[str(free.id), str(over.id)]
    )
    assert answer.status_code == 409
    assert "Load the page again" in answer.text
    store.expire_all()
    assert (free.state, free.shopper_id) == (VisitState.PLANNED, None)


def test_a_visit_of_another_wave_cannot_be_given_from_this_page(store, scheduler, brand):
    wave, shopper = a_wave(store, brand), a_shopper(store)
    a_visit(store, wave)
    foreign = a_visit(store)
    store.commit()
    address = f"/office/waves/{wave.id}"
    answer = scheduler.sends(
        f"{address}/assignments", address, shopper=str(shopper.id), visits=[str(foreign.id)]
    )
    assert answer.status_code == 404


def test_a_wave_gets_other_dates_and_its_visits_follow(store, scheduler, brand):
    wave = a_wave(store, brand)
    visit = a_visit(store, wave)
    store.commit()
    fields = {"name": "Summer", "starts_on": "2026-03-05", "ends_on": "2026-04-15", "capture": "discreet"}
    scheduler.sends(f"/office/waves/{wave.id}/settings", **fields)
    store.expire_all()
    assert (wave.name, visit.window_to) == ("Summer", date(2026, 4, 15))
    assert (wave.capture, wave.programme.capture) == (Capture.DISCREET, Capture.OPEN)
    assert "Discreet" in scheduler.get(f"/office/waves/{wave.id}").text


OPENLY = {"name": "Spring", "capture": "open"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ends_on": "2026-02-01"}, "The last day lies before the first."),
        ({"ends_on": "2026-03-10"}, "would fall outside these dates (1)"),
        ({"name": ""}, "Enter a name."),
        ({"capture": "loudly"}, "Not a valid choice."),
    ],
)
def test_dates_that_do_not_fit_are_refused_at_the_field(store, scheduler, brand, fields, words):
    wave = a_wave(store, brand)
    a_visit(store, wave, window_from=date(2026, 3, 12))
    store.commit()
    answer = scheduler.sends(f"/office/waves/{wave.id}/settings", **(OPENLY | DATES | fields))
    assert answer.status_code == 422
    assert words in answer.text


def test_more_visits_are_planned_in_a_narrower_window(store, scheduler, brand):
    wave = a_wave(store, brand)
    place = a_location(store, brand)
    store.commit()
    address = f"/office/waves/{wave.id}/visits/new"
    fields = {"window_from": "2026-03-09", "window_to": "2026-03-15", "locations": [str(place.id)]}
    scheduler.sends(address, **fields, note="Go at noon")
    [visit] = all_of(store, Visit)
    assert (visit.window_from, visit.note) == (date(2026, 3, 9), "Go at noon")
    answer = scheduler.sends(address, **(fields | {"window_to": "2026-04-09"}))
    assert answer.status_code == 422
    assert "This day lies outside the dates of the wave." in answer.text


@pytest.mark.parametrize(("minutes", "is_said"), [(1, True), (480, False)])
def test_planning_points_out_a_checklist_that_takes_longer_than_its_programme_allows(
    store, scheduler, brand, minutes, is_said
):
    named = {"client_id": brand.id, "name": "Short visits", "longest_minutes": minutes}
    plan = a_plan(store, brand, programme=str(kept(store, Programme(created_at=NOON, **named)).id))
    long = document(*(touchpoint(f"place_{n}", yes_no(f"lit_{n}")) for n in range(9)))
    plan["version"] = str(a_version(store, long).id)
    store.commit()
    page = scheduler.get(scheduler.sends(f"/office/waves/new/{brand.id}", **plan).location).text
    assert ("the programme “Short visits” allows 1." in page) is is_said
