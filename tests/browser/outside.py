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
        return self.page.get_by_role("heading", level=2).first.inner_text()

    def answers(self, *, no_to: str, because: str, photos: list[Path]) -> int:
        """Answer every question in journey order, one of them with No; answers how many there were."""
        seen = 0
        while True:
            heading = self.page.get_by_role("heading", level=2).first
            heading.wait_for()
            if heading.inner_text() == "Hand in":
                return seen
            seen += 1
            self._answers_this(no_to, because, photos)
            self._goes_on(heading.inner_text())

    def _answers_this(self, no_to: str, because: str, photos: list[Path]) -> None:
        question, stage = self.question(), self.page.locator("main")
        radios = stage.get_by_role("radio")
        if stage.get_by_text(re.compile("photos? (is|are) needed|photos taken|One photo is needed")).count():
            self.photographs(photos)
        elif radios.count():
            wanted = stage.get_by_role("radio", name="No" if question == no_to else "Yes", exact=True)
            self._chooses(wanted if wanted.count() else radios.first)
            if question == no_to:
                self.writes(because)
        elif stage.get_by_role("textbox").count():
            self.writes(
                "I asked about a light jacket, and the employee brought two sizes and explained both of them."
            )

    def _chooses(self, radio: Locator) -> None:
        radio.check(force=True)

    def writes(self, text: str) -> None:
        """Type into the text box in view."""
        box = self.page.locator("main").get_by_role("textbox").first
        box.fill(text)

    def photographs(self, files: list[Path]) -> None:
        """Take several photos for the question in view, and see them kept."""
        with self.page.expect_file_chooser() as chooser:
            self.page.locator("main").get_by_role(
                "button", name=re.compile("photo", re.IGNORECASE)
            ).first.click()
        chooser.value.set_files([str(file) for file in files])
        expect(self.page.locator("main img")).to_have_count(len(files))

    def _goes_on(self, question: str) -> None:
        """Move to the next question, unless an answer has already done so."""
        heading = self.page.get_by_role("heading", level=2).first
        if heading.inner_text() == question:
            self.page.get_by_role("button", name="Next", exact=True).click()
        expect(heading).not_to_have_text(question)

    def goes_to_the_hand_in(self) -> None:
        """Jump to the last touchpoint and go on until the hand-in."""
        self.page.get_by_role("navigation", name="Touchpoints").get_by_role("button").last.click()
        heading = self.page.get_by_role("heading", level=2).first
        while heading.inner_text() != "Hand in":
            self._goes_on(heading.inner_text())

    def sees_it_safe(self) -> None:
        """Wait until the server has confirmed everything."""
        self.page.get_by_text("Safe on the server").first.wait_for()

    def hands_in(self) -> str:
        """Hand in, and answer the receipt."""
        self.page.get_by_role("button", name=re.compile("^Hand in")).last.click()
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
