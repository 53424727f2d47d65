"""A question appears when the answer that it depends on is given, and goes again with it, in Chromium."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from evaluations.document.tree import Is, Narrative, Touchpoint
from tests.browser.phone import HandledPhone
from tests.browser.product import Product
from tests.browser.scenes import Scene, a_scene
from tests.builders import a_document, a_question

IF_NOT_GREETED = Is(question="greeted", answer="no")


@pytest.fixture
def scene(installation: tuple[Product, str]) -> Scene:
    """A visit with a question and a touchpoint that are there only where nobody greeted."""
    greeting = Touchpoint(
        key="greeting",
        name={"en": "Greeting"},
        questions=(
            a_question("greeted"),
            Narrative(key="reason", text={"en": "What happened instead?"}, show_if=IF_NOT_GREETED),
        ),
    )
    search = Touchpoint(
        key="search",
        name={"en": "Search for staff"},
        show_if=IF_NOT_GREETED,
        questions=(a_question("found", "Did you find anybody?"),),
    )
    till = Touchpoint(key="till", name={"en": "Till"}, questions=(a_question("paid", "Was it quick?"),))
    return a_scene(installation[1], a_document(touchpoints=(greeting, search, till), languages=("en",)))


@pytest.fixture
def phone(phones: Callable[..., HandledPhone]) -> HandledPhone:
    """The shopper's phone."""
    return phones()


def test_a_question_comes_and_goes_with_the_answer_that_it_depends_on(phone: HandledPhone, scene: Scene):
    phone.begins()
    place, dots = phone.page.locator(".here span"), phone.page.locator(".dot:visible")
    in_view = phone.page.locator(".question")
    expect(place).to_have_text("Question 1 of 1")
    expect(dots).to_have_count(2)
    phone.answers("greeted", "No")
    expect(in_view).to_have_attribute("data-question", "reason")
    expect(place).to_have_text("Question 2 of 2")
    expect(dots).to_have_count(3)
    phone.types("reason", "A dog came instead.")
    phone.answers("greeted", "Yes")
    expect(in_view).to_have_attribute("data-question", "paid")
    expect(place).to_have_text("Question 1 of 1")
    phone.page.evaluate("location.hash = '#/hand-in'")
    expect(phone.page.locator(".open-list .links li")).to_have_text(["Was it quick?Not answered yet."])
    phone.hands_in()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    found = scene.contents()
    assert (found.answers["greeted"].value, found.answers["reason"].value) == ("yes", "A dog came instead.")
