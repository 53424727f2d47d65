"""Clients, areas and locations in the pages of the office."""

import pytest
from sqlalchemy import select

from evaluations.models import Area, Client, Location, Role
from tests.builders import a_client, a_location, a_person, a_shopper, kept

LONG = "Distribuciones Comerciales del Mediterráneo y de las Islas Baleares, S. L. U."
A_LOCATION = {"name": "High Street", "code": "S1", "kind": "store", "area": "", "time_zone": "Europe/Madrid"}


@pytest.fixture
def scheduler(store, visitor):
    person = a_person(store, Role.SCHEDULER)
    store.commit()
    return visitor.signs_in(person)


@pytest.fixture
def brand(store):
    client = a_client(store, name=LONG, colour="#aa3300")
    store.commit()
    return client


def an_area(store, client, name, parent=None):
    area = kept(store, Area(client_id=client.id, name=name, parent_id=parent.id if parent else None))
    store.commit()
    return area


def all_of(store, model):
    store.expire_all()
    return store.scalars(select(model)).all()


def test_nobody_but_designers_and_schedulers_finds_the_clients(store, visitors, brand):
    for person in (a_shopper(store), a_person(store, Role.CLIENT, client_id=brand.id)):
        store.commit()
        guest = visitors().signs_in(person)
        for address in ("/office/clients/", f"/office/clients/{brand.id}", "/office/clients/new"):
            assert guest.get(address).status_code == 404


def test_an_empty_list_says_what_to_do_next(scheduler):
    page = scheduler.get("/office/clients/").text
    assert "No clients yet" in page
    assert 'href="/office/clients/new"' in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "Enter a name."),
        ({"name": "x" * 121}, "120"),
        ({"name": "Nordwind", "colour": "teal"}, "#rrggbb"),
        ({"name": LONG}, "There is already a client named"),
    ],
)
def test_a_client_that_cannot_be_is_refused_at_its_field(store, scheduler, brand, fields, words):
    answer = scheduler.sends("/office/clients/new", **({"colour": "#0b6e6e"} | fields))
    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert len(all_of(store, Client)) == 1


def test_a_client_is_added_and_its_page_says_what_comes_next(store, scheduler):
    answer = scheduler.sends("/office/clients/new", name="Nordwind", colour="#112233")
    [client] = all_of(store, Client)
    assert answer.location == f"/office/clients/{client.id}"
    page = scheduler.get(answer.location).text
    assert 'fill="#112233"' in page
    assert "No locations yet" in page


def test_a_client_is_renamed(store, scheduler, brand):
    scheduler.sends(f"/office/clients/{brand.id}/settings", name="Südwind", colour="#112233")
    [client] = all_of(store, Client)
    assert (client.name, client.colour) == ("Südwind", "#112233")


def test_two_areas_of_one_name_are_refused_at_the_field(store, scheduler, brand):
    an_area(store, brand, "North")
    answer = scheduler.sends(f"/office/clients/{brand.id}/areas/new", name="North", parent="")
    assert answer.status_code == 422
    assert "already an area named “North”" in answer.text


def test_an_area_is_not_offered_a_place_inside_itself(store, scheduler, brand):
    spain = an_area(store, brand, "Spain")
    north = an_area(store, brand, "North", spain)
    address = f"/office/clients/{brand.id}/areas/{spain.id}"
    assert f'value="{north.id}"' not in scheduler.get(address).text
    answer = scheduler.sends(address, name="Spain", parent=str(north.id))
    assert answer.status_code == 422


def test_areas_are_added_renamed_and_moved(store, scheduler, brand):
    scheduler.sends(f"/office/clients/{brand.id}/areas/new", name="Spain", parent="")
    [spain] = all_of(store, Area)
    scheduler.sends(f"/office/clients/{brand.id}/areas/new", name="North", parent=str(spain.id))
    north = next(area for area in all_of(store, Area) if area.name == "North")
    assert north.parent_id == spain.id
    scheduler.sends(f"/office/clients/{brand.id}/areas/{north.id}", name="Coast", parent="")
    store.refresh(north)
    assert (north.name, north.parent_id) == ("Coast", None)


