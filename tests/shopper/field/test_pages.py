"""The shopper's pages: the list of visits, one visit's briefing, and the receipts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.document.tree import Document
from evaluations.fieldwork import submitting
from evaluations.models import Evaluation, EvaluationState, LocationKind, VisitState
from shopper import assets
from tests.builders import a_document, a_location, a_shopper, a_version, a_visit, a_wave, an_evaluation
from tests.phones import Phone
from tests.shopper.browsing import Visitor

LONG = "Station Arcade, upper level, by the north entrance to the ice rink"


@pytest.fixture
def shopper(visitor: Visitor, evaluation: Evaluation) -> Visitor:
    """The browser of the shopper who was given the visit."""
    return visitor.signs_in(evaluation.shopper)


def test_nobody_but_a_shopper_reads_these_pages(visitor: Visitor, evaluation: Evaluation):
    assert visitor.get("/field").status_code == 303
    assert visitor.get(f"/field/visits/{evaluation.visit_id}").status_code == 303


def test_a_foreign_visit_looks_as_if_it_did_not_exist(
    visitors: Callable[[], Visitor], store: Session, evaluation: Evaluation
):
    other = visitors().signs_in(a_shopper(store))
    for page in ("", "/receipts"):
        assert other.get(f"/field/visits/{evaluation.visit_id}{page}").status_code == 404


def test_who_has_no_visit_is_told_what_comes_next(visitor: Visitor, store: Session):
    page = visitor.signs_in(a_shopper(store)).get("/field")
    assert "No visits yet" in page.text
    assert "When the office gives you a visit" in page.text


def test_visits_stand_under_what_is_to_be_done_with_them(
    shopper: Visitor, store: Session, evaluation: Evaluation
):
    wave = evaluation.visit.wave
    for name, given in (
        (
            "Came back",
            {"round": 2, "state": EvaluationState.RETURNED, "return_due_at": now() + timedelta(days=1)},
        ),
        ("Is done", {"state": EvaluationState.SUBMITTED, "submitted_at": now()}),
    ):
        place = a_location(store, wave.programme.client, name=name)
        an_evaluation(store, evaluation.shopper, a_visit(store, wave, place), **given)
    text = shopper.get("/field").text
    order = ["Sent back to you", "Came back", "To do", evaluation.visit.location.name, "Handed in", "Is done"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_a_visit_that_was_called_off_is_not_in_the_list(
    shopper: Visitor, store: Session, evaluation: Evaluation
):
    evaluation.visit.state = VisitState.CANCELLED
    assert evaluation.visit.location.name not in shopper.get("/field").text


def test_the_briefing_says_where_when_and_what(shopper: Visitor, store: Session, evaluation: Evaluation):
    evaluation.visit.note = "Ask for the blue series."
    evaluation.visit.location.name = LONG
    text = shopper.get(f"/field/visits/{evaluation.visit_id}").text
    for words in (LONG, "Walk in as a customer.", "Ask for the blue series.", "Greeting", "1 question"):
        assert words in text


def test_the_briefing_says_when_the_place_is_open(shopper: Visitor, store: Session, evaluation: Evaluation):
    evaluation.visit.location.hours = "mon 09:00-14:00,17:00-20:30; tue 09:00-14:00,17:00-20:30; sun closed"
    text = shopper.get(f"/field/visits/{evaluation.visit_id}").text.replace("\N{WORD JOINER}", "")
    assert "Monday – Tuesday: 09:00–14:00, 17:00–20:30" in text
    assert "Sunday: closed all day" in text
    assert "Wednesday" not in text


@pytest.mark.parametrize(
    ("kind", "contact", "shown"),
    [
        ("phone_line", "+34 (91) 1 ext. 5", 'href="tel:+34911"'),
        ("web", "https://example.com/?a=1&b=2", 'href="https://example.com/?a=1&amp;b=2"'),
        ("mailbox", "help@example.com", "help@example.com"),
    ],
)
def test_the_briefing_says_how_what_is_no_store_is_reached(
    shopper: Visitor, store: Session, evaluation: Evaluation, kind: str, contact: str, shown: str
):
    location = evaluation.visit.location
    location.kind, location.contact = LocationKind(kind), contact
    text = shopper.get(f"/field/visits/{evaluation.visit_id}").text
    assert shown in text
    assert "Opening hours" not in text


def test_a_checklist_without_a_briefing_still_says_how_to_behave(visitor: Visitor, store: Session):
    version = a_version(store, Document(**a_document().model_dump() | {"briefing": {}}))
    evaluation = an_evaluation(store, visit=a_visit(store, a_wave(store, version=version)))
    text = visitor.signs_in(evaluation.shopper).get(f"/field/visits/{evaluation.visit_id}").text
    assert "There is no briefing for this visit" in text


def test_the_page_holds_what_its_scripts_need_and_nothing_personal(shopper: Visitor, evaluation: Evaluation):
    text = shopper.get(f"/field/visits/{evaluation.visit_id}").text
    for needed in (evaluation.id, evaluation.visit_id, evaluation.shopper_id):
        assert str(needed) in text
    for personal in (evaluation.shopper.name, evaluation.shopper.email):
        assert personal not in text


def test_the_shoppers_pages_load_every_script_as_one_file(shopper: Visitor, evaluation: Evaluation):
    for address in ("/field", "/field/on-this-phone", f"/field/visits/{evaluation.visit_id}"):
        text = shopper.get(address).text
        assert "interactive-widget=resizes-content" in text
        assert re.findall('<script type="module"[^>]*src="([^"]+)"', text) == [assets.asset("js/phone.js")]
        assert "modulepreload" not in text
        assert "importmap" not in text


def test_receipts_are_shown_round_by_round(
    shopper: Visitor, store: Session, evaluation: Evaluation, phone: Phone
):
    address = f"/field/visits/{evaluation.visit_id}/receipts"
    assert "Nothing was handed in yet." in shopper.get(address).text
    given = submitting.submit(
        store, evaluation, evaluation.id, submitting.read(phone.hand_in()), by=evaluation.shopper, at=now()
    )
    text = shopper.get(address).text
    assert given.digest in text
    assert given.digest[:4].upper() in text
    assert given.digest[:4].upper() in shopper.get("/field").text
