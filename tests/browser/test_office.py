"""The office at its desks: what is to be done today, and finding things by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from evaluations.database import connect, writing
from tests.browser.people import Somebody
from tests.browser.product import Product
from tests.builders import a_location


class Owner(Somebody):
    """Somebody who does all of the office's work."""

    def types(self, words: str) -> None:
        """Type these words, wherever one is."""
        self.page.keyboard.type(words)


def test_the_slash_leads_to_the_search_and_a_box_keeps_its_slashes(
    product: Product, database_url: str, somebody: Callable[..., Somebody]
):
    engine = connect(database_url)
    with Session(writing(engine)) as session:
        a_location(session, name="Calle Real", city="A Coruña")
        session.commit()
    engine.dispose()
    password = product.adds("olga@example.org", "Olga Ruiz", "owner")
    olga = somebody(Owner)
    olga.signs_in("olga@example.org", password)
    expect(olga.page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    olga.finds_the_page_accessible()

    olga.strikes("/")
    olga.types("CORUNA calle")
    olga.strikes("Enter")
    expect(olga.page.get_by_role("heading", name="Locations")).to_be_visible()
    expect(olga.page.get_by_role("link", name="Calle Real").first).to_be_visible()
    olga.finds_the_page_accessible()

    box = olga.page.get_by_role("searchbox", name="Search the office")
    box.fill("a")
    box.press("/")
    expect(box).to_have_value("a/")

    olga.page.set_viewport_size({"width": 390, "height": 844})
    olga.page.goto("/office/")
    olga.strikes("/")
    olga.page.wait_for_url("**/office/search/**")
    expect(olga.page.get_by_label("A name, a code, a town")).to_be_focused()
    olga.finds_the_page_accessible()
