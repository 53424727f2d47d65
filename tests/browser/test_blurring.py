"""A photo is blurred for the client by hand: with the mouse, with a finger, and in numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.database import connect, writing
from evaluations.document.tree import Photo
from evaluations.models import Person
from evaluations.photos import intake
from evaluations.photos.store import PhotoStore
from tests.browser.people import Somebody
from tests.browser.product import Product
from tests.builders import a_document, a_location, a_question, a_version, a_visit, a_wave, an_evaluation
from tests.evaluations.photos.pictures import a_jpeg
from tests.evaluations.reviewing.visits import a_photo, answers, comments, hand_in, held_by


class Editor(Somebody):
    """Somebody who keeps things from the client."""

    def drags(self, *ways: tuple[float, float]) -> None:
        """Draw over the photo, through these places in shares of its width and height."""
        seen = self.page.locator("canvas").bounding_box()
        assert seen is not None
        places = [(seen["x"] + x * seen["width"], seen["y"] + y * seen["height"]) for x, y in ways]
        self.page.mouse.move(*places[0])
        self.page.mouse.down()
        for place in places[1:]:
            self.page.mouse.move(*place, steps=3)
        self.page.mouse.up()

    def counts(self, areas: int) -> None:
        """See how many areas are blurred."""
        expect(self.page.locator("[data-count]")).to_have_text(f"Areas that are blurred: {areas}")


def a_photo_under_review(product: Product, database_url: str, email: str) -> str:
    """The address of the review page of a visit with a photo and a comment."""
    engine = connect(database_url)
    with Session(writing(engine)) as session:
        document = a_document(a_question("greeted"), Photo(key="window", text={"en": "The window"}))
        location = a_location(session, name="High Street")
        visit = a_visit(session, a_wave(session, location.client, a_version(session, document)), location)
        evaluation = an_evaluation(session, visit=visit)
        answers(session, evaluation, {"greeted": "no"})
        comments(session, evaluation, {"greeted": "Annabel Quist looked away."})
        prepared = intake.prepare(
            PhotoStore(Path(product.environment["SHOPPER_INSTANCE"]) / "photos"), a_jpeg()
        )
        a_photo(session, evaluation, "window", sha256=prepared.sha256)
        held_by(
            hand_in(session, evaluation), session.scalars(select(Person).where(Person.email == email)).one()
        )
        session.commit()
        address = f"/office/reviews/{evaluation.id}"
    engine.dispose()
    return address


def test_an_editor_blurs_a_photo_and_keeps_a_name_from_the_client(
    product: Product, database_url: str, somebody: Callable[..., Somebody]
):
    password = product.adds("edith@example.org", "Edith Lowe", "editor")
    address = a_photo_under_review(product, database_url, "edith@example.org")
    edith = somebody(Editor)
    edith.signs_in("edith@example.org", password)

    edith.page.goto(address)
    edith.page.locator("[data-module='admin/withhold'][data-attached]").wait_for(state="attached")
    edith.page.get_by_text("Annabel Quist looked away.").dblclick(position={"x": 30, "y": 8})
    edith.clicks("Keep from the client")
    expect(edith.page.locator("mark.kept")).to_have_text("Annabel")
    edith.finds_the_page_accessible()

    edith.page.get_by_role("link", name="Hide or blur").click()
    edith.page.locator("[data-module='admin/photo_blur'][data-attached]").wait_for(state="attached")
    edith.drags((0.1, 0.1), (0.4, 0.5))
    edith.counts(1)
    edith.clicks("Brush")
    edith.drags((0.6, 0.2), (0.8, 0.4), (0.6, 0.8))
    edith.counts(2)
    edith.clicks("Undo")
    edith.counts(1)
    edith.page.get_by_text("Boxes in numbers").click()
    edith.clicks("Add a box")
    edith.page.keyboard.type("90")
    edith.page.keyboard.press("Tab")
    edith.counts(2)
    edith.finds_the_page_accessible()
    edith.clicks("Blur it for the client")
    edith.sees("The client gets it blurred.")
    expect(edith.page.get_by_role("img", name="The blurred photo")).to_be_visible()
    edith.counts(2)
