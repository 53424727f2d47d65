"""The search over the office: grouped, limited to what one's roles may open, whatever the accents."""

import re
from datetime import date

import pytest

from evaluations.models import Role
from tests.builders import (
    a_client,
    a_client_user,
    a_location,
    a_person,
    a_shopper,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
)

GROUPS = re.compile(r'id="found-(\w+)"')


@pytest.fixture
def scene(store):
    """One Álamo of each kind, and a shopper Zacharias who goes there."""
    client = a_client(store, name="Álamo Bank")
    version = a_version(store)
    version.checklist.name = "Álamo checklist"
    wave = a_wave(store, client, version, name="Álamo wave", ends_on=date(2026, 3, 31))
    place = a_location(store, client, name="Calle Álamo", code="AL-7", city="A Coruña")
    shopper = a_shopper(store, name="Zacharias Quill", email="zack@example.org")
    an_evaluation(store, shopper, a_visit(store, wave, place))
    a_client_user(store, client, name="Carla Alamo")
    a_client(store, name="Another")
    return place


def found(visitor, words):
    return visitor.get("/office/search/", query_string={"q": words}).text.split("<main")[1]


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        (Role.OWNER, ["clients", "locations", "visits", "waves", "checklists", "people"]),
        (Role.SCHEDULER, ["clients", "locations", "visits", "waves", "checklists"]),
        (Role.DESIGNER, ["clients", "locations", "checklists"]),
        (Role.EDITOR, ["visits"]),
    ],
)
def test_each_role_finds_what_it_may_open(store, visitor, scene, role, groups):
    visitor.signs_in(a_person(store, role))
    page = found(visitor, "alamo")
    assert GROUPS.findall(page) == groups
    for address in re.findall(r'class="row-name" href="([^"]+)"', page):
        assert visitor.get(address).status_code == 200, address


@pytest.mark.parametrize("role", [Role.SHOPPER, Role.CLIENT])
def test_for_others_there_is_no_search_and_no_box(store, visitor, scene, role):
    person = a_client_user(store, a_client(store)) if role is Role.CLIENT else a_shopper(store)
    visitor.signs_in(person)
    assert visitor.get("/office/search/?q=alamo").status_code == 404
    home = "/portal/" if role is Role.CLIENT else "/field/"
    assert "/office/search" not in visitor.get(home).text


def test_an_editor_neither_reads_nor_finds_who_the_shopper_was(store, visitor, scene):
    visitor.signs_in(a_person(store, Role.EDITOR))
    assert "Quill" not in found(visitor, "alamo")
    assert GROUPS.findall(found(visitor, "zacharias")) == []


def test_a_scheduler_finds_the_visits_of_a_shopper(store, visitor, scene):
    page = found(visitor.signs_in(a_person(store, Role.SCHEDULER)), "zacharias")
    assert GROUPS.findall(page) == ["visits"]
    assert "Zacharias Quill" in page


@pytest.mark.parametrize("words", ["coruna", "CORUÑA", "al-7", "alamo coruña", "bank calle", "  al-7 "])
def test_code_town_and_several_words_find_the_location(store, visitor, scene, words):
    page = found(visitor.signs_in(a_person(store, Role.DESIGNER)), words)
    assert GROUPS.findall(page) == ["locations"]
    assert "<span>AL-7</span><span>A Coruña</span><span>Álamo Bank</span>" in page


def test_nothing_typed_asks_what_is_looked_for(store, visitor, scene):
    visitor.signs_in(a_person(store, Role.OWNER))
    for words in ("", "   "):
        assert "What are you looking for?" in found(visitor, words)


@pytest.mark.parametrize("words", ["nowhere", "%", "_____", "<b>", "alamo zzz", "x" * 5000, "\x00"])
def test_what_is_nowhere_is_said_not_to_be(store, visitor, scene, words):
    page = found(visitor.signs_in(a_person(store, Role.OWNER)), words)
    assert "Nothing found" in page or "What are you looking for?" in page
    assert "<b>" not in page


def test_too_many_are_counted_and_the_visits_lead_to_their_list(store, visitor, scene):
    wave = a_wave(store, scene.client, name="Big wave")
    for number in range(20):
        a_visit(store, wave, a_location(store, scene.client, name=f"Plaza {number:02}", code=f"P{number}"))
    visitor.signs_in(a_person(store, Role.OWNER))
    page = found(visitor, "plaza")
    assert page.count('class="row-name"') == 16
    assert "12 more. Type another word to find fewer." in page
    assert "All 20 visits" in page
    assert "1–20 of 20" in visitor.get("/office/visits/?q=plaza").text


def test_names_that_begin_so_come_first(store, visitor):
    for name in ("Old Market", "Market Square", "Black Market"):
        a_client(store, name=name)
    page = found(visitor.signs_in(a_person(store, Role.DESIGNER)), "mark")
    assert re.findall(r'class="row-name"[^>]*>([^<]+)', page) == [
        "Market Square",
        "Black Market",
        "Old Market",
    ]


def test_each_hit_has_its_line_of_context(store, visitor, scene):
    page = found(visitor.signs_in(a_person(store, Role.OWNER)), "alamo")
    for line in ("1 location", "Version 1", "Client user", "by Tue 31 Mar 2026", "Zacharias Quill"):
        assert f"<span>{line}</span>" in page, line


def test_the_box_stands_in_the_header_of_every_page_of_the_office(store, visitor, scene):
    visitor.signs_in(a_person(store, Role.OWNER))
    for address in ("/office/", "/office/clients/", "/office/reviews/", "/office/search/?q=alamo"):
        page = visitor.get(address).text
        assert 'data-module="lib/slash"' in page
    assert 'name="q" value="alamo"' in page


def test_the_lists_find_without_accents_too(store, visitor, scene):
    visitor.signs_in(a_person(store, Role.SCHEDULER))
    assert "Calle Álamo" in visitor.get("/office/visits/?q=alamo+coruna").text
    assert "Calle Álamo" in visitor.get(f"/office/clients/{scene.client_id}?q=ALAMO").text
