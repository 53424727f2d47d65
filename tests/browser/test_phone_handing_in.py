"""Handing in while something is still under way, or when the server has it already."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.browser.phone import HandledPhone
from tests.browser.scenes import Scene
from tests.browser.test_phone import phone, scene

__all__ = ["phone", "scene"]

SLOW_PLACE = """() => {
    const told = []
    navigator.geolocation.getCurrentPosition = (found) => told.push(found)
    window.findsThePlace = () => {
        for (const found of told.splice(0)) {
            found({ coords: { latitude: 40.4169, longitude: -3.7035, accuracy: 12 }, timestamp: Date.now() })
        }
    }
}"""


def test_who_goes_to_the_hand_in_right_after_an_answer_stays_there(phone: HandledPhone):
    phone.begins()
    phone.turns_to("lit")
    phone.page.locator("label.row", has_text="Yes").tap()
    phone.page.evaluate("location.hash = '#/hand-in'")
    phone.page.wait_for_timeout(800)  # an answer moves on after a third of a second
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Hand in")


def test_a_hand_in_waits_for_the_place_that_is_still_looked_for(phone: HandledPhone, scene: Scene):
    hands_in_while_the_place_is_looked_for(phone)
    phone.page.evaluate("window.findsThePlace()")
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    place = scene.contents().check_out.place
    assert place is not None
    assert (place.lat, place.lon) == ("40.416900", "-3.703500")


def test_a_hand_in_that_waits_for_a_place_goes_also_when_the_page_is_killed(
    phone: HandledPhone, scene: Scene
):
    hands_in_while_the_place_is_looked_for(phone)
    phone.is_killed()
    phone.opens()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    assert scene.contents().check_out.place is None


def hands_in_while_the_place_is_looked_for(phone: HandledPhone) -> None:
    """Check out, and hand in at once."""
    phone.begins()
    phone.page.evaluate(SLOW_PLACE)
    phone.page.evaluate("location.hash = '#/hand-in'")
    phone.page.get_by_role("button", name="Check out now").tap()
    phone.hands_in()
    expect(phone.strip).to_contain_text("Not handed in yet.")


def test_who_takes_a_hand_in_back_that_the_server_has_learns_it_at_once(phone: HandledPhone):
    phone.begins()
    phone.answers("lit", "Yes")
    phone.page.route(re.compile("/submissions/"), lambda route: route.abort())
    phone.page.route(re.compile("/submissions/"), loses_the_answer, times=1)
    with phone.page.expect_event("requestfailed", lambda request: "/submissions/" in request.url):
        phone.hands_in()
    phone.takes_back()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    expect(phone.page.locator(".receipt-code")).to_be_visible()


def loses_the_answer(route: Route) -> None:
    """The server does it, and the phone never hears so."""
    route.fetch()
    route.abort()
