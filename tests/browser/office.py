"""The people of the office, as they work in the browser."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.people import Somebody


class Designer(Somebody):
    """Makes checklists."""

    def starts_from_the_script(self, name: str, spanish: str) -> None:
        """Start a checklist from the ready story of a store visit, in two languages."""
        self.page.goto("/office/checklists/new")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Spanish").check()
        self.finds_the_page_accessible()
        self.clicks("Start")
        self.clicks("Settings")
        self.page.get_by_label("Title, Spanish").fill(spanish)
        self.page.get_by_label("Briefing, English").fill(
            "Visit the shop as a customer and ask about returns."
        )
        self.page.get_by_label("Briefing, Spanish").fill(
            "Visite la tienda como cliente y pregunte por devoluciones."
        )

    def weighs(self, target: str) -> None:
        """Let the total go by weights, with a target."""
        self.page.get_by_label("Weights: each touchpoint counts as much as its weight says").check()
        self.page.get_by_label("Target, in percent").fill(target)
        self.clicks("Save the settings")
        self.sees("Saved")

    def removes(self, touchpoint: str) -> None:
        """Take a touchpoint out of the journey, and confirm it."""
        self._opens(touchpoint)
        self.page.locator("summary").filter(has_text="Remove").first.click()
        self.clicks("Remove the touchpoint")
        expect(self.page.get_by_role("navigation", name="Journey").get_by_text(touchpoint)).to_have_count(0)

    def moves_earlier(self, touchpoint: str) -> None:
        """Move a touchpoint one place up in the journey, by its button and the keyboard alone."""
        places = self.page.get_by_role("navigation", name="Journey").locator("li")
        before = places.filter(has_text=touchpoint).evaluate(
            "place => [...place.parentNode.children].indexOf(place)"
        )
        button = self.page.get_by_role("button", name=f"Move {touchpoint} earlier")
        button.focus()
        button.press("Enter")
        phase = (
            self.page.get_by_role("navigation", name="Journey").locator("ul, ol").filter(has_text=touchpoint)
        )
        expect(phase.locator("li").nth(before - 1)).to_contain_text(touchpoint)

    def gives_weight(self, touchpoint: str, weight: str) -> None:
        """Set what a touchpoint weighs."""
        self._opens(touchpoint)
        self.page.get_by_text("Name, phase, guidance, weight").click()
        self.page.get_by_label("Weight").fill(weight)
        self.page.get_by_role("button", name="Save", exact=True).click()
        self.sees("Saved")

    def asks(self, touchpoint: str, english: str, spanish: str, *, critical: bool) -> None:
        """Add a yes/no question that must be explained on No, and may fail the visit."""
        self._opens(touchpoint)
        self.page.get_by_role("list", name="Add a question").get_by_role("link", name="Yes or no").click()
        self.page.get_by_label("Question, English", exact=True).fill(english)
        self.page.get_by_label("Question, Spanish", exact=True).fill(spanish)
        expect(self.page.get_by_role("checkbox", name="Explain every No")).to_be_checked()
        if critical:
            self.page.get_by_label("Critical", exact=True).select_option("The visit fails")
            self.page.get_by_label("On", exact=True).select_option("No")
        self.finds_the_page_accessible()
        self.clicks("Done")  # it was added when its first box was left
        self.sees(english)

    def previews(self, question: str) -> None:
        """Look at the phone's page before publishing."""
        self.clicks("Test drive")
        phone = self.page.frame_locator("iframe[title='The phone']")
        begin = phone.get_by_role("button", name="Continue")
        begin.wait_for()
        self.finds_the_page_accessible()
        begin.click()
        phone.get_by_text(question).first.wait_for()
        self.clicks("Back to the draft")

    def publishes(self) -> str:
        """Check, publish, and answer the content hash that is shown."""
        self.page.get_by_role("link", name=re.compile("^Check and publish")).click()
        publish = self.page.get_by_role("button", name=re.compile("^Publish version"))
        publish.wait_for()
        self.finds_the_page_accessible()
        publish.click()
        shown = self.page.get_by_text(re.compile(r"^[0-9a-f]{64}$")).first
        shown.wait_for()
        return shown.inner_text()

    def _opens(self, touchpoint: str) -> None:
        self.page.get_by_role("navigation", name="Journey").get_by_role(
            "link", name=re.compile(f"^{re.escape(touchpoint)}")
        ).click()
        expect(self.page.get_by_role("heading", level=2, name=touchpoint)).to_be_visible()


