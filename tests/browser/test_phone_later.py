"""What is asked days after a visit is listed, answered and handed in by itself, without network too."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.database import connect
from evaluations.document import tree
from evaluations.models import FollowUp
from tests.browser.people import Somebody
from tests.browser.phone import HandledPhone
from tests.browser.product import Product
from tests.browser.scenes import Scene, a_scene
from tests.builders import a_document

ASKED = {
    "lit": ({"en": "Was the window lit?", "es": "¿Estaba iluminado el escaparate?"}, None),
    "mail": ({"en": "Did the e-mail arrive?", "es": "¿Llegó el correo?"}, 1),
    "call": ({"en": "Did somebody call you?", "es": "¿Le llamó alguien?"}, 14),
}


@pytest.fixture
def scene(installation: tuple[Product, str]) -> Scene:
    """A visit with one question in it, and two that come days later."""
    asked = (tree.YesNo(key=key, text=text, due_days=days) for key, (text, days) in ASKED.items())
    return a_scene(installation[1], a_document(*asked))


def states(scene: Scene) -> dict[str, str]:
    """How far each follow-up is on the server."""
    engine = connect(scene.url)
    with Session(engine) as session:
        rows = session.scalars(select(FollowUp).where(FollowUp.evaluation_id == scene.evaluation))
        found = {row.question_key: row.state.value for row in rows}
    engine.dispose()
    return found


def test_two_follow_ups_are_listed_and_one_is_answered_and_handed_in_without_signal(
    phones: Callable[..., HandledPhone], scene: Scene
):
    phone = phones()
    phone.opens()
    expect(phone.page.locator(".ready")).to_contain_text("Ready for offline")
    phone.begins()
    phone.answers("lit", "Yes")
    phone.hands_in()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    expect(phone.page.locator(".receipt")).to_contain_text("2 questions come later")

    phone.loses_signal()
    phone.page.goto("/field")
    later = phone.page.locator("[data-later]")
    expect(later.get_by_role("link", name=re.compile("Did the e-mail arrive?"))).to_contain_text(
        "Due tomorrow"
    )
    expect(later.get_by_role("link")).to_have_count(2)
    later.get_by_role("link", name=re.compile("Did the e-mail arrive?")).tap()
    expect(phone.page.get_by_text("Answer it then, or earlier if you already know.")).to_be_visible()
    phone.page.locator("label.row", has_text=re.compile("^No$")).tap()
    phone.page.get_by_role("button", name="Hand in", exact=True).tap()
    expect(phone.strip).to_contain_text("Not handed in yet.")
    assert phone.too_small() == []

    phone.page.reload()
    expect(phone.strip).to_contain_text("Not handed in yet.")
    phone.finds_signal()
    expect(phone.page.get_by_role("heading", level=2)).to_have_text("Handed in")
    assert scene.contents().answers["mail"].value == "no"
    assert states(scene) == {"mail": "submitted", "call": "due"}

    phone.page.goto("/field")
    expect(later.get_by_role("link", name=re.compile("e-mail"))).to_contain_text("Handed in, receipt")
    expect(later.get_by_role("link", name=re.compile("call you"))).to_contain_text("Due")
    faults = Somebody.faults_by_axe(phone)  # type: ignore[arg-type]
    assert faults == []
