"""The question check in the browser: from a finding to the very box, and a finding dismissed and brought back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.database import connect
from evaluations.designing import drafts
from evaluations.document.tree import Document
from evaluations.models import Person
from tests.browser.people import Somebody
from tests.browser.product import Product
from tests.builders import NOON
from tests.evaluations.designing.documents import choice, document, rating, touchpoint, yes_no

BOTH = "Was the floor clean and dry?"
REASON = "The client asks for it in these very words."


def faulty() -> Document:
    """A checklist that could be published, with a finding of several sorts."""
    return document(
        touchpoint(
            "cleanliness",
            yes_no("dry", text={"en": BOTH}, explain_on=("no",)),
            yes_no("lit", text={"en": "Was the sign lit?"}, explain_on=("no",)),
            rating("order", text={"en": "How tidy were the shelves?"}, lo_text={}, hi_text={}),
        ),
        touchpoint(
            "till",
            choice("queue", 5, 0, text={"en": "How long did you wait?"}),
            yes_no("bag", text={"en": "If you bought something, were you offered a bag?"}),
        ),
    )


@pytest.fixture
def designer(product: Product, database_url: str, somebody: Callable[..., Somebody]) -> Somebody:
    """Ana, who has a faulty draft."""
    password = product.adds("ana@example.org", "Ana Lago", "designer")
    engine = connect(database_url)
    with Session(engine) as session:
        ana = session.scalars(select(Person).where(Person.email == "ana@example.org")).one()
        draft = drafts.start(session, "Spring visit", faulty(), by=ana, at=NOON)
        session.commit()
        address = f"/office/checklists/{draft.checklist_id}/draft/check"
    engine.dispose()
    person = somebody(Somebody)
    person.signs_in("ana@example.org", password)
    person.page.wait_for_url("**/office/**")
    person.page.goto(address)
    return person


def test_a_finding_leads_to_its_box_and_is_gone_once_it_is_mended(designer: Somebody):
    page = designer.page
    expect(page.locator(".count")).to_have_text("5")
    designer.finds_the_page_accessible()
    short = page.get_by_role("listitem").filter(has_text="A comment is demanded").first
    short.get_by_role("link", name="Was the sign lit?").click()
    box = page.get_by_label("Shortest explanation, in characters")
    expect(box).to_be_focused()
    designer.finds_the_page_accessible()
    box.fill("20")
    page.get_by_role("link", name="Done").click()
    expect(page.locator(".count")).to_have_text("4")


def test_a_finding_is_dismissed_with_a_reason_and_brought_back(designer: Somebody):
    page = designer.page
    found = page.get_by_role("listitem").filter(has_text="This may ask two things at once.").first
    found.get_by_text("Dismiss", exact=False).first.click()
    found.get_by_label("Why may it stay as it is?").fill(REASON)
    found.get_by_role("button", name="Dismiss").click()
    designer.sees(REASON)
    expect(page.locator(".count")).to_have_text("4")
    designer.finds_the_page_accessible()
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(".count")).to_have_text("5")
