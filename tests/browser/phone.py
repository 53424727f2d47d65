"""A shopper with a phone to whom everything happens that happens to phones."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Locator, Page, expect

from tests.browser.people import EXPECTED
from tests.browser.signal import Signal

PASSWORD = "a password for tests"
WINDOW: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "reduced_motion": "reduce",
}
NO_NETWORK = re.compile(  # whichever way a cut connection ends: before, between or amid answers
    "net::ERR_|An unknown error occurred when fetching the script"
)
TOUCHED = "button, a, summary, textarea, label.row, label.figure, input.moment, canvas"
MEASURE = """touched => [...document.querySelectorAll(touched)]
    .filter(element => element.offsetParent && !element.matches('.skip, .unseen'))
    .map(element => [element.textContent.trim() || element.ariaLabel, element.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 44)
    .map(([name, box]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`)"""

UNTIL_TAKEN_BACK = """() => {
    const [button] = [...document.querySelectorAll('[data-bar] button')].filter(
        (one) => one.textContent.includes('Take it back'))
    button?.click()
    return !button
}"""


class HandledPhone:
    """One phone, whose page can be killed, and whose signal comes and goes."""

    def __init__(self, context: BrowserContext, visit: str, signal: Signal) -> None:
        self.context = context
        self.visit = visit
        self._signal = signal
        self.complaints: list[str] = []
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", self._hears)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)

    def _hears(self, message: Any) -> None:
        harmless = EXPECTED.search(message.text) or NO_NETWORK.search(message.text)
        if message.type in {"error", "warning"} and not harmless:
            self.complaints.append(message.text)

    def has_signed_in(self, email: str) -> None:
        """Be somebody who signed in some time ago: no page is left of it, but the cookie."""
        asked = self.context.request.get("/sign-in")
        [token] = re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', asked.text())
        form = {"csrf_token": token, "email": email, "password": PASSWORD}
        answer = self.context.request.post("/sign-in", form=form, max_redirects=0)
        assert answer.status == 303, answer.text()

    def signs_in(self, email: str) -> None:
        """Sign in by the page, and land on the list of visits."""
        self.page.goto("/sign-in")
        self.says_who(email)
        expect(self.page.get_by_role("heading", level=1)).to_have_text("My visits")

    def says_who(self, email: str) -> None:
        """Fill in the sign-in page that is there."""
        self.page.get_by_label("E-mail").fill(email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()

    def opens(self) -> None:
        """Open the visit, and wait until its screens are there."""
        self.page.goto(f"/field/visits/{self.visit}")
        self.page.locator("[data-bar] button").first.wait_for()

    def takes_back(self) -> None:
        """Take the hand-in back; where it is just being sent, again, until it is open."""
        self.page.get_by_role("button", name="Take it back").wait_for()
        self.page.wait_for_function(UNTIL_TAKEN_BACK, polling=200)

    def opens_the_dark_screen(self) -> None:
        """Open a discreet visit that is under way."""
        self.page.goto(f"/field/visits/{self.visit}")
        self.page.get_by_role("button", name="First timer").wait_for()

    def holds(self, button: str) -> None:
        """Keep the finger on a button until the way out is there."""
        self.page.get_by_role("button", name=button).dispatch_event("pointerdown")
        self.page.get_by_role("button", name="Check out").wait_for()

    def begins(self) -> None:
        """Open the visit and check in."""
        self.opens()
        self.page.get_by_role("button", name="Check in").tap()
        self.page.get_by_role("navigation", name="Touchpoints").wait_for()

    def turns_to(self, question: str) -> None:
        """Go to the question with this key, as its touchpoint's dot would."""
        self.page.evaluate("key => { location.hash = '#' + key }", question)
        expect(self.page.locator(f".question[data-question={question}]")).to_be_visible()

    def answers(self, question: str, words: str) -> None:
        """Choose an answer by touch."""
        self.turns_to(question)
        self.page.locator("label.row", has_text=re.compile(f"^{words}$")).tap()
        here = f".question[data-question={question}]"
        chosen = (
            f"{here} label.row:has(input:checked), .question:not({here})"  # the next may be there already
        )
        expect(self.page.locator(chosen).first).to_be_visible()

    def takes(self, question: str, files: list[Path]) -> None:
        """Pick pictures from the gallery."""
        self.turns_to(question)
        self.picks(files)

    def picks(self, files: list[Path]) -> None:
        """Pick pictures from the gallery, at what is in view."""
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="From the gallery").tap()
        chooser.value.set_files([str(file) for file in files])

    def types(self, question: str, text: str) -> None:
        """Type into the box of a question, key by key, and stay in it."""
        self.turns_to(question)
        self.page.locator(".answer textarea").tap()
        self.page.keyboard.type(text)

    def hands_in(self) -> None:
        """Press the big button of the hand-in; what is open then is left open."""
        self.page.evaluate("location.hash = '#/hand-in'")
        button = self.page.get_by_role("button", name=re.compile("^Hand in"))
        leaves_open = "open" in button.inner_text()
        button.tap()
        if leaves_open:
            self.page.get_by_role("button", name="Hand in as it is").tap()

    def is_killed(self) -> None:
        """The system takes the page away without a word to it, and opens another one later."""
        with pytest.raises(Error, match="crash"):
            self.page.goto("chrome://crash")
        self.opens_another_page()

    def opens_another_page(self) -> None:
        """Close the page, and have an empty one."""
        self.page.close()
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)

    def loses_signal(self) -> None:
        """No network from now on."""
        self._signal.lose()
        self._notices("offline")

    def signal_stalls(self) -> None:
        """One bar of signal: connected, and nothing comes."""
        self._signal.stall()

    def signal_flows(self) -> None:
        """What was held up comes."""
        self._signal.flow()

    def reaches_pages_only(self) -> None:
        """Pages load, but nothing of the visit gets through."""
        self.context.route("**/field/api/**", lambda route: route.abort())

    def reaches_everything(self) -> None:
        """The whole network is there again."""
        self.context.unroute("**/field/api/**")

    def signs_out(self) -> None:
        """Sign out by the menu of the list of visits."""
        self.page.goto("/field")
        self.page.get_by_label("Your account").tap()
        self.page.get_by_role("button", name="Sign out").tap()
        expect(self.page).not_to_have_url(re.compile("/field"))

    def finds_signal(self) -> None:
        """The network is back."""
        self._signal.find()
        self._notices("online")

    def _notices(self, event: str) -> None:
        """Let the page hear of it; the browser's own page about a lost network hears nothing."""
        if self.page.locator("[data-module]").count():
            self.page.evaluate("event => { dispatchEvent(new Event(event)) }", event)

    def is_told(self, words: str) -> None:
        """Wait until the header says how safe everything is, in these words."""
        expect(self.page.locator("[data-safety]")).to_have_text(words)

    @property
    def tiles(self) -> Locator:
        """The photos of the question in view."""
        return self.page.locator(".tile[data-state]")

    @property
    def strip(self) -> Locator:
        """What stands below the header on every screen."""
        return self.page.locator("[data-strip]")

    def storage_fills_up(self) -> None:
        """From the next page on, the phone can be told that it has no room left."""
        self.context.add_init_script("""
            const put = IDBObjectStore.prototype.put
            IDBObjectStore.prototype.put = function (...row) {
                if (globalThis.isFull) throw new DOMException('no room', 'QuotaExceededError')
                return put.apply(this, row)
            }""")

    def storage_is_slow(self) -> None:
        """From the next page on, the phone can be told that keeping something takes its time."""
        self.context.add_init_script("""
            const digest = crypto.subtle.digest.bind(crypto.subtle)
            crypto.subtle.digest = async (...what) => { await globalThis.slowness; return digest(...what) }""")

    def begins_to_be_slow(self) -> None:
        """Whatever is written from now on is not kept before `is_quick_again`; each word about safety is noted."""
        self.page.evaluate("""() => {
            globalThis.slowness = new Promise((done) => { globalThis.goOn = done })
            const told = globalThis.told = []
            const safety = document.querySelector('[data-safety]')
            new MutationObserver(() => told.push(safety.textContent)).observe(safety, {
                childList: true, subtree: true, characterData: true,
            })
        }""")

    def is_quick_again(self) -> None:
        """What was held up goes on."""
        self.page.evaluate("globalThis.goOn()")

    @property
    def told(self) -> list[str]:
        """All that the header said of safety since the phone became slow."""
        return list(self.page.evaluate("globalThis.told"))

    def has_room(self, is_free: bool) -> None:
        """Whether there is room on the phone now."""
        self.page.evaluate(f"globalThis.isFull = {json.dumps(not is_free)}")

    def too_small(self) -> list[str]:
        """The controls in view that a thumb would miss."""
        found: list[str] = self.page.evaluate(MEASURE, TOUCHED)
        return found
