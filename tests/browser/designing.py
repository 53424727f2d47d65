"""A designer at the draft: by mouse, by touch, and by the keyboard alone."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.office import Designer

MOST_STEPS = 250
PATIENCE_MS = 15_000
HELD_OVER = """([onto, y]) => {
    if (onto.classList.contains("is-target")) return true
    const box = document.querySelector(".is-dragged")?.getBoundingClientRect()
    return box !== undefined && box.top <= y && y <= box.bottom
}"""
SAVED = re.compile(r"^Saved \d\d:\d\d")


class Drafter(Designer):
    """Works on one draft, beside the live phone."""

    window: dict[str, Any] = {"viewport": {"width": 1500, "height": 1000}}

    @property
    def journey(self) -> Locator:
        """The touchpoints in order."""
        return self.page.get_by_role("navigation", name="Journey")

    @property
    def questions(self) -> Locator:
        """The questions of the touchpoint that is open."""
        return self.page.locator("#questions > .question")

    @property
    def phone(self) -> Any:
        """The phone's own page beside the bench."""
        return self.page.frame_locator(".designer-phone iframe:not(.is-coming)")

    def starts(self, name: str) -> None:
        """Start a checklist from the ready story of a store visit."""
        self.page.goto("/office/checklists/new")
        self.page.get_by_label("Name").fill(name)
        self.clicks("Start")
        expect(self.journey).to_be_visible()

    def opens_touchpoint(self, name: str) -> None:
        """Go to a touchpoint of the journey."""
        self._opens(name)

    def opens_touchpoint_in_vain(self, name: str) -> None:
        """Try to leave what has to be decided first."""
        self.journey.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).click()
        self.sees("Choose first which of the two to keep.")

    def opens_question(self, text: str) -> None:
        """Unfold the form of a question."""
        self.questions.get_by_role("link", name=text, exact=True).click()
        self.page.locator(".question.is-open").wait_for()

    def closes(self) -> None:
        """Fold the open question up again."""
        self.clicks("Done")
        expect(self.page.locator(".question.is-open")).to_have_count(0)

    def begins(self, kind: str) -> None:
        """Begin a new question of a kind."""
        self.page.get_by_role("list", name="Add a question").get_by_role(
            "link", name=kind, exact=True
        ).click()
        self.page.locator("#new-question").wait_for()

    def writes(self, box: str, text: str) -> None:
        """Type into a box of the open form, and leave the box."""
        self.page.get_by_label(box, exact=True).fill(text)
        self.page.get_by_label(box, exact=True).blur()

    def sees_it_saved(self) -> None:
        """Nothing was pressed, and the form says that it is saved, the head of the page when."""
        expect(self.page.locator("form[data-keeps] [data-state]:visible").last).to_have_text(
            "Saved", timeout=PATIENCE_MS
        )
        expect(self.page.locator(".draft-state time")).to_have_text(SAVED)

    def sees_on_the_phone(self, text: str) -> None:
        """Wait until the live phone shows it."""
        expect(self.phone.get_by_text(text).first).to_be_visible()

    def sees_last(self, key: str) -> None:
        """Wait until this question is the last of its touchpoint."""
        expect(self.questions.last).to_have_attribute("data-key", key)

    def order(self) -> list[str]:
        """The questions' keys as they stand."""
        rows = self.page.locator("#questions > .question[data-key]").all()
        return [row.get_attribute("data-key") or "" for row in rows]

    def stops(self) -> list[str]:
        """The touchpoints' keys as they stand."""
        return [stop.get_attribute("data-key") or "" for stop in self.journey.locator(".stop").all()]

    def drags(self, what: Locator, onto: Locator) -> None:
        """Take a thing by its grip and let it go on another one, with the mouse."""
        bench = self._marks_the_bench()
        what.scroll_into_view_if_needed()
        what.hover()
        begin, end = middle(what.locator(".grip")), middle(onto)
        mouse = self.page.mouse
        mouse.move(*begin)
        mouse.down()
        mouse.move(begin[0], begin[1] + 8)
        mouse.move(*end, steps=12)
        mouse.move(end[0] + 1, end[1] + 1)
        self._sees_it_held_over(onto, end)
        mouse.up()
        expect(bench).to_have_count(0)

    def drags_by_touch(self, what: Locator, onto: Locator) -> None:
        """Take a thing by its grip and let it go on another one, with a finger."""
        bench = self._marks_the_bench()
        what.scroll_into_view_if_needed()
        begin, end = middle(what.locator(".grip")), middle(onto)
        finger = self.context.new_cdp_session(self.page)
        touch(finger, "touchStart", begin)
        for step in range(1, 13):
            touch(
                finger, "touchMove", tuple(a + (b - a) * step / 12 for a, b in zip(begin, end, strict=True))
            )
        self._sees_it_held_over(onto, end)
        touch(finger, "touchEnd")
        expect(bench).to_have_count(0)

    def _sees_it_held_over(self, onto: Locator, end: tuple[float, float]) -> None:
        """Nobody lets go before what is dragged stands there, or the stop that would take it is marked."""
        self.page.wait_for_function(HELD_OVER, arg=[onto.element_handle(), end[1]], timeout=PATIENCE_MS)

    def _marks_the_bench(self) -> Locator:
        """The bench as it is now: it is gone when the server's page has taken its place."""
        self.page.locator(".bench").evaluate("bench => { bench.dataset.old = '' }")
        return self.page.locator(".bench[data-old]")


class Typist(Drafter):
    """The same designer without a mouse: goes by Tab, and presses keys."""

    def goes_to(self, goal: Locator) -> None:
        """Press Tab until `goal` has the focus; what cannot be reached so is no page for the keyboard."""
        goal.wait_for()
        for _step in range(MOST_STEPS):
            if goal.evaluate("goal => goal === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{goal} was not reached by {MOST_STEPS} times Tab from the focus")

    def presses(self, goal: Locator, key: str = "Enter") -> None:
        """Go to a link or button and press it."""
        self.goes_to(goal)
        self.page.keyboard.press(key)

    def types(self, goal: Locator, text: str) -> None:
        """Go to a box and put `text` in place of what is there."""
        self.goes_to(goal)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)


def middle(thing: Locator) -> tuple[float, float]:
    """The middle of a thing on the screen."""
    box = thing.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def touch(finger: Any, kind: str, *points: tuple[float, ...]) -> None:
    """One event of a finger on the screen."""
    where = [{"x": point[0], "y": point[1]} for point in points]
    finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})


def link(page: Page | Locator, name: str) -> Locator:
    """A link that begins with these words."""
    return page.get_by_role("link", name=re.compile(f"^{re.escape(name)}")).first
