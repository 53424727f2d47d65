"""How the phone's pages do on a slow phone: Chromium, mobile emulation, slow 4G, a processor slowed by 4.

Prints a table of what was seen beside the bars, and fails when one is missed. Run it on a quiet machine.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, CDPSession, expect, sync_playwright

from evaluations.document.tree import Document, Narrative, Photo, Touchpoint
from tests.benchmarks import lighthouse
from tests.benchmarks.chromium import CHROMIUM, FLAGS
from tests.browser.phone import MEASURE, TOUCHED, WINDOW, HandledPhone
from tests.browser.product import running
from tests.browser.scenes import Scene, a_scene
from tests.browser.signal import signal_to
from tests.builders import a_document, a_question

SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 204_800, "uploadThroughput": 96_000}
SLOWED_BY = 4
DEBOUNCE_MS = 120
KEYS = 40
ANSWERS = 20
PHOTOS = 30
WATCH = """
globalThis.seen = { longest: 0, kept: [] }
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration)
}).observe({ type: 'longtask', buffered: true })
const transaction = IDBDatabase.prototype.transaction
IDBDatabase.prototype.transaction = function (stores, mode, ...rest) {
  const made = transaction.call(this, stores, mode, ...rest)
  const isDraft = mode === 'readwrite' && [stores].flat().includes('drafts')
  if (isDraft) made.addEventListener('complete', () => seen.kept.push(performance.now()))
  return made
}
addEventListener('input', () => { seen.typed = performance.now() }, true)
addEventListener('change', ({ target }) => { if (target.type === 'file') seen.chosen = performance.now() }, true)
addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
  if (!seen.usable && document.querySelector('[data-bar] button')) seen.usable = performance.now()
  if (seen.chosen && !seen.shown && document.querySelector('.tile[data-state]')) seen.shown = performance.now()
}).observe(document.body, { childList: true, subtree: true }))
"""
LIGHTHOUSE = {"performance": 95, "accessibility": 100, "best-practices": 95}
OVERFLOWS = "document.documentElement.scrollWidth > innerWidth + 1"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured: what was seen, and the most that it may be, or the least."""

    what: str
    seen: float
    bar: float
    unit: str
    is_least: bool = False

    @property
    def is_good(self) -> bool:
        """Whether the bar is kept."""
        return self.seen >= self.bar if self.is_least else self.seen <= self.bar

    @property
    def wanted(self) -> str:
        """The bar in signs; empty where there is none."""
        return f"{'>=' if self.is_least else '<='} {self.bar:g}" if self.bar < float("inf") else ""


@cache
def a_large_photo(number: int = 0) -> bytes:
    """A photo of twelve megapixels, as heavy as a phone's."""
    grain = Image.effect_noise((1008, 756), 40 + number % 5).resize((4032, 3024))
    out = io.BytesIO()
    Image.merge("RGB", (grain, grain.transpose(Image.Transpose.ROTATE_180), grain)).save(
        out, "JPEG", quality=90
    )
    return out.getvalue()


def a_checklist(count: int) -> Document:
    """A checklist with so many questions in touchpoints of ten, a story, and photos at two questions."""
    more = [
        Touchpoint(
            key=f"part_{first}",
            name={"en": f"Part {first // 10 + 1}"},
            questions=tuple(
                a_question(f"q_{n}", f"Was it so, for the time {n}?") for n in range(first, first + 10)
            ),
        )
        for first in range(0, count, 10)
    ]
    evidence = Touchpoint(
        key="evidence",
        name={"en": "Evidence"},
        questions=(
            Narrative(key="story", text={"en": "What happened?"}, max_length=2000),
            *(Photo(key=key, text={"en": "Photos."}, max_count=PHOTOS // 2) for key in ("window", "floor")),
        ),
    )
    return a_document(touchpoints=(*more, evidence), languages=("en",))


class SlowPhone(HandledPhone):
    """A phone whose pages are watched, and which can be made slow."""

    def line(self) -> CDPSession:
        """The developer's line into the page."""
        return self.context.new_cdp_session(self.page)

    def becomes_slow(self, *, network: bool = True) -> CDPSession:
        """Slow the processor, and the network too unless that is not asked for."""
        line = self.line()
        line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED_BY})
        if network:
            line.send("Network.enable")
            line.send("Network.emulateNetworkConditions", SLOW_4G)
        return line

    def seen(self, what: str) -> Any:
        """What the watch noted, as soon as it did."""
        return self.page.wait_for_function(f"seen.{what}").json_value()


