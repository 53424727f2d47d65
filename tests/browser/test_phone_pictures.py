"""What right looks like is on the phone without signal, and a photo that an answer demands is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from evaluations.database import connect, writing
from evaluations.document.tree import Picture, YesNo
from evaluations.models import Role
from evaluations.photos import pictures
from evaluations.photos.store import PhotoStore
from tests.browser.phone import HandledPhone
from tests.browser.product import Product
from tests.browser.scenes import Scene, a_scene
from tests.browser.test_phone import phone, some_pictures
from tests.builders import NOON, a_document, a_person
from tests.evaluations.photos.pictures import a_scene as a_view
from tests.evaluations.photos.pictures import as_bytes

__all__ = ["phone"]

LOADED = "image => image.complete && image.naturalWidth > 0"


@pytest.fixture
def scene(installation: tuple[Product, str]) -> Scene:
    """A visit whose first question shows a picture and demands a photo on No."""
    product, database_url = installation
    drawn = pictures.draw(as_bytes(a_view(3)))
    pictures.keep(PhotoStore(Path(product.environment["SHOPPER_INSTANCE"]) / "photos"), [drawn])
    engine = connect(database_url)
    with Session(writing(engine)) as session:
        pictures.record(session, [drawn], by=a_person(session, Role.DESIGNER), at=NOON)
        session.commit()
    engine.dispose()
    shown = Picture(sha256=drawn.sha256, caption={"en": "Nothing on the floor"})
    asked = YesNo(
        key="clean", text={"en": "Was the floor clean?"}, pictures=(shown,), photo_on=("no",), explain_on=()
    )
    return a_scene(database_url, a_document(asked, YesNo(key="lit", text={"en": "Was the sign lit?"})))


def test_the_picture_is_seen_without_signal_and_large_at_a_tap(phone: HandledPhone):
    phone.opens()
    expect(phone.page.locator(".ready")).to_contain_text("Ready for offline")
    phone.is_killed()
    phone.loses_signal()
    phone.begins()
    small = phone.page.get_by_role("button", name="Nothing on the floor")
    expect(small.get_by_text("Nothing on the floor")).to_be_visible()
    assert small.locator("img").evaluate(LOADED)
    small.tap()
    sheet = phone.page.get_by_role("dialog", name="What right looks like")
    expect(sheet.get_by_text("Nothing on the floor")).to_be_visible()
    assert sheet.locator("img").evaluate(LOADED)
    assert phone.too_small() == []


def test_an_answer_that_demands_a_photo_says_so_and_is_open_until_there_is_one(
    phone: HandledPhone, tmp_path: Path
):
    phone.opens()
    phone.begins()
    phone.answers("clean", "No")
    why = phone.page.get_by_text("A photo is needed for this answer.")
    expect(why).to_be_visible()
    expect(phone.page.get_by_role("button", name="2 still open here")).to_be_visible()
    phone.takes("clean", some_pictures(tmp_path, 1))
    expect(phone.tiles).to_have_count(1)
    expect(phone.page.get_by_role("button", name="1 still open here")).to_be_visible()
