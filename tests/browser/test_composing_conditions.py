"""A condition is composed by mouse, read as a sentence, and tried on the phone beside it, without a reload."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.designing import Drafter
from tests.browser.people import Somebody
from tests.browser.product import Product

GREETING, STAFF = "Greeting and offer of help", "Friendliness and knowledge of staff"
WAIT = "How long were you in the store before an employee greeted you?"
SMILE = "Did the employee smile while greeting you?"
FRIENDLY = "How friendly was the employee during the conversation?"
SAYS = f"“{WAIT}” is one of “Up to 30 seconds”, “Over 30 seconds, up to 1 minute” and not (“{SMILE}” is Yes)."
NEEDS = "Did the employee ask what you needed the product for?"


class Composer(Drafter):
    """Composes conditions in the open form."""

    @property
    def condition(self) -> Locator:
        """The condition of what is open."""
        return self.page.locator("form.question-form .condition, #touchpoint-settings .condition").last

    def chooses(self, box: str, words: str, *, row: int = -1) -> None:
        """Choose in the newest row, or in another."""
        boxes = self.condition.get_by_label(box, exact=True)
        (boxes.last if row < 0 else boxes.nth(row)).select_option(label=words)

    def asks_about(self, number: str, *, rows: int) -> None:
        """Choose the earlier question in the newest row, which then offers the comparisons that fit."""
        box = self.condition.get_by_label("Earlier question", exact=True).last
        box.select_option(value=box.locator("option", has_text=number).first.get_attribute("value") or "")
        expect(self.condition.get_by_label("Comparison", exact=True)).to_have_count(rows)

    def reads(self, sentence: str) -> None:
        """The condition is said so."""
        expect(self.condition.locator(".condition-says")).to_have_text(sentence)

    def turns_the_phone_to(self, touchpoint: str, question: str) -> None:
        """Go to a question on the phone beside the bench, from the first of its touchpoint on."""
        asked = self.phone.locator(".question h2")
        self.phone.locator(".dot", has_text=touchpoint).click()
        expect(self.phone.locator(".here")).to_contain_text(touchpoint)
        for _step in range(6):
            if asked.text_content() == question:
                return
            before = asked.text_content() or ""
            self.phone.get_by_role("button", name="Next").click()
            expect(asked).not_to_have_text(before)
        raise AssertionError(f"the phone does not ask {question!r}")

    def answers_on_the_phone(self, touchpoint: str, question: str, words: str) -> None:
        """Choose an answer there."""
        self.turns_the_phone_to(touchpoint, question)
        self.phone.locator("label.row", has_text=re.compile(f"^{words}$")).click()

    def sees_first_on_the_phone(self, touchpoint: str, question: str, *, of: int) -> None:
        """The touchpoint begins with this question there, and has so many."""
        self.phone.locator(".dot", has_text=touchpoint).click()
        expect(self.phone.locator(".question h2")).to_have_text(question)
        expect(self.phone.locator(".here span").last).to_have_text(f"Question 1 of {of}")


@pytest.fixture
def ana(product: Product, somebody: Callable[..., Somebody]) -> Composer:
    """A designer, signed in."""
    password = product.adds("ana@example.org", "Ana Lago", "designer")
    person = somebody(Composer)
    person.signs_in("ana@example.org", password)
    assert isinstance(person, Composer)
    return person


def composes(ana: Composer) -> None:
    """All of: the wait was one of the two shortest; none of: the employee smiled."""
    ana.clicks("Add a condition")
    ana.asks_about(WAIT, rows=1)
    ana.chooses("Comparison", "is one of")
    ticks = ana.condition.get_by_role("group", name="Answers").get_by_role("checkbox")
    ticks.nth(0).check()
    ticks.nth(1).check()
    ana.sees_it_saved()
    ana.clicks("Add a group")
    ana.condition.get_by_label("Of this group").select_option("none")
    ana.asks_about(SMILE, rows=2)
    ana.chooses("Answer", "Yes")
    ana.sees_it_saved()


def test_a_condition_is_composed_by_mouse_and_the_phone_goes_by_it_at_once(ana: Composer):
    ana.starts("Spring visit")
    ana.opens_touchpoint(STAFF)
    ana.opens_question(NEEDS)
    ana.condition.locator("summary").click()
    composes(ana)
    ana.reads(f"Shown only if {SAYS}")
    ana.finds_the_page_accessible()
    ana.sees_first_on_the_phone(STAFF, FRIENDLY, of=5)
    ana.answers_on_the_phone(GREETING, WAIT, "Up to 30 seconds")
    ana.sees_first_on_the_phone(STAFF, NEEDS, of=6)
    ana.answers_on_the_phone(GREETING, SMILE, "Yes")
    ana.sees_first_on_the_phone(STAFF, FRIENDLY, of=5)
    ana.closes()
    ana.sees(f"only if {SAYS.removesuffix('.')}")


def test_a_whole_touchpoint_comes_and_goes_on_the_phone(ana: Composer):
    ana.starts("Spring visit")
    ana.opens_touchpoint(STAFF)
    ana.page.locator("#touchpoint-settings > summary").click()
    ana.condition.locator("summary").click()
    composes(ana)
    ana.reads(f"Met only if {SAYS}")
    expect(ana.page.locator(".touchpoint-when")).to_have_text(f"Met only if {SAYS}", use_inner_text=True)
    dots = ana.phone.locator(".dot:visible")
    expect(dots).to_have_count(5)
    ana.answers_on_the_phone(GREETING, WAIT, "Over 30 seconds, up to 1 minute")
    expect(dots).to_have_count(6)
    ana.answers_on_the_phone(GREETING, SMILE, "Yes")
    expect(dots).to_have_count(5)
    ana.page.locator("#met-test-drop-1").click()
    ana.sees_it_saved()
    expect(dots).to_have_count(6)