@contextmanager
def a_phone(browser: Browser, address: str, scene: Scene, **window: Any) -> Iterator[SlowPhone]:
    """A signed-in phone with nothing in its storage."""
    with signal_to(address) as signal:
        context = browser.new_context(base_url=signal.address, bypass_csp=True, **(WINDOW | window))
        context.add_init_script(WATCH)
        phone = SlowPhone(context, scene.visit, signal)
        phone.has_signed_in(scene.email)
        try:
            yield phone
        finally:
            context.close()


def first_load(phone: SlowPhone) -> Iterator[Figure]:
    """What is transferred until the visit can be begun, and how long that takes."""
    sizes: list[float] = []
    line = phone.becomes_slow()
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    phone.opens()
    yield Figure("first load, transferred", sum(sizes) / 1000, 200, "kB")
    yield Figure("first load until usable (slow 4G)", phone.seen("usable") / 1000, float("inf"), "s")


def second_start(phone: SlowPhone, what: str) -> Iterator[Figure]:
    """How long the visit takes to open without any network."""
    expect(phone.page.locator(".ready")).to_contain_text("Ready for offline", timeout=60_000)
    phone.opens_another_page()
    phone.loses_signal()
    phone.becomes_slow(network=False)
    phone.opens()
    yield Figure(f"{what}, opened again offline", phone.seen("usable") / 1000, 1.0, "s")
    phone.finds_signal()


