"""The customer's journey on the portal's pages: as columns, read downwards, and as a way to each touchpoint."""

import pytest

from evaluations.document.tree import Scoring, Touchpoint
from tests.builders import (
    a_client,
    a_client_user,
    a_document,
    a_location,
    a_question,
    a_version,
    a_visit,
    a_wave,
)
from tests.evaluations.reviewing.visits import released


@pytest.fixture
def reader(store, brand, visitor):
    return visitor.signs_in(a_client_user(store, brand))


@pytest.fixture
def brand(store):
    return a_client(store)


def a_checklist(*names):
    return a_document(
        scoring=Scoring(target=80),
        touchpoints=tuple(
            Touchpoint(key=name.lower(), name={"en": name}, questions=(a_question(f"at_{name.lower()}"),))
            for name in names
        ),
    )


def page_of(store, reader, brand, *names):
    wave = a_wave(store, brand, a_version(store, a_checklist(*names)))
    found = {f"at_{name.lower()}": "yes" for name in names}
    return reader.get(f"/portal/visits/{released(store, a_visit(store, wave), found).id}").text


def test_a_visit_leads_to_each_of_its_touchpoints(store, reader, brand):
    page = page_of(store, reader, brand, "Door", "Till")
    for part in ('<ol class="stops">', '<nav class="jump"'):
        ways = page.split(part)[1].split("</nav>" if "nav" in part else "</ol>")[0]
        assert ways.index('href="#t-door"') < ways.index('href="#t-till"')
    assert 'id="t-door"' in page


def test_a_visit_of_one_touchpoint_needs_no_list_of_them(store, reader, brand):
    assert '<nav class="jump"' not in page_of(store, reader, brand, "Door")


def many(store, brand, count, *, till):
    wave = a_wave(store, brand, a_version(store, a_checklist("Door", "Till")))
    visits = []
    for number in range(count):
        found = {"at_door": "yes", "at_till": till if number == 0 else "yes"}
        location = a_location(store, brand, name=f"Shop {number}")
        visits.append(released(store, a_visit(store, wave, location), found))
    return visits


def test_where_to_act_leads_to_the_visit_and_to_the_question(store, reader, brand):
    first = many(store, brand, 5, till="no")[0]
    page = reader.get("/portal/").text
    acts = page.split("Where to act")[1].split("</section>")[0]
    assert f'<a class="act-place" href="/portal/visits/{first.id}">Shop 0</a>' in acts
    assert f'href="/portal/visits/{first.id}#q-at_till">Were you greeted?</a>' in acts
    assert acts.count("<li>") == 1


def test_where_nothing_missed_its_target_nobody_is_told_to_act(store, reader, brand):
    many(store, brand, 5, till="yes")
    assert "Where to act" not in reader.get("/portal/").text


def test_the_touchpoint_with_the_lowest_figure_is_named_before_the_journey(store, reader, brand):
    many(store, brand, 5, till="no")
    page = reader.get("/portal/").text
    said = "The lowest figure is at “Till”: 80.0\N{NO-BREAK SPACE}%."
    assert page.index(said) < page.index('<ol class="stops">') < page.index('<table class="strip"')
