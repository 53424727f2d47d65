"""Editing a draft: undo and redo, many questions at once, copy and paste, and all of it by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from playwright.sync_api import expect

from tests.browser.designing import Drafter
from tests.browser.people import Somebody
from tests.browser.product import Product

Person = TypeVar("Person", bound=Somebody)
Enters = Callable[..., Person]
LAYOUT = "Store layout"


@pytest.fixture
def enters(product: Product, somebody: Callable[..., Somebody]) -> Enters:
    """Adds a designer by the command line and signs them in."""

    def enter(kind: type[Person], name: str = "Ana Lago", **window: object) -> Person:
        email = f"{name.split()[0].lower()}@example.org"
        password = product.adds(email, name, "designer")
        person = somebody(kind, **window)
        person.signs_in(email, password)
        assert isinstance(person, kind)
        return person

    return enter


def test_steps_are_undone_and_redone_by_button_and_by_key_and_a_reload_keeps_them(enters: Enters):
    ana: Drafter = enters(Drafter)
    ana.starts("Spring visit")
    ana.opens_touchpoint(LAYOUT)
    before = ana.order()
    ana.begins("Yes or no")
    ana.writes("Question", "Was the floor clean?")
    ana.sees_it_saved()
    ana.writes("Points", "5")
    ana.sees_it_saved()
    ana.page.keyboard.press("Control+z")
    expect(ana.page.get_by_label("Points", exact=True)).to_have_value("10")
    ana.sees("Undid: points of “Was the floor clean?”")
    ana.closes()
    ana.page.reload()
    ana.clicks("Undo: adding “Was the floor clean?”")
    expect(ana.questions).to_have_count(len(before))
    assert ana.order() == before
    ana.page.keyboard.press("Control+Shift+z")
    ana.sees_last("floor_clean")
    ana.clicks("Redo: points of “Was the floor clean?”")
    expect(ana.page.locator("#question-floor_clean .question-worth")).to_have_text("5 points")
    ana.finds_the_page_accessible()


def test_a_text_box_takes_its_own_typing_back_first(enters: Enters):
    ana: Drafter = enters(Drafter)
    ana.starts("Spring visit")
    ana.opens_touchpoint(LAYOUT)
    ana.begins("Yes or no")
    ana.writes("Question", "Was the floor clean?")
    ana.sees_it_saved()
    box = ana.page.get_by_label("Points", exact=True)
    box.click()
    box.press("End")
    ana.page.keyboard.type("0")
    ana.page.keyboard.press("Control+z")
    expect(box).to_have_value("10")
    expect(ana.page.locator(".question.is-open")).to_have_count(1)
    ana.page.keyboard.press("Control+z")
    ana.sees("Undid: adding “Was the floor clean?”")
