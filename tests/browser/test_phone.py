"""What happens to phones in shops, in Chromium: nothing is lost or doubled, nothing called safe that is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import expect

from evaluations.document.answers import answered
from evaluations.document.tree import Critical, Narrative, Photo, Touchpoint
from shopper.demo import pictures
from tests.browser.phone import HandledPhone
from tests.browser.product import Product
from tests.browser.scenes import Scene, a_scene
from tests.builders import a_document, a_question
from tests.evaluations.photos.pictures import a_heic

STORY = "Jo came over after two minutes and asked what I was looking for."


@pytest.fixture
def scene(installation: tuple[Product, str]) -> Scene:
    """A visit with a few questions, given to a shopper; another shopper has none."""
    outside = Touchpoint(
        key="outside",
        name={"en": "Signage"},
        questions=(
            a_question("lit", "Was the sign lit?"),
            Photo(key="window", text={"en": "The window."}, max_count=6),
        ),
    )
    inside = Touchpoint(
        key="inside",
        name={"en": "Greeting"},
        questions=(
            a_question("greeted", explain_on=("no",), critical=Critical(on=("no",))),
            Narrative(key="story", text={"en": "What happened?"}, max_length=500),
        ),
    )
    many = [
        Touchpoint(key=f"more_{n}", questions=(a_question(f"extra_{n}", "Was it so?", required=False),))
        for n in range(12)
    ]
    document = a_document(touchpoints=(outside, inside, *many), languages=("en",))
    return a_scene(installation[1], document)


@pytest.fixture
def phone(phones: Callable[..., HandledPhone]) -> HandledPhone:
    """The shopper's phone."""
    return phones()


def some_pictures(folder: Path, count: int) -> list[Path]:
    """Pictures of a shop, as large as a phone makes them."""
    files = [folder / f"picture{number}.jpg" for number in range(count)]
    for number, file in enumerate(files):
        file.write_bytes(pictures.draw("window", f"Shop {number}", Random(number)))
    return files


def test_what_was_typed_is_there_after_the_page_was_killed(phone: HandledPhone, scene: Scene):
    phone.begins()
    phone.answers("lit", "Yes")
    phone.types("story", STORY)
    phone.page.wait_for_timeout(300)  # the promise is in milliseconds: durable 300 ms after the last key
    phone.is_killed()
    phone.opens()
    phone.turns_to("story")
    expect(phone.page.locator(".answer textarea")).to_have_value(STORY)
    phone.is_told("Safe on the server")
    assert scene.contents().answers["story"].value == STORY


def test_a_visit_made_without_signal_arrives_when_it_returns(
    phone: HandledPhone, scene: Scene, tmp_path: Path
):
    phone.begins()
    phone.is_told("Safe on the server")
    phone.loses_signal()
    phone.answers("lit", "Yes")
    phone.takes("window", some_pictures(tmp_path, 1))
    expect(phone.tiles).to_have_count(1)
    phone.types("story", STORY)
    phone.hands_in()
    expect(phone.strip).to_have_text("Ready. Will be handed in when there is signal. Not handed in yet.")
    phone.turns_to("lit")
    expect(phone.strip).to_contain_text("Not handed in yet.")
    assert scene.contents().answers == {}
    phone.finds_signal()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    found = scene.contents()
    assert found.answers["story"].value == STORY
    assert found.photo_counts == {"window": 1}
    assert found.owed == ()


def test_a_hand_in_that_waits_survives_the_page_being_killed(phone: HandledPhone):
    phone.begins()
    phone.loses_signal()
    phone.hands_in()
    expect(phone.strip).to_contain_text("Not handed in yet.")
    phone.is_killed()
    phone.finds_signal()
    phone.opens()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")


