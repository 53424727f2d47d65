"""What asks before it does something that cannot be taken back lies within the window, however narrow."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.designing import Drafter

WIDTHS = (320, 360, 768, 1280)
BEYOND = """([width, height]) => [...document.querySelectorAll("details.asks")].flatMap(asks => {
  asks.open = true
  asks.querySelector("summary").scrollIntoView({ block: "center" })
  const faults = [...asks.querySelectorAll(".asks-sheet, .asks-sheet .btn")].flatMap(part => {
    const box = part.getBoundingClientRect()
    return box.left < 0 || box.right > width || box.bottom > height || box.top < 0
      ? [`${part.textContent.trim().slice(0, 20)}: ${Math.round(box.left)} to ${Math.round(box.right)}`] : []
  })
  asks.open = false
  return [`${faults.length} faults`, ...faults]
})"""


def test_what_asks_first_can_be_read_and_pressed_in_every_window(enters: Callable[..., Drafter]):
    ana = enters(Drafter)
    ana.starts("Spring visit")
    home = ana.page.url.partition("/draft")[0]
    key = ana.order()[0]
    ana.publishes()
    version = ana.page.url
    ana.page.goto(f"{version}/withdrawals/new")
    ana.page.get_by_label("Why").fill("It asks for last season's offer.")
    ana.page.locator("main form button[type=submit]").last.click()
    ana.page.wait_for_url(version)
    ana.page.get_by_text("Restore as draft").click()
    ana.clicks("Restore it all the same")
    ana.page.wait_for_url("**/draft/**")
    faults: list[str] = []
    for address in (home, version, f"{home}/draft/questions/{key}"):
        ana.page.goto(address)
        for width in WIDTHS:
            ana.page.set_viewport_size({"width": width, "height": 800})
            found = ana.page.evaluate(BEYOND, [width, 800])
            assert found, f"{address} asks nothing"
            faults += [f"{address} at {width}: {each}" for each in found if not each.endswith(" faults")]
    assert not faults, "\n".join(faults)
