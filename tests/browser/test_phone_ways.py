"""Ways through a visit besides its questions: it cannot be made, or it is made unseen."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from evaluations.models import Outcome
from tests.browser.phone import HandledPhone
from tests.browser.scenes import Scene
from tests.browser.test_phone import phone, scene, some_pictures

__all__ = ["phone", "scene"]


def test_a_store_that_is_closed_is_told_and_shown_without_network_and_handed_in(
    phone: HandledPhone, scene: Scene, tmp_path: Path
):
    phone.opens()
    expect(phone.page.locator(".ready")).to_contain_text("Ready for offline")
    phone.loses_signal()
    phone.page.get_by_role("button", name="The visit cannot be made").tap()
    phone.page.get_by_text("The store was closed").tap()
    phone.page.get_by_label("What happened?").fill("The shutter was down.")
    phone.page.get_by_role("button", name="Check in").tap()
    expect(phone.page.get_by_text("Checked in")).to_be_visible()
    phone.picks(some_pictures(tmp_path, 1))
    expect(phone.tiles).to_have_count(1)
    assert phone.too_small() == []
    phone.is_killed()
    phone.opens()
    expect(phone.page.get_by_label("What happened?")).to_have_value("The shutter was down.")
    phone.page.get_by_role("button", name="Hand in").tap()
    phone.page.get_by_role("button", name="Take it back").tap()
    phone.page.get_by_role("button", name="Hand in").tap()
    expect(phone.strip).to_contain_text("Not handed in yet.")
    phone.finds_signal()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    found = scene.contents()
    assert (found.outcome, found.outcome_note) == (Outcome.CLOSED_STORE, "The shutter was down.")
    assert [photo.held for photo in found.photos[""]] == [True]
