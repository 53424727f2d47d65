"""From "New checklist" to "Published" in two languages, once by mouse and once by the keyboard alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.designing import Drafter, Typist
from tests.evaluations.photos.pictures import a_jpeg

TILL = "Explanation of returns"
ASKED = {"English": "Was the till free when you came?", "Spanish": "¿Estaba libre la caja cuando llegó?"}
WAITED = {"English": "How did the wait feel?", "Spanish": "¿Cómo se le hizo la espera?"}
SHOWN = {"English": "The till from the entrance", "Spanish": "La caja desde la entrada"}
BRIEFING = {"English": "Come as a customer.", "Spanish": "Venga como un cliente."}


class ByMouse(Drafter):
    """Clicks."""

    def hits(self, goal: Locator) -> None:
        """Press a link or a button, or tick a box."""
        goal.click()

    def fills(self, box: Locator, text: str) -> None:
        """Put `text` into a box and leave it."""
        box.fill(text)
        box.blur()

    def picks(self, box: Locator, words: str) -> None:
        """Choose in a list what begins with `words`."""
        labels = box.locator("option").all_text_contents()
        box.select_option(label=next(label for label in labels if label.strip().startswith(words)))


class ByKeys(Typist):
    """Goes by Tab, and presses keys."""

    def hits(self, goal: Locator) -> None:
        """Press a link or a button, or tick a box."""
        is_box = goal.evaluate("goal => goal.matches('input')")
        self.presses(goal, "Space" if is_box else "Enter")

    def fills(self, box: Locator, text: str) -> None:
        """Put `text` into a box and leave it."""
        self.types(box, text)
        self.page.keyboard.press("Tab")

    def picks(self, box: Locator, words: str) -> None:
        """Choose in a list what begins with `words`."""
        self.goes_to(box)
        self.page.keyboard.type(words)
        self.page.keyboard.press("Tab")


Hand = ByMouse | ByKeys


@pytest.mark.parametrize("kind", [ByMouse, ByKeys])
def test_a_checklist_in_two_languages_is_built_and_published(
    enters: Callable[..., Any], kind: type[Hand], tmp_path: Path
):
    ana: Hand = enters(kind)
    begins_in_two_languages(ana)
    asks_what_is_critical(ana)
    shows_what_right_looks_like(ana, tmp_path / "till.jpg")
    asks_only_whom_it_concerns(ana)
    briefs_in_both(ana)
    published = publishes(ana)
    questions = [question for touchpoint in published["touchpoints"] for question in touchpoint["questions"]]
    assert len(questions) >= 25
    assert all(question["text"].keys() == {"en", "es"} for question in questions)
    till, waited = found(questions)
    assert till["critical"]["on"] == ["no"]
    assert [picture["caption"] for picture in till["pictures"]] == [
        {"en": SHOWN["English"], "es": SHOWN["Spanish"]}
    ]
    assert waited["show_if"] == {"test": "is", "question": till["key"], "answer": "no"}


def found(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The two that were made here, by their words."""
    by_words = {question["text"]["en"]: question for question in questions}
    return [by_words[ASKED["English"]], by_words[WAITED["English"]]]


def begins_in_two_languages(ana: Hand) -> None:
    """The ready story of a store visit, in English and Spanish."""
    ana.page.goto("/office/checklists/new")
    ana.fills(ana.page.get_by_label("Name", exact=True), "Spring visit")
    ana.hits(ana.page.get_by_role("checkbox", name="Spanish"))
    ana.hits(ana.page.get_by_role("button", name="Start", exact=True))
    expect(ana.journey).to_be_visible()
    ana.hits(ana.journey.get_by_role("link", name=re.compile(f"^{TILL}")))
    expect(ana.page.get_by_role("heading", level=2, name=TILL)).to_be_visible()


def asks(ana: Hand, kind: str, words: dict[str, str]) -> None:
    """Begin a question and write it in both languages."""
    kinds = ana.page.get_by_role("list", name="Add a question")
    ana.hits(kinds.get_by_role("link", name=kind, exact=True))
    ana.page.locator("#new-question").wait_for()
    for language, text in words.items():
        ana.fills(ana.page.get_by_label(f"Question, {language}", exact=True), text)
    ana.sees_on_the_phone(words["English"])


def asks_what_is_critical(ana: Hand) -> None:
    """A No at the till fails the visit."""
    asks(ana, "Yes or no", ASKED)
    ana.picks(ana.page.get_by_label("Critical", exact=True), "The visit fails")
    ana.sees_it_saved()


def shows_what_right_looks_like(ana: Hand, picture: Path) -> None:
    """A picture is taken in, and says in both languages what it shows."""
    picture.write_bytes(a_jpeg(300, 200))
    ana.hits(ana.page.locator("#pictures > summary"))
    with ana.page.expect_file_chooser() as chooser:
        ana.hits(ana.page.get_by_label("Add a picture"))
    chooser.value.set_files(picture)
    caption = ana.page.locator(".picture-row").get_by_label("English")
    caption.wait_for()
    ana.fills(caption, SHOWN["English"])
    ana.fills(ana.page.locator(".picture-row").get_by_label("Spanish"), SHOWN["Spanish"])
    ana.sees_it_saved()
    expect(ana.phone.locator("img").first).to_be_visible()
    ana.hits(ana.page.get_by_role("link", name="Done", exact=True))
    expect(ana.page.locator(".question.is-open")).to_have_count(0)


def asks_only_whom_it_concerns(ana: Hand) -> None:
    """The rating is asked where the till was not free."""
    asks(ana, "Rating", WAITED)
    condition = ana.page.locator("form.question-form .condition")
    ana.hits(condition.locator("summary"))
    ana.hits(condition.get_by_role("button", name="Add a condition"))
    box = condition.get_by_label("Earlier question", exact=True)
    option = box.locator("option", has_text=ASKED["English"]).text_content() or ""
    ana.picks(box, option.strip())
    expect(condition.get_by_label("Comparison", exact=True)).to_be_visible()
    ana.picks(condition.get_by_label("Answer", exact=True), "No")
    ana.sees_it_saved()
    expect(condition.locator(".condition-says")).to_have_text(f"Shown only if “{ASKED['English']}” is No.")


def briefs_in_both(ana: Hand) -> None:
    """The shoppers are told what to do, and the checklist gets its title in Spanish too."""
    ana.hits(ana.page.get_by_role("link", name="Settings", exact=True))
    ana.fills(ana.page.get_by_label("Title, Spanish"), "Visita de primavera")
    for language, text in BRIEFING.items():
        ana.fills(ana.page.get_by_label(f"Briefing, {language}"), text)
    ana.sees_it_saved()


def publishes(ana: Hand) -> dict[str, Any]:
    """What was published, as its own page hands it out."""
    ana.hits(ana.page.get_by_role("link", name=re.compile("^Check and publish")))
    ana.hits(ana.page.get_by_role("button", name=re.compile("^Publish version")))
    ana.sees("Version 1 is published.")
    checklist = ana.page.url.partition("/checklists/")[2][:36]
    address = f"/office/checklists/{checklist}/versions/1/document.json"
    document: dict[str, Any] = json.loads(ana.page.request.get(address).text())
    return document
