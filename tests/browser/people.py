"""Somebody at a browser: opens pages, clicks by name, and is bothered by what axe and the console say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

AXE = (Path(__file__).parents[2] / "static/vendor/axe.min.js").read_text()
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
ALL_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")
"""The tags of axe that stand for all that is asked of a page."""
OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules for which it matters in which colours a page stands; all else is the same in both."""
UNHEARING = "[data-module]:not([data-attached])"
"""What waits for its script; keys and clicks that it is meant to hear are lost until then."""
EXPECTED = re.compile(r"the server responded with a status of (4\d\d)")


class Somebody:
    """A person with a browser window."""

    window: dict[str, Any] = {"viewport": DESK}

    def __init__(self, browser: Browser, address: str, **window: Any) -> None:
        self.address = address
        self.context = browser.new_context(base_url=address, **(self.window | window))
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._hears)

    def signs_in(self, email: str, password: str) -> None:
        """Sign in by the page."""
        self.page.goto("/sign-in")
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.clicks("Sign in")

    def clicks(self, name: str, *, within: Locator | None = None) -> None:
        """Click the button or link of this name, once the page's scripts listen."""
        root = within or self.page
        button = root.get_by_role("button", name=name, exact=True)
        link = root.get_by_role("link", name=name, exact=True)
        self._waits_for_scripts()
        button.or_(link).first.click()

    def strikes(self, *keys: str) -> None:
        """Press keys one after the other, wherever one is, each once the page's scripts listen."""
        for key in keys:
            self._waits_for_scripts()
            self.page.keyboard.press(key)

    def sees(self, text: str) -> Locator:
        """Wait until `text` is there to be seen."""
        found = self.page.get_by_text(text).first
        found.wait_for()
        return found

    def finds_the_page_accessible(self) -> None:
        """Let axe look at the page in both colour schemes; nothing may be wrong."""
        self.page.wait_for_load_state("load")
        expect(self.page.locator(".is-busy")).to_have_count(0)  # a page that waits for the next one is paler
        for scheme, rules in (("dark", OF_COLOURS), ("light", ALL_RULES)):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            faults = self.faults_by_axe(rules)
            assert faults == [], f"{self.page.url} ({scheme}): {faults}"
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px wider than its window"

    def faults_by_axe(self, rules: tuple[str, ...] = ALL_RULES) -> list[str]:
        """What axe finds wrong with the page as it is now; `rules` are tags or rules of axe."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", [*rules]
        )
        return [
            f"{fault['id']} at {[node['target'] for node in fault['nodes']][:4]}: {fault['help']}"
            for fault in found["violations"]
        ]

    def leaves(self) -> None:
        """Close the window."""
        self.context.close()

    def _waits_for_scripts(self) -> None:
        expect(self.page.locator(UNHEARING)).to_have_count(0)

    def _hears(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not EXPECTED.search(message.text):
            self.complaints.append(message.text)
