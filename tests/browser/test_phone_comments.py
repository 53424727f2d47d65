"""A demanded comment on the phone: it counts up to its least length, and a short one is open at the hand-in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from evaluations.document import tree
from tests.browser.phone import HandledPhone
from tests.browser.product import Product
from tests.browser.scenes import Scene, a_scene
from tests.builders import a_document

GREETED = tree.YesNo(
    key="greeted",
    text={"en": "Did somebody greet you?", "es": "¿Le saludó alguien?"},
    explain_on=("no",),
    explain_min=20,
)


@pytest.fixture
def scene(installation: tuple[Product, str]) -> Scene:
    """A visit whose one question wants every No explained in twenty characters."""
    touchpoint = tree.Touchpoint(key="door", name={"en": "The door", "es": "La puerta"}, questions=(GREETED,))
    return a_scene(installation[1], a_document(touchpoints=(touchpoint,), languages=("en", "es")))


def test_a_short_explanation_counts_and_stays_open_until_it_is_long_enough(
    phones: Callable[..., HandledPhone], scene: Scene
):
    phone = phones()
    phone.begins()
    page = phone.page
    phone.turns_to("greeted")
    page.locator(".row", has_text="No").tap()
    counter = page.locator(".comment .counter")
    expect(counter).to_be_visible()
    expect(counter).to_have_text("0 of at least 20 characters")
    page.get_by_label("Comment").fill("Nobody")
    expect(counter).to_have_text("6 of at least 20 characters")
    expect(page.locator(".comment")).to_have_class("comment demanded")
    page.get_by_label("Comment").fill("Nobody looked up from the till.")
    expect(counter).to_have_text("")
    expect(page.locator(".comment")).to_have_class("comment")
    page.get_by_label("Comment").fill("Nobody")
    phone.is_told("Safe on the server")
    page.evaluate("location.hash = '#/hand-in'")
    expect(page.get_by_text("The comment is too short: 6 of 20 characters.")).to_be_visible()