def test_the_form_of_an_area_shows_where_it_lies_now(store, scheduler, brand):
    spain = an_area(store, brand, "Spain")
    north = an_area(store, brand, "North", spain)
    page = scheduler.get(f"/office/clients/{brand.id}/areas/{north.id}").text
    assert f'<option selected value="{spain.id}"' in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Enter a name."),
        ({"code": ""}, "Enter a code."),
        ({"code": "s0"}, "Another location of this client has the code “S0”."),
        ({"time_zone": ""}, "Choose the time zone of the place."),
        ({"code": "x" * 41}, "Use at most 40 characters."),
        ({"code": "S0"}, "Another location of this client has the code “S0”."),
        ({"time_zone": "Europe/Atlantis"}, "Not a valid choice"),
        ({"latitude": "north"}, "Enter degrees as a number"),
        ({"latitude": "91", "longitude": "0"}, "Latitude lies between"),
        ({"latitude": "40", "longitude": "181"}, "Longitude lies between"),
        ({"latitude": "nan", "longitude": "0"}, "Latitude lies between"),
        ({"latitude": "40"}, "Enter latitude and longitude, or neither."),
    ],
)
def test_a_location_that_cannot_be_is_refused_at_its_field(store, scheduler, brand, fields, words):
    taken = a_location(store, brand, code="S0", area_id=None)
    other = a_location(store, brand, code="S9", area_id=None)
    store.commit()
    for address in ("new", str(other.id)):
        answer = scheduler.sends(f"/office/clients/{brand.id}/locations/{address}", **(A_LOCATION | fields))
        assert answer.status_code == 422
        assert words in answer.text
    assert {one.code for one in all_of(store, Location)} == {taken.code, "S9"}


def test_a_location_is_added_with_a_comma_in_its_degrees(store, scheduler, brand):
    north = an_area(store, brand, "North")
    scheduler.sends(
        f"/office/clients/{brand.id}/locations/new",
        **(A_LOCATION | {"area": str(north.id), "latitude": "40,4168", "longitude": "−3,7038"}),
    )
    [location] = all_of(store, Location)
    assert (location.area_id, location.latitude, location.longitude) == (north.id, 40.4168, -3.7038)


def test_the_first_location_of_a_client_has_no_zone_until_one_is_chosen(scheduler, brand):
    page = scheduler.get(f"/office/clients/{brand.id}/locations/new").text
    assert '<option selected value="">Choose a time zone</option>' in page


def test_a_location_keeps_its_code_in_other_letters(store, scheduler, brand):
    location = a_location(store, brand, code="s1", area_id=None)
    store.commit()
    scheduler.sends(f"/office/clients/{brand.id}/locations/{location.id}", **A_LOCATION)
    assert [one.code for one in all_of(store, Location)] == ["S1"]


def test_the_next_location_is_offered_the_zone_and_area_of_the_last(store, scheduler, brand):
    north = an_area(store, brand, "North")
    answer = scheduler.sends(
        f"/office/clients/{brand.id}/locations/new",
        **(A_LOCATION | {"area": str(north.id), "time_zone": "Atlantic/Canary", "another": "yes"}),
    )
    page = scheduler.get(answer.location).text
    assert '<option selected value="Atlantic/Canary">Canary</option>' in page
    assert f'<option selected value="{north.id}">' in page


def test_the_form_of_a_location_shows_what_is_known(store, scheduler, brand):
    north = an_area(store, brand, "North")
    location = a_location(store, brand, area_id=north.id, kind="phone_line", city="León", latitude=42.6)
    store.commit()
    page = scheduler.get(f"/office/clients/{brand.id}/locations/{location.id}").text
    assert f'<option selected value="{north.id}">' in page
    assert '<option selected value="phone_line">' in page
    assert 'value="León"' in page
    assert 'value="42.6"' in page


def test_a_location_is_taken_out_of_planning_after_a_question_and_brought_back(store, scheduler, brand):
    location = a_location(store, brand)
    store.commit()
    address = f"/office/clients/{brand.id}/locations/{location.id}"
    assert "No more visits will be planned here." in scheduler.get(address).text
    scheduler.sends(f"{address}/deactivations", address)
    store.refresh(location)
    assert not location.is_active
    assert "out of planning" in scheduler.get(f"/office/clients/{brand.id}").text
    scheduler.sends(f"{address}/reactivations", address)
    store.refresh(location)
    assert location.is_active


def test_what_belongs_to_another_client_is_not_found_under_this_one(store, scheduler, brand):
    foreign = a_location(store)
    store.commit()
    for address in (f"locations/{foreign.id}", f"areas/{foreign.area_id}", f"areas/{brand.id}"):
        assert scheduler.get(f"/office/clients/{brand.id}/{address}").status_code == 404
    assert scheduler.get(f"/office/clients/{brand.id}?area={foreign.area_id}").status_code == 404


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99", "q=%25", "area=x", "q=" + "x" * 500])
def test_any_address_of_a_client_shows_a_page(store, scheduler, brand, query):
    a_location(store, brand)
    store.commit()
    assert scheduler.get(f"/office/clients/{brand.id}?{query}").status_code == 200