def test_what_is_left_open_is_asked_about_before_the_hand_in_and_told_on_the_receipt(
    phone: HandledPhone, scene: Scene
):
    phone.begins()
    phone.is_told("Safe on the server")
    phone.page.evaluate("location.hash = '#/hand-in'")
    big = phone.page.get_by_role("button", name="Hand in with 4 open")
    big.tap()
    sheet = phone.page.get_by_role("dialog", name="4 questions are open, 1 of them critical")
    expect(sheet.get_by_role("button", name="Go on answering")).to_be_focused()
    sheet.get_by_role("button", name="Go on answering").tap()
    expect(sheet).to_be_hidden()
    expect(phone.strip).to_be_hidden()
    big.tap()
    sheet.get_by_role("button", name="Hand in as it is").tap()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    expect(phone.page.locator(".receipt")).to_contain_text("4 questions were left open")


def test_a_hand_in_can_be_taken_back_until_it_was_sent(phone: HandledPhone, scene: Scene):
    phone.begins()
    phone.loses_signal()
    phone.hands_in()
    phone.takes_back()
    expect(phone.strip).to_be_hidden()
    phone.finds_signal()
    phone.answers("lit", "No")
    phone.is_told("Safe on the server")
    assert scene.contents().answers["lit"].value == "no"
    expect(phone.page.get_by_role("heading", level=2)).not_to_have_text("Handed in")


def test_six_pictures_at_once_all_arrive_and_one_can_be_removed(
    phone: HandledPhone, scene: Scene, tmp_path: Path
):
    phone.begins()
    phone.takes("window", some_pictures(tmp_path, 6))
    expect(phone.page.locator(".tile[data-state=acknowledged]")).to_have_count(6)
    assert scene.contents().photo_counts == {"window": 6}
    phone.tiles.nth(2).tap()
    phone.page.get_by_role("button", name="Remove this photo").tap()
    phone.page.get_by_role("button", name="Yes, remove it").tap()
    expect(phone.tiles).to_have_count(5)
    phone.is_told("Safe on the server")
    assert scene.contents().photo_counts == {"window": 5}


def test_a_text_called_a_photo_is_told_at_its_question_at_once_and_never_sent(
    phone: HandledPhone, scene: Scene, tmp_path: Path
):
    text = tmp_path / "photo.jpg"
    text.write_text("I am only words.\n" * 50)
    phone.begins()
    phone.takes("window", [*some_pictures(tmp_path, 1), text])
    alert = phone.page.get_by_role("alert").filter(has_text="Not a photo, so not kept: photo.jpg.")
    expect(alert).to_be_visible()
    expect(phone.tiles).to_have_count(1)
    phone.takes("window", [text])
    expect(phone.page.get_by_role("alert").filter(has_text="This file is not a photo")).to_be_visible()
    expect(alert).to_have_count(0)
    phone.is_told("Safe on the server")
    assert scene.contents().photo_counts == {"window": 1}


def test_more_pictures_than_a_question_takes_are_told_with_how_many_were_kept(
    phone: HandledPhone, tmp_path: Path
):
    phone.begins()
    phone.takes("window", some_pictures(tmp_path, 7))
    alert = phone.page.get_by_role("alert").filter(has_text="This question takes 6 photos.")
    expect(alert).to_have_text(
        "This question takes 6 photos. Remove one to add another. 6 of 7 were kept.", timeout=30_000
    )
    expect(phone.tiles).to_have_count(6)


