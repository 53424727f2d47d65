"""The customer's journey on the portal's pages: as columns, read downwards, and as a way to each touchpoint."""

import pytest

from evaluations.document.tree import Touchpoint
from tests.builders import a_client, a_client_user, a_document, a_question, a_version, a_visit, a_wave
from tests.evaluations.reviewing.visits import released


@pytest.fixture
def reader(store, brand, visitor):
    return visitor.signs_in(a_client_user(store, brand))


@pytest.fixture
def brand(store):
    return a_client(store)


def a_checklist(*names):
    return a_document(
        touchpoints=tuple(
            Touchpoint(key=name.lower(), name={"en": name}, questions=(a_question(f"at_{name.lower()}"),))
            for name in names
        )
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
