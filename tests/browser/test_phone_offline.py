"""A visit that was made ready opens without network, from cold, for the person whose it is and for nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Error, expect

from evaluations.fieldwork.unsent.opening import open_bundle
from tests.browser.phone import HandledPhone
from tests.browser.scenes import Scene
from tests.browser.test_phone import phone, scene, some_pictures

__all__ = ["phone", "scene"]

UNTIL_NO_PAGE_IS_KEPT = """async () => {
    while (await caches.has('shopper-pages')) await new Promise((again) => setTimeout(again, 20))
}"""
NO_PAGE = re.compile("ERR_CONNECTION_REFUSED|ERR_FAILED")


def is_made_ready(phone: HandledPhone) -> None:
    """Open the visit with network, and wait until it says that it can be opened without."""
    phone.opens()
    expect(phone.page.locator(".ready")).to_contain_text("Ready for offline")


def sees_a_kept_page_of_an_ended_session(phone: HandledPhone, scene: Scene, address: str) -> None:
    """Get what the phone put away, as the network is too slow, and only then an answer to what the page asks."""
    is_made_ready(phone)
    scene.sessions_end()
    phone.signal_stalls()
    phone.page.goto(address)
    phone.signal_flows()


def test_a_visit_that_was_never_opened_is_not_there_without_network(phone: HandledPhone):
    phone.page.goto("/field")
    phone.page.get_by_role("button", name="Make ready for offline").wait_for()
    phone.loses_signal()
    with pytest.raises(Error, match=NO_PAGE):
        phone.page.goto(f"/field/visits/{phone.visit}")


def test_a_page_that_is_not_kept_says_so_without_network_and_opens_when_there_is_some(phone: HandledPhone):
    is_made_ready(phone)
    phone.loses_signal()
    phone.page.goto(f"/field/visits/{phone.visit}/receipts")
    expect(phone.page.get_by_role("heading", name="No signal")).to_be_visible()
    phone.finds_signal()
    phone.page.get_by_role("link", name="Try again").click()
    expect(phone.page.get_by_text("Nothing was handed in yet.")).to_be_visible()
    phone.loses_signal()
    phone.page.goto(f"/field/visits/{uuid4()}")
    phone.page.get_by_role("main").get_by_role("link", name="My visits").click()
    expect(phone.page.get_by_text("Ready for offline")).to_be_visible()


def test_a_visit_opens_from_cold_without_network_is_made_and_arrives_later(phone: HandledPhone, scene: Scene):
    is_made_ready(phone)
    phone.is_killed()
    phone.loses_signal()
    phone.begins()
    phone.answers("lit", "Yes")
    phone.types("story", "Jo came over after two minutes.")
    phone.hands_in()
    expect(phone.strip).to_contain_text("Not handed in yet.")
    phone.is_killed()
    phone.opens()
    expect(phone.strip).to_contain_text("Not handed in yet.")
    phone.finds_signal()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    assert scene.contents().answers["lit"].value == "yes"


def test_what_only_the_phone_has_is_listed_and_exported_without_network_and_then_sent(
    phone: HandledPhone, scene: Scene, tmp_path: Path
):
    is_made_ready(phone)
    phone.begins()
    phone.is_told("Safe on the server")
    phone.loses_signal()
    phone.answers("lit", "Yes")
    phone.takes("window", some_pictures(tmp_path, 1))
    expect(phone.tiles).to_have_count(1)
    phone.is_killed()
    phone.page.goto("/field")
    phone.page.get_by_role("link", name="On this phone", exact=True).tap()
    items = phone.page.locator(".held-item")
    expect(items).to_have_count(2)
    expect(items.first).to_contain_text("Kept on this phone")
    expect(items.first).to_contain_text(re.compile("No answer from the server at .*Next try"))
    expect(items.get_by_role("presentation")).to_have_count(1)
    assert phone.too_small() == []
    with phone.page.expect_download() as download:
        phone.page.get_by_role("button", name="Export").tap()
    (part,) = open_bundle(Path(download.value.path()).read_bytes()).parts
    assert (part.eid, len(part.changes), len(part.photos)) == (scene.evaluation, 2, 1)
    expect(phone.page.get_by_text("What is in it stays on this phone")).to_be_visible()
    phone.finds_signal()
    phone.page.get_by_role("heading", name="Everything is safe on the server").wait_for()
    assert len(scene.contents().photos["window"]) == 1


def test_the_list_of_visits_makes_ready_at_a_tap_and_opens_without_network(phone: HandledPhone):
    phone.page.goto("/field")
    phone.page.get_by_role("button", name="Make ready for offline").tap()
    expect(phone.page.get_by_text("Ready for offline", exact=True)).to_be_visible()
    expect(phone.page.get_by_role("button", name="Make ready for offline")).to_be_hidden()
    phone.is_killed()
    phone.loses_signal()
    phone.page.goto("/field")
    expect(phone.page.get_by_text("Ready for offline", exact=True)).to_be_visible()
    phone.page.get_by_role("link", name=re.compile("Ready for offline")).tap()
    phone.page.get_by_role("button", name="Check in").wait_for()


def test_a_visit_of_which_a_file_did_not_arrive_is_not_called_ready(phone: HandledPhone):
    phone.context.route(
        "**/static/icons/shopper.svg*", lambda route: route.fulfill(status=200, body="<svg/>")
    )
    phone.opens()
    expect(phone.page.locator(".ready")).to_contain_text("Not ready for offline.")
    phone.context.unroute("**/static/icons/shopper.svg*")
    phone.page.get_by_role("button", name="Make ready for offline").tap()
    expect(phone.page.locator(".ready")).to_contain_text("Ready for offline")


def test_signing_out_takes_the_kept_pages_along_and_leaves_what_was_entered(
    phone: HandledPhone, scene: Scene
):
    is_made_ready(phone)
    phone.begins()
    phone.is_told("Safe on the server")
    phone.reaches_pages_only()
    phone.answers("lit", "Yes")
    phone.is_told("Kept on this phone")
    phone.signs_out()
    phone.loses_signal()
    with pytest.raises(Error, match=NO_PAGE):
        phone.page.goto(f"/field/visits/{phone.visit}")
    phone.opens_another_page()  # the browser's own one would load the visit anew by itself
    phone.finds_signal()
    phone.reaches_everything()
    phone.signs_in(scene.stranger)
    assert phone.page.goto(f"/field/visits/{phone.visit}").status == 404
    phone.signs_out()
    phone.signs_in(scene.email)
    phone.opens()
    phone.is_told("Safe on the server")
    assert scene.contents().answers["lit"].value == "yes"


def test_who_signs_in_after_another_on_one_phone_does_not_find_the_other_ones_pages(
    phone: HandledPhone, scene: Scene
):
    is_made_ready(phone)
    scene.sessions_end()  # nobody signed out
    phone.signs_in(scene.stranger)
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("No visits yet")
    phone.page.evaluate(UNTIL_NO_PAGE_IS_KEPT)
    phone.loses_signal()
    with pytest.raises(Error, match=NO_PAGE):
        phone.page.goto(f"/field/visits/{phone.visit}")


def test_a_kept_page_leads_to_the_sign_in_when_the_session_ended_and_there_is_network(
    phone: HandledPhone, scene: Scene
):
    is_made_ready(phone)
    phone.page.goto("/field")
    scene.sessions_end()
    for _try in range(
        4
    ):  # where a busy machine takes more than three seconds it is the kept page, as in the next story
        phone.page.goto(f"/field/visits/{phone.visit}")
        if "/sign-in" in phone.page.url:
            break
    expect(phone.page).to_have_url(re.compile("/sign-in"))
    phone.says_who(scene.email)
    phone.page.get_by_role("button", name="Check in").wait_for()


def test_a_kept_page_that_opened_on_a_bad_network_says_that_the_session_ended(
    phone: HandledPhone, scene: Scene
):
    sees_a_kept_page_of_an_ended_session(phone, scene, f"/field/visits/{phone.visit}")
    expect(phone.strip).to_contain_text("Signed out.")
    phone.strip.get_by_role("button", name="Sign in").tap()
    phone.says_who(scene.email)
    phone.page.get_by_role("button", name="Check in").wait_for()


def test_the_kept_list_of_visits_leads_to_the_sign_in_when_the_session_ended(
    phone: HandledPhone, scene: Scene
):
    sees_a_kept_page_of_an_ended_session(phone, scene, "/field")
    phone.strip.get_by_role("link", name="Sign in").tap()
    phone.says_who(scene.email)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("My visits")


def test_signing_out_without_signal_changes_nothing_and_says_so(phone: HandledPhone):
    is_made_ready(phone)
    phone.page.goto("/field")
    phone.loses_signal()
    phone.page.get_by_label("Your account").tap()
    phone.page.get_by_role("button", name="Sign out").tap()
    expect(phone.page.get_by_role("alert")).to_have_text(
        "Signing out needs signal. Nothing was changed; try again when there is some."
    )
    phone.opens()
    expect(phone.page.locator(".ready")).to_contain_text("Ready for offline")
    phone.finds_signal()
    phone.signs_out()


def test_a_visit_that_goes_in_while_the_list_is_open_stands_among_those_handed_in(phone: HandledPhone):
    is_made_ready(phone)
    phone.loses_signal()
    phone.begins()
    phone.answers("lit", "Yes")
    phone.hands_in()
    expect(phone.strip).to_contain_text("Not handed in yet.")
    phone.page.goto("/field")
    expect(phone.strip).to_contain_text("Not handed in yet.")
    phone.finds_signal()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text(["Handed in"])
    expect(phone.page.locator(".visit-state")).to_contain_text("Receipt ")


def test_what_a_page_left_in_a_hurry_kept_as_it_was_typed_goes_from_the_list_of_visits(
    phone: HandledPhone, scene: Scene
):
    is_made_ready(phone)
    phone.loses_signal()
    phone.begins()
    phone.types("story", "Jo came over.")
    phone.is_told("Kept on this phone")
    phone.is_killed()
    phone.page.goto("/field")
    expect(phone.page.locator("[data-local]")).to_have_text("Kept on this phone")
    phone.finds_signal()
    expect(phone.page.locator("[data-local]")).to_be_hidden()
    assert scene.contents().answers["story"].value == "Jo came over."


def test_two_phones_keep_pages_of_their_own(phones: Callable[..., HandledPhone]):
    one, two = phones(), phones()
    is_made_ready(one)
    two.loses_signal()
    with pytest.raises(Error, match=NO_PAGE):
        two.page.goto(f"/field/visits/{two.visit}")