def typing(phone: SlowPhone) -> Iterator[Figure]:
    """How long after a key what was typed lasts, beyond the wait for further keys."""
    phone.turns_to("story")
    phone.page.locator(".answer textarea").tap()
    taken = []
    for _ in range(KEYS):
        phone.page.evaluate("seen.kept = []")
        phone.page.keyboard.type("x")
        taken.append(phone.page.wait_for_function("seen.kept[0] && seen.kept[0] - seen.typed").json_value())
    late = sorted(taken)[len(taken) * 95 // 100 - 1] - DEBOUNCE_MS
    yield Figure("last key to durable, 95th percentile", late, 50, "ms")


def photographing(phone: SlowPhone, folder: Path) -> Iterator[Figure]:
    """How long after its choice a photo of twelve megapixels is kept."""
    (file := folder / "large.jpg").write_bytes(a_large_photo())
    phone.takes("window", [file])
    shown, chosen = phone.seen("shown"), phone.seen("chosen")
    yield Figure(
        f"photo of 12 MP ({file.stat().st_size / 1e6:.1f} MB) until kept", (shown - chosen) / 1000, 1.5, "s"
    )


def answering(phone: SlowPhone) -> Iterator[Figure]:
    """The longest that the page is busy at one go while questions are answered."""
    phone.page.evaluate("seen.longest = 0")
    for number in range(ANSWERS):
        phone.answers(f"q_{number}", "Yes" if number % 3 else "No")
    yield Figure(
        "300 questions, longest task while answering", phone.page.evaluate("seen.longest"), 200, "ms"
    )


def renderers(browser: Browser) -> dict[int, float]:
    """Megabytes of each of the browser's renderers, what they share counted in part."""
    line = browser.new_browser_cdp_session()
    found = [
        one["id"]
        for one in line.send("SystemInfo.getProcessInfo")["processInfo"]
        if one["type"] == "renderer"
    ]
    line.detach()
    return {process: _megabytes(process) for process in found}


def _megabytes(process: int) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    [kilobytes] = [int(line.split()[1]) for line in lines if line.startswith("Pss:")]
    return kilobytes / 1024


def many_photos(browser: Browser, phone: SlowPhone, folder: Path) -> Iterator[Figure]:
    """By how much the page's process grows with thirty photos, once all have been made small."""
    phone.begins()
    before = max(renderers(browser).values())
    for number in range(PHOTOS):
        (file := folder / f"{number}.jpg").write_bytes(a_large_photo(number % 5) + bytes([number]))
        key = "window" if number < PHOTOS / 2 else "floor"
        phone.takes(key, [file])
        phone.tiles.nth(number % (PHOTOS // 2)).wait_for(timeout=60_000)
    phone.page.locator("[data-safety]", has_text="Safe on the server").wait_for(timeout=300_000)
    yield Figure(
        "30 photos of 12 MP, growth of the renderer", max(renderers(browser).values()) - before, 150, "MB"
    )


def fitting(phone: SlowPhone) -> Iterator[Figure]:
    """Controls too small for a thumb, and screens wider than the phone, plainly and with text twice as large."""
    phone.begins()
    small, wide = 0, 0
    for zoom in ("100%", "200%"):
        for place in ("q_0", "story", "window", "/hand-in"):
            phone.page.evaluate("place => { location.hash = '#' + place }", place)
            phone.page.evaluate("zoom => { document.documentElement.style.fontSize = zoom }", zoom)
            phone.page.locator("main h2, .question").first.wait_for()
            small += len(phone.page.evaluate(MEASURE, TOUCHED)) if zoom == "100%" else 0
            wide += phone.page.evaluate(OVERFLOWS)
    yield Figure("controls under 44 px, at 320 px", small, 0, "")
    yield Figure("screens wider than 320 px, also at 200 % text", wide, 0, "")


def judged(phone: SlowPhone, address: str, folder: Path) -> Iterator[Figure]:
    """What Lighthouse makes of the visit's page and of the list of visits, on the phone that it imagines."""
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in phone.context.cookies())
    for name, path in (("a visit", f"/field/visits/{phone.visit}"), ("the list of visits", "/field")):
        found = lighthouse.points(address + path, cookie, folder)
        for category, bar in LIGHTHOUSE.items():
            yield Figure(f"Lighthouse, {name}: {category}", found[category], bar, "", is_least=True)


def measured(browser: Browser, address: str, url: str, folder: Path) -> Iterator[Figure]:
    """Everything, each part on a phone of its own."""
    usual, long = (a_scene(url, a_checklist(count)) for count in (30, 300))
    with a_phone(browser, address, usual) as phone:
        yield from first_load(phone)
        yield from second_start(phone, "30 questions")
        phone.begins()
        yield from typing(phone)
        yield from photographing(phone, folder)
    with a_phone(browser, address, long) as phone:
        phone.opens()
        yield from second_start(phone, "300 questions")
        phone.begins()
        yield from answering(phone)
    with a_phone(
        browser, address, a_scene(url, a_checklist(30)), viewport={"width": 320, "height": 640}
    ) as phone:
        yield from fitting(phone)
    with a_phone(browser, address, a_scene(url, a_checklist(30))) as phone:
        yield from many_photos(browser, phone, folder)
    with a_phone(browser, address, usual) as phone:
        yield from judged(phone, address, folder)


def main() -> int:
    """Measure, print a table, and answer whether every bar was kept."""
    figures = []
    with tempfile.TemporaryDirectory(prefix="shopper-phone-") as name, sync_playwright() as playwright:
        folder = Path(name)
        url = f"sqlite:///{folder / 'shopper.db'}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        with running(folder, url) as product:
            for figure in measured(browser, product.address, url, folder):
                verdict = "" if figure.is_good else "MISSED"
                print(
                    f"{figure.what:<52} {figure.seen:>8.2f} {figure.unit:<3} {figure.wanted:>8}  {verdict}",
                    flush=True,
                )
                figures.append(figure)
        browser.close()
    missed = sum(not figure.is_good for figure in figures)
    print(f"{len(figures)} figures, {missed} bars missed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