def test_a_heic_is_seen_once_the_server_has_it_and_one_cut_short_needs_attention_alone(
    phone: HandledPhone, scene: Scene, tmp_path: Path
):
    unreadable = tmp_path / "photo.heic"
    unreadable.write_bytes(b"\0\0\0\x18ftypheic" + b"no more than a beginning" * 50)
    phone.begins()
    phone.answers("lit", "Yes")
    heic = tmp_path / "IMG_0001.HEIC"
    heic.write_bytes(a_heic())
    phone.takes("window", [*some_pictures(tmp_path, 1), heic, unreadable])
    alert = phone.page.get_by_role("alert").filter(has_text="Photo 3 was not accepted.")
    expect(alert).to_contain_text("Part of the photo is missing. Please send it again.")
    expect(alert).to_contain_text("It is kept on this phone.")
    phone.is_told("Needs attention")
    found = scene.contents()
    assert found.answers["lit"].value == "yes"
    assert (found.photo_counts, len(found.owed)) == ({"window": 3}, 1)
    expect(phone.tiles.nth(1).locator("img")).to_have_attribute(
        "src", re.compile("^/field/photos/.*/thumbnail$")
    )
    expect(phone.tiles.nth(1).locator("img")).to_be_visible()
    phone.hands_in()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")


def test_the_page_of_a_captive_portal_is_never_taken_for_success(phone: HandledPhone, scene: Scene):
    phone.begins()
    phone.is_told("Safe on the server")
    page = "<html><title>Welcome to our free network</title></html>"
    phone.context.route(
        "**/field/api/**", lambda route: route.fulfill(status=200, content_type="text/html", body=page)
    )
    with phone.page.expect_response("**/changes"):
        phone.answers("lit", "Yes")
    phone.is_told("Kept on this phone")
    phone.context.unroute("**/field/api/**")
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.is_told("Safe on the server")
    assert scene.contents().answers["lit"].value == "yes"


def test_two_phones_that_differ_are_told_and_one_answer_is_chosen(
    phones: Callable[..., HandledPhone], scene: Scene
):
    one, two = phones(), phones()
    one.begins()
    one.is_told("Safe on the server")
    two.opens()
    two.loses_signal()
    two.answers("lit", "No")
    one.answers("lit", "Yes")
    one.is_told("Safe on the server")
    two.finds_signal()
    two.is_told("Safe on the server")
    one.page.reload()
    one.page.evaluate("location.hash = '#/hand-in'")
    expect(one.page.locator(".page")).to_contain_text("Two of your phones say different things.")
    one.turns_to("lit")
    one.page.locator(".rivals").get_by_role("button", name="No").tap()
    expect(one.page.locator(".rivals")).to_be_hidden()
    one.is_told("Safe on the server")
    found = scene.contents()
    assert found.answers["lit"].value == "no"
    assert found.conflicts == ()


def test_another_person_on_the_same_phone_sees_and_sends_nothing(phone: HandledPhone, scene: Scene):
    phone.begins()
    phone.is_told("Safe on the server")
    phone.reaches_pages_only()
    phone.answers("lit", "Yes")
    phone.is_told("Kept on this phone")
    phone.signs_out()
    phone.reaches_everything()
    phone.signs_in(scene.stranger)
    assert phone.page.goto(f"/field/visits/{scene.visit}").status == 404
    assert scene.contents().answers == {}
    phone.signs_out()
    phone.signs_in(scene.email)
    phone.opens()
    phone.is_told("Safe on the server")
    assert scene.contents().answers == {"lit": answered("yes")}


def test_nothing_is_called_kept_before_it_is(phone: HandledPhone, scene: Scene):
    phone.storage_is_slow()
    phone.begins()
    phone.is_told("Safe on the server")
    phone.reaches_pages_only()
    phone.begins_to_be_slow()
    phone.answers("lit", "Yes")
    phone.is_told("…")
    assert set(phone.told) == {"…"}
    phone.is_quick_again()
    phone.is_told("Kept on this phone")
    phone.reaches_everything()
    phone.page.reload()
    phone.is_told("Safe on the server")
    assert scene.contents().answers == {"lit": answered("yes")}


def test_a_text_that_is_pasted_and_too_long_says_how_much_was_left_out(phone: HandledPhone, scene: Scene):
    phone.begins()
    phone.turns_to("story")
    box = phone.page.locator(".answer textarea")
    box.fill("x" * 620)
    expect(phone.page.get_by_text("120 characters did not fit and were left out.")).to_be_visible()
    expect(box).to_have_value("x" * 500)
    box.fill(STORY)
    expect(phone.page.get_by_text("did not fit")).to_be_hidden()