def test_four_hundred_locations_stay_a_page_at_a_time_and_can_be_found(store, scheduler, brand):
    areas = [an_area(store, brand, f"Area {number:02}") for number in range(10)]
    for number in range(400):
        a_location(store, brand, area_id=areas[number % 10].id, name=f"Store {number:03}")
    store.commit()
    page = scheduler.get(f"/office/clients/{brand.id}").text
    assert page.count('class="under">S') == 50
    assert "1–50 of 400" in page
    assert "Page 1 of 8" in page
    assert "Store 123" in scheduler.get(f"/office/clients/{brand.id}?q=store+123").text
    one_area = scheduler.get(f"/office/clients/{brand.id}?area={areas[3].id}").text
    assert "1–40 of 40" in one_area


def test_a_long_name_is_shown_whole_and_once_in_the_heading(scheduler, brand):
    assert f">{LONG}" in scheduler.get(f"/office/clients/{brand.id}").text


def test_signs_of_markup_in_names_are_shown_as_typed(store, scheduler):
    client = a_client(store, name="<script>alert(1)</script> & Söhne")
    a_location(store, client, name="<b>High</b> Street")
    store.commit()
    for address in ("/office/clients/", f"/office/clients/{client.id}"):
        page = scheduler.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Söhne" in page


def test_an_area_is_removed_when_it_is_empty_and_says_so_when_it_is_not(store, scheduler, brand):
    north = an_area(store, brand, "North")
    location = a_location(store, brand, area_id=north.id, is_active=False)
    address = f"/office/clients/{brand.id}/areas/{north.id}"
    page = scheduler.get(address).text
    assert "It can be removed once" in page
    assert "/removals" not in page
    refused = scheduler.sends(f"{address}/removals", address)
    assert refused.status_code == 409
    assert "“North” is not empty." in refused.text
    location.area_id = None
    store.commit()
    assert "/removals" in scheduler.get(address).text
    assert scheduler.sends(f"{address}/removals", address).status_code == 303
    assert all_of(store, Area) == []


def test_the_page_of_a_location_shows_the_way_to_it(store, scheduler, brand):
    spain = an_area(store, brand, "Spain")
    north = an_area(store, brand, "North", spain)
    location = a_location(store, brand, area_id=north.id)
    store.commit()
    page = scheduler.get(f"/office/clients/{brand.id}/locations/{location.id}").text
    way = page.partition('class="crumbs"')[2].partition("</nav>")[0]
    assert way.index(">Spain<") < way.index(">North<")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "phone_line", "phone": ""}, "This cannot be left empty."),
        ({"kind": "phone_line", "phone": "me"}, "Enter a telephone number"),
        ({"kind": "web", "web": "not a page"}, "Enter the address of a page"),
        ({"kind": "mailbox", "mailbox": "a@b.example c@d.example"}, "Enter one e-mail address"),
        ({"mon": "early"}, "Enter times such as"),
        ({"mon": "9-14,13-20"}, "overlap"),
        (
            {"time_zone": "", "latitude": "28.1", "longitude": "-15.4"},
            "By its coordinates it is Atlantic/Canary",
        ),
    ],
)
def test_what_does_not_fit_the_kind_is_refused_at_its_box(store, scheduler, brand, fields, words):
    answer = scheduler.sends(f"/office/clients/{brand.id}/locations/new", **(A_LOCATION | fields))
    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert all_of(store, Location) == []


def test_a_proposed_time_zone_is_chosen_for_the_next_try(scheduler, brand):
    fields = A_LOCATION | {"time_zone": "", "latitude": "28,1", "longitude": "-15,4"}
    page = scheduler.sends(f"/office/clients/{brand.id}/locations/new", **fields).text
    assert '<option selected value="Atlantic/Canary">' in page


def test_coordinates_in_another_time_zone_are_doubted(store, scheduler, brand):
    fields = A_LOCATION | {"latitude": "28,1", "longitude": "-15,4"}
    answer = scheduler.sends(f"/office/clients/{brand.id}/locations/new", **fields)
    assert "lie in the time zone Atlantic/Canary" in scheduler.get(answer.location).text


def test_a_store_keeps_its_hours_and_a_phone_line_what_it_is_called_by(store, scheduler, brand):
    address = f"/office/clients/{brand.id}/locations"
    scheduler.sends(
        f"{address}/new", **(A_LOCATION | {"mon": "9-14 y 17-20:30", "sun": "Cerrado", "phone": "900"})
    )
    [location] = all_of(store, Location)
    assert (location.hours, location.contact) == ("mon 09:00-14:00,17:00-20:30; sun closed", "")
    page = scheduler.get(f"{address}/{location.id}").text
    assert 'value="09:00-14:00, 17:00-20:30"' in page
    scheduler.sends(
        f"{address}/{location.id}",
        **(A_LOCATION | {"kind": "phone_line", "phone": "+34 900 1", "city": "León"}),
    )
    store.refresh(location)
    assert (location.contact, location.city, location.hours) == ("+34 900 1", "León", "")
    assert "+34 900 1" in scheduler.get(f"/office/clients/{brand.id}?q=900").text
