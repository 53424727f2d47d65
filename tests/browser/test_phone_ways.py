"""Ways through a visit besides its questions: it cannot be made, or it is made unseen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from evaluations.document.tree import Duration, Touchpoint
from evaluations.document.tree import Photo as Picture
from evaluations.models import Capture, Outcome
from tests.browser.phone import WINDOW, HandledPhone
from tests.browser.product import Product
from tests.browser.scenes import Scene, a_scene
from tests.browser.signal import signal_to
from tests.browser.test_phone import phone, scene, some_pictures
from tests.builders import a_document, a_question

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
    phone.takes_back()
    phone.page.get_by_role("button", name="Hand in").tap()
    expect(phone.strip).to_contain_text("Not handed in yet.")
    phone.finds_signal()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    found = scene.contents()
    assert (found.outcome, found.outcome_note) == (Outcome.CLOSED_STORE, "The shutter was down.")
    assert [photo.held for photo in found.photos[""]] == [True]


@pytest.fixture
def unseen(
    installation: tuple[Product, str],
    chromium: Browser,
) -> Iterator[tuple[Scene, HandledPhone]]:
    """A discreet visit, and the phone of its shopper."""
    till = Touchpoint(
        key="till",
        name={"en": "Till"},
        questions=(
            Duration(key="wait", text={"en": "How long did you wait?"}),
            Picture(key="queue", text={"en": "The queue."}, max_count=2),
            a_question("smiled", "Did they smile?"),
        ),
    )
    document = a_document(touchpoints=(till,), languages=("en",))
    scene = a_scene(installation[1], document, capture=Capture.DISCREET)
    with signal_to(installation[0].address) as signal:
        context = chromium.new_context(base_url=signal.address, **WINDOW)
        phone = HandledPhone(context, scene.visit, signal)
        phone.signs_in(scene.email)
        yield scene, phone
        context.close()
    assert phone.complaints == []


def test_a_discreet_visit_is_made_on_a_dark_screen_without_network_and_answered_afterwards(
    unseen: tuple[Scene, HandledPhone], tmp_path: Path
):
    scene, phone = unseen
    phone.opens()
    expect(phone.page.locator(".ready")).to_contain_text("Ready for offline")
    phone.loses_signal()
    goes_dark(phone)
    takes_in_the_dark(phone, some_pictures(tmp_path, 1)[0])
    phone.is_killed()
    phone.opens_the_dark_screen()
    first = phone.page.get_by_role("button", name="First timer")
    expect(first).to_have_attribute("aria-pressed", "true")
    first.tap()
    assert phone.too_small() == []
    phone.holds("take a photo")
    phone.page.get_by_role("button", name="Check out").tap()
    sorts(phone)
    phone.answers("smiled", "Yes")
    phone.hands_in()
    phone.finds_signal()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    found = scene.contents()
    given, left = found.watches
    assert (given.question, left.question) == ("wait", None)
    assert found.answers["wait"].value == str(given.seconds)
    assert [photo.held for photo in found.photos["queue"]] == [True]
    assert "smiled" in found.answers


def goes_dark(phone: HandledPhone) -> None:
    phone.page.get_by_role("button", name="Check in").tap()
    phone.page.get_by_role("button", name="Check in, and go dark").tap()


def takes_in_the_dark(phone: HandledPhone, picture: Path) -> None:
    """Both timers are started, a photo is taken, and a tap beside the time does nothing."""
    first, second = (phone.page.get_by_role("button", name=f"{which} timer") for which in ("First", "Second"))
    first.tap()
    expect(first).to_have_attribute("aria-pressed", "true")
    phone.page.touchscreen.tap(20, 422)
    expect(second).to_have_attribute("aria-pressed", "false")
    second.tap()
    with phone.page.expect_file_chooser() as chooser:
        phone.page.get_by_role("button", name="take a photo").tap()
    chooser.value.set_files([str(picture)])
    expect(phone.page.get_by_text("1 photo")).to_be_visible()


def sorts(phone: HandledPhone) -> None:
    """The first time and the photo are given to their questions."""
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Sort what you took")
    phone.page.get_by_label("Question for time 1").select_option(label="How long did you wait?")
    phone.page.get_by_label("Question for photo 1").select_option(label="The queue.")
    expect(phone.page.get_by_label("Question for photo 1")).to_have_value("queue")
    phone.page.get_by_role("button", name="To the questions").tap()