def test_who_was_signed_out_is_told_what_is_safe_and_goes_on_after_signing_in(
    phone: HandledPhone, scene: Scene
):
    phone.begins()
    phone.is_told("Safe on the server")
    scene.sessions_end()
    phone.answers("lit", "Yes")
    expect(phone.strip).to_contain_text("Signed out. 1 item is safe on this phone.")
    phone.strip.get_by_role("button", name="Sign in").tap()
    phone.says_who(scene.email)
    phone.is_told("Safe on the server")
    assert scene.contents().answers["lit"].value == "yes"


def test_a_page_killed_while_the_camera_was_open_says_that_the_photo_did_not_arrive(phone: HandledPhone):
    phone.begins()
    phone.turns_to("window")
    with phone.page.expect_file_chooser():
        phone.page.get_by_role("button", name="Take a photo").tap()
    phone.is_killed()
    phone.opens()
    expect(phone.page.get_by_role("heading", level=2)).to_contain_text("The window.")
    expect(phone.strip).to_contain_text("Your answers are safe; the photo did not arrive, take it again.")


def test_a_phone_without_room_says_loudly_that_nothing_was_saved(phone: HandledPhone, scene: Scene):
    phone.storage_fills_up()
    phone.begins()
    phone.is_told("Safe on the server")
    phone.has_room(False)
    phone.answers("lit", "Yes")
    phone.is_told("Not saved")
    expect(phone.strip).to_contain_text("The storage of this phone is full.")
    again = phone.strip.get_by_role("button", name="Try again")
    again.evaluate("button => { globalThis.isFull = false; button.click() }")  # before it is tried by itself
    phone.is_told("Safe on the server")
    assert scene.contents().answers["lit"].value == "yes"


def test_a_long_name_and_the_state_stand_on_one_line_beside_each_other(phone: HandledPhone):
    phone.begins()
    phone.is_told("Safe on the server")
    phone.page.evaluate("document.querySelector('h1').textContent = 'A shop with a long name '.repeat(3)")
    for width in (320, 360):
        phone.page.set_viewport_size({"width": width, "height": 640})
        row, name, state = (
            phone.page.locator(place).bounding_box() for place in (".top-row", ".top h1", ".safety-words")
        )
        assert row is not None
        assert name is not None
        assert state is not None
        assert row["height"] < 60
        assert max(name["height"], state["height"]) < 30, width
        assert name["width"] > 60


def test_every_control_fits_a_thumb_and_nothing_is_wider_than_the_smallest_phone(
    phones: Callable[..., HandledPhone],
):
    phone = phones(viewport={"width": 320, "height": 640})
    assert phone.too_small() == []
    phone.begins()
    for place in ("/briefing", "lit", "window", "greeted", "story", "/hand-in"):
        phone.page.evaluate("place => { location.hash = '#' + place }", place)
        for size in ("100%", "200%"):
            phone.page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            assert phone.too_small() == [], place
            assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320, (place, size)


def test_the_question_before_the_hand_in_fits_the_smallest_phone_in_long_words_and_large_text(
    phones: Callable[..., HandledPhone], scene: Scene
):
    scene.speaks("es")
    phone = phones(viewport={"width": 320, "height": 640})
    phone.opens()
    phone.page.locator("[data-bar] button").tap()
    phone.page.locator(".dots").wait_for()
    phone.page.evaluate("location.hash = '#/hand-in'")
    phone.page.get_by_role("button", name="Entregar con 4 pendientes").tap()
    sheet = phone.page.get_by_role("dialog", name="Quedan 4 preguntas pendientes; críticas: 1")
    expect(sheet).to_be_visible()
    phone.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert phone.too_small() == []
    assert sheet.evaluate("sheet => sheet.scrollWidth") <= 320