class Scheduler(Somebody):
    """Plans the fieldwork."""

    def adds_a_client(self, name: str, area: str, locations: dict[str, str]) -> None:
        """Add a client with one area and locations by code."""
        self.page.goto("/office/clients/")
        self.finds_the_page_accessible()
        self.clicks("Add a client")
        self.page.get_by_label("Name").fill(name)
        self.clicks("Add the client")
        self.clicks("Add an area")
        self.page.get_by_label("Name").fill(area)
        self.clicks("Add the area")
        for code, place in locations.items():
            self.clicks("Add a location")
            self.page.get_by_label("Name").fill(place)
            self.page.get_by_label("The client's own code").fill(code)
            self.page.get_by_label("Area", exact=True).select_option(area)
            self.page.get_by_label("Time zone").select_option("Europe/Madrid")
            self.clicks("Add the location")
            self.sees(place)
        self.finds_the_page_accessible()

    def sends_the_file(self, file: Path) -> None:
        """Choose a file of locations and send it."""
        self.page.locator("input[type=file]").set_input_files(file)
        self.clicks("Upload the file")

    def plans_a_wave(self, name: str, first: str, last: str) -> None:
        """Plan a wave on the published version at every location."""
        self.page.goto("/office/waves/")
        self.page.get_by_role("link", name=re.compile("^Plan a wave")).first.click()
        self.page.get_by_label("Name of the new programme").fill("Store experience")
        self.page.get_by_label("Name of the wave").fill(name)
        self.page.get_by_label("First day").fill(last)
        self.page.get_by_label("Last day").fill(first)
        self.clicks("Plan the wave")
        self.sees("The last day lies before the first")
        self.page.get_by_label("First day").fill(first)
        self.page.get_by_label("Last day").fill(last)
        self.finds_the_page_accessible()
        self.clicks("Plan the wave")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(name)

    def assigns(self, shopper: str) -> None:
        """Give every planned visit of the wave to a shopper."""
        for box in self.page.locator("tbody input[type=checkbox]").all():
            box.check()
        self.page.get_by_label("Give the ticked visits to").select_option(label=shopper)
        self.page.get_by_role("button", name=re.compile("^Assign")).click()
        expect(self.page.locator("tbody")).to_contain_text("assigned")
        self.finds_the_page_accessible()


class Editor(Somebody):
    """Reviews what was handed in."""

    def opens(self, place: str) -> None:
        """Take a handed-in evaluation from the queue."""
        self.page.goto("/office/reviews/")
        self.finds_the_page_accessible()
        row = self.page.locator("main li, main tr, main article").filter(has_text=place).first
        row.get_by_role("button", name=re.compile("^Review")).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(place)
        self.finds_the_page_accessible()

    def sees_photos(self) -> int:
        """How many photos stand beside the answers, once each has really been loaded."""
        photos = self.page.locator("main img[src*='/office/photos/']")
        for photo in photos.all():
            photo.scroll_into_view_if_needed()
            self.page.wait_for_function(
                "image => image.complete && image.naturalWidth > 0", arg=photo.element_handle()
            )
        return photos.count()

    def remarks(self, number: int, text: str) -> None:
        """Write what is to be mended at a question, by its number."""
        question = self.page.locator("summary").filter(has_text=re.compile(f"at question {number}$"))
        question.click()
        self.page.get_by_label("What is to be mended here?").locator("visible=true").last.fill(text)

    def sends_back(self, note: str) -> None:
        """Return it to the shopper with the remarks and a note."""
        self.page.locator("[data-act=return] > summary").click()
        self.page.locator("#return-form").get_by_role("textbox").first.fill(note)
        self.clicks("Send back to the shopper")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Review")

    def approves(self) -> None:
        """Approve and release."""
        self.page.locator("[data-act=approve] > summary").click()
        self.page.get_by_role("button", name=re.compile("^Approve and release")).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Review")
