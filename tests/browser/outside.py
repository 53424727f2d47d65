"""The shopper with a phone, and the client's reader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.people import PHONE, Somebody


class Shopper(Somebody):
    """Fills in a visit on a phone."""

    window: dict[str, Any] = {
        "viewport": PHONE,
        "is_mobile": True,
        "has_touch": True,
        "device_scale_factor": 2,
        "permissions": ["geolocation"],
        "geolocation": {"latitude": 40.4277, "longitude": -3.687, "accuracy": 12},
    }

    def opens(self, place: str) -> None:
        """Go to a visit from the list of the own ones."""
        self.page.goto("/field")
        self.finds_the_page_accessible()
        self.page.get_by_role("link", name=re.compile(place)).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(place)

    def checks_in(self) -> None:
        """Read the briefing and begin."""
        self.sees("Visit the shop as a customer and ask about returns.")
        self.finds_the_page_accessible()
        self.clicks("Check in")
        self.page.get_by_role("navigation", name="Touchpoints").wait_for()

    def question(self) -> str:
        """The question in view."""
        return self._heading().inner_text()

    def answers(self, *, no_to: dict[str, str], photos: list[Path]) -> int:
        """Answer every question in journey order; answers how many there were.

        `no_to` holds the questions that are answered with No, and why; the rest get their best answer.
        """
        seen = 0
        while (question := self.question()) != "Hand in":
            seen += 1
            self._answers_this(question, no_to, photos)
        return seen

    def _answers_this(self, question: str, no_to: dict[str, str], photos: list[Path]) -> None:
        stage = self.page.locator("main")
        if stage.get_by_role("radio").count():
            wanted = stage.locator("label.row", has_text=re.compile("^No$" if question in no_to else "^Yes$"))
            rows = stage.locator("label.row")
            best = rows.last if rows.first.inner_text().startswith("1") else rows.first
            (wanted.first if wanted.count() else best).tap()
            if because := no_to.get(question):
                self.writes(because)
            else:  # the next question comes by itself
                expect(self._heading()).not_to_have_text(question)
                return
        elif stage.get_by_text("One photo is needed.").count():
            self.photographs(photos)
        elif stage.get_by_role("textbox").count():
            self.writes("I asked about a light jacket; the employee brought two sizes and explained both.")
        self._goes_on(question)

    def _heading(self) -> Locator:
        return self.page.get_by_role("heading", level=2).first

    def writes(self, text: str) -> None:
        """Type into the text box in view."""
        box = self.page.locator("main").get_by_role("textbox").first
        box.fill(text)

    def photographs(self, files: list[Path]) -> None:
        """Pick several photos for the question in view, and see them kept."""
        stage = self.page.locator("main")
        before = stage.locator(".tile[data-state]").count()
        gallery = stage.get_by_role("button", name="From the gallery")
        if not gallery.is_visible():
            self.clicks("Add a photo", within=stage)
        with self.page.expect_file_chooser() as chooser:
            gallery.click()
        chooser.value.set_files([str(file) for file in files])
        expect(stage.locator(".tile[data-state]")).to_have_count(before + len(files))

    def sees_photos(self, count: int) -> None:
        """Turn to the first question, and see its photos there."""
        self.page.get_by_role("navigation", name="Touchpoints").get_by_role("button").first.click()
        while self.page.get_by_role("button", name="Back", exact=True).is_enabled():
            question = self.question()
            self.page.get_by_role("button", name="Back", exact=True).click()
            expect(self._heading()).not_to_have_text(question)
        expect(self.page.locator("main .tile[data-state]")).to_have_count(count)

    def leaves_and_comes_back(self) -> None:
        """Close the page without a word, and open the visit again."""
        address = self.page.url
        self.page.goto("about:blank")
        self.page.goto(address)
        self.page.get_by_role("navigation", name="Touchpoints").wait_for()

    def _goes_on(self, question: str) -> None:
        """Move on from this question by the button."""
        self.page.get_by_role("button", name=re.compile("^(Next|To the hand-in|Hand in)$")).click()
        expect(self._heading()).not_to_have_text(question)

    def goes_to_the_hand_in(self) -> None:
        """Jump to the last touchpoint and go on until the hand-in."""
        self.page.get_by_role("navigation", name="Touchpoints").get_by_role("button").last.click()
        while (question := self.question()) != "Hand in":
            self._goes_on(question)

    def sees_it_safe(self) -> None:
        """Wait until the server has confirmed everything."""
        self.page.get_by_text("Safe on the server").first.wait_for()

    def hands_in(self, *, as_it_is: bool = False) -> str:
        """Hand in, although something is open if so told, and answer the receipt."""
        self.page.get_by_role("button", name=re.compile("^Hand in")).last.click()
        if as_it_is:
            self.page.get_by_role("button", name="Hand in as it is").click()
        shown = self.page.get_by_text(re.compile(r"^(Handed in, receipt|Receipt) [0-9A-F]{4}$")).first
        shown.wait_for()
        return shown.inner_text()[-4:]


class ClientUser(Somebody):
    """Reads the own brand's results."""

    def finds(self, place: str) -> None:
        """Open a released visit from the results."""
        self.page.goto("/portal/")
        self.finds_the_page_accessible()
        self.page.locator("main").get_by_role("link", name=place).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(place)
        self.finds_the_page_accessible()

    def downloads_the_report(self, folder: Path) -> Path:
        """Ask for the PDF and wait until the worker has made it."""
        link = self.page.get_by_role("link", name=re.compile("PDF|report", re.IGNORECASE)).first
        with self.page.expect_download(timeout=60_000) as download:
            link.click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        return file
