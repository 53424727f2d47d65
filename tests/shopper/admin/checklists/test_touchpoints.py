"""Touchpoints are added, named, weighed, moved and removed."""

import re

import pytest

from evaluations.document.tree import Phase
from tests.evaluations.designing.documents import document, keys, touchpoint, yes_no

GREETING = "/touchpoints/greeting"


def test_a_touchpoint_that_is_not_there_is_not_found(designer):
    assert designer.opens("/touchpoints/nothing").status_code == 404


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name__en": " "}, "Name the touchpoint"),
        ({"name__en": "x" * 201}, "Too long"),
        ({"weight": "heavy"}, "This is not a number: heavy"),
        ({"weight": "-1"}, "Between 0 and 1000"),
        ({"weight": "1.234"}, "At most two decimals"),
        ({"weight": ""}, "Enter a number"),
        ({"weight": "NaN"}, "This is not a number"),
        ({"target": "101"}, "Between 0 and 100"),
        ({"phase": "never"}, "Not a valid choice"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_changed(designer, typed, message):
    before = designer.document
    page = designer.sends(GREETING, guidance__en="Note the time.", **typed)
    assert page.status_code == 422
    assert message in page.text
    assert "Note the time." in page.text
    assert 'id="touchpoint-settings" open' in page.text
    assert designer.document == before


def test_a_blank_touchpoint_needs_a_name(designer):
    page = designer.sends("/touchpoints/new", name__en="")
    assert (page.status_code, "Name the touchpoint" in page.text) == (422, True)


@pytest.mark.parametrize(
    "fields", [{"phase": "never", "place": "0"}, {"phase": "after", "place": "x"}, {"phase": "after"}]
)
def test_a_place_that_does_not_exist_is_refused(designer, fields):
    address = f"{designer.base}/draft/touchpoints/greeting/moves"
    page = designer.sends(GREETING, "/draft/touchpoints/greeting/moves", step=None, **fields)
    assert (page.status_code, page.request.path) == (422, address)
    assert keys(designer.document) == ["signage", "greeting", "till", "mail"]


def test_a_touchpoint_is_named_placed_weighed_and_given_a_target(designer):
    answer = designer.sends(
        GREETING,
        name__en="Welcome",
        guidance__en="Note the time.",
        phase="before",
        stage="awareness",
        channel="person",
        weight="2,5",
        target="80",
    )
    assert answer.status_code == 303
    changed = designer.document.touchpoints[1]
    assert (changed.key, changed.name, changed.phase) == ("greeting", {"en": "Welcome"}, Phase.BEFORE)
    assert (str(changed.weight), str(changed.target), changed.channel.value) == ("2.5", "80", "person")
    assert [question.key for question in changed.questions] == ["greeted", "warmth"]


def test_a_blank_touchpoint_is_added_to_its_phase(designer):
    answer = designer.sends("/touchpoints/new", name__en="Fitting rooms", phase="during")
    assert answer.location.endswith("/draft/touchpoints/fitting_rooms")
    assert keys(designer.document) == ["signage", "greeting", "till", "fitting_rooms", "mail"]
    page = designer.opens("/touchpoints/fitting_rooms")
    assert "This touchpoint asks nothing yet" in page.text


def test_a_touchpoint_moves_by_its_buttons_without_script(designer):
    page = designer.opens(GREETING)
    assert "Move Till earlier" in page.text
    answer = designer.sends(GREETING, "/draft/touchpoints/till/moves", step="earlier")
    assert answer.location.endswith("/touchpoints/greeting")
    assert keys(designer.document) == ["signage", "till", "greeting", "mail"]


def test_a_touchpoint_is_dropped_into_another_phase(designer):
    designer.sends(GREETING, "/draft/touchpoints/mail/moves", step=None, phase="before", place="0")
    assert keys(designer.document) == ["mail", "signage", "greeting", "till"]


def test_removing_a_touchpoint_asks_first_and_goes_to_its_neighbour(designer):
    page = designer.opens(GREETING)
    assert "Remove this touchpoint with its 2 questions?" in page.text
    answer = designer.sends(GREETING, "/draft/touchpoints/greeting/removals")
    assert answer.location.endswith("/touchpoints/till")
    assert keys(designer.document) == ["signage", "till", "mail"]


def test_removing_the_last_touchpoint_leads_to_the_empty_journey(begin):
    designer = begin(document(touchpoint("greeting", yes_no())))
    answer = designer.sends(GREETING, "/draft/touchpoints/greeting/removals")
    assert answer.location.endswith("/draft")
    assert "Where does the customer" in designer.opens().text


def test_a_touchpoint_of_the_library_is_added_with_keys_of_its_own(designer):
    designer.sends("/library", "/draft/placements", entry="signage", phase="before")
    added = designer.document.touchpoints[1]
    assert (added.key, added.phase) == ("signage_2", Phase.BEFORE)
    assert len(added.questions) > 2


@pytest.mark.parametrize("fields", [{"entry": "nothing"}, {"entry": "signage", "phase": "after"}])
def test_what_the_library_does_not_have_is_not_added(designer, fields):
    answer = designer.sends("/library", "/draft/placements", **fields)
    assert answer.status_code in (404, 409, 422)
    assert keys(designer.document) == ["signage", "greeting", "till", "mail"]


def test_the_journey_shows_what_each_touchpoint_weighs(designer):
    shares = re.findall(r'"stop-share">(\d+) %<', designer.opens(GREETING).text)
    assert (sorted(shares), sum(map(int, shares))) == (["11", "22", "22", "45"], 100)


def test_a_copied_touchpoint_opens_to_be_named(designer):
    answer = designer.sends(GREETING, "/draft/touchpoints/greeting/copies")
    assert answer.location.endswith("/touchpoints/greeting_2?settings=open#touchpoint-settings")
    assert keys(designer.document) == ["signage", "greeting", "greeting_2", "till", "mail"]
    assert 'id="touchpoint-settings" open' in designer.opens("/touchpoints/greeting_2?settings=open").text
