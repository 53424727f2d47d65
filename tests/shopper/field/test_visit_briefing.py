"""A visit's briefing on paper, for its shopper and for who plans it: what the visit's page says, and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date

import pytest
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.document import canonical
from evaluations.models import Evaluation, EvaluationState, Paper, Role, VisitState
from shopper import briefings
from shopper.briefings import Told
from tests.builders import a_person, a_shopper
from tests.shopper.browsing import Visitor


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Told, str]]:
    """What was to be set in pages; no page is."""
    kept: list[tuple[Told, str]] = []

    def set_in_pages(told: Told, document: str, _pictures: object) -> bytes:
        kept.append((told, document))
        return b"%PDF"

    monkeypatch.setattr(briefings, "as_pdf", set_in_pages)
    return kept


@pytest.fixture
def address(store: Session, evaluation: Evaluation) -> str:
    """Where the briefing is, of a visit about which much is known."""
    visit = evaluation.visit
    visit.window_from, visit.window_to, visit.note = date(2026, 3, 2), date(2026, 3, 9), "Come after six."
    visit.location.address, visit.location.city = "1 Long Lane", "Leeds"
    visit.location.hours, visit.location.code = "mon 09:00-20:00; sun closed", "SECRET-CODE"
    client = visit.wave.programme.client
    client.paper, client.footer = Paper.LETTER, "secret footer"
    visit.wave.name, visit.wave.programme.name = "secret wave", "secret programme"
    store.commit()
    return f"/field/visits/{visit.id}/briefing.pdf"


def test_a_shopper_prints_what_the_visits_page_says(
    visitor: Visitor, evaluation: Evaluation, address: str, asked: list[tuple[Told, str]]
) -> None:
    answer = visitor.signs_in(evaluation.shopper).get(address)
    assert (answer.mimetype, answer.data) == ("application/pdf", b"%PDF")
    [(told, text)] = asked
    assert canonical.read(text).touchpoints
    assert (told.heading, told.above) == (
        evaluation.visit.location.name,
        evaluation.visit.wave.programme.client.name,
    )
    assert told.note == "Come after six."
    assert (
        told.facts
        == [
            ("Where", ["1 Long Lane, Leeds"]),
            (
                "Opening hours",
                ["Monday: 09:00\N{WORD JOINER}–\N{WORD JOINER}20:00", "Sunday: closed all day"],
            ),
            ("When", ["Mon 2 Mar 2026 to Mon 9 Mar 2026"]),
            ("At the latest", ["Mon 9 Mar 2026"]),
        ]
        or ("Opening hours", ["Monday – Friday: 09:00\N{WORD JOINER}–\N{WORD JOINER}20:00"]) in told.facts
    )
    assert told.paper == "letter"


def test_it_says_nothing_of_the_marking_and_nothing_that_is_the_clients_own(
    visitor: Visitor, evaluation: Evaluation, address: str, asked: list[tuple[Told, str]]
) -> None:
    visitor.signs_in(evaluation.shopper).get(f"{address}?marking=yes")
    [(told, _text)] = asked
    assert not told.shows_marking
    assert "secret" not in str(asdict(told)).lower()


def test_the_visits_page_leads_to_it_while_the_visit_is_open(
    visitor: Visitor, store: Session, evaluation: Evaluation, address: str, asked: list[tuple[Told, str]]
) -> None:
    shopper = visitor.signs_in(evaluation.shopper)
    page = f"/field/visits/{evaluation.visit_id}"
    assert address in shopper.get(page).text
    evaluation.state, evaluation.submitted_at = EvaluationState.SUBMITTED, now()
    store.commit()
    assert address not in shopper.get(page).text
    assert shopper.get(address).status_code == 404
    assert asked == []


def test_a_visit_that_was_called_off_has_none(
    visitor: Visitor, store: Session, evaluation: Evaluation, address: str, asked: list[tuple[Told, str]]
) -> None:
    evaluation.visit.state = VisitState.CANCELLED
    store.commit()
    assert visitor.signs_in(evaluation.shopper).get(address).status_code == 404


def test_another_shopper_finds_nothing_there(
    visitors: Callable[[], Visitor], store: Session, address: str, asked: list[tuple[Told, str]]
) -> None:
    other = a_shopper(store)
    store.commit()
    assert visitors().signs_in(other).get(address).status_code == 404
    assert asked == []


def test_the_office_prints_the_same_for_a_visit_that_it_plans(
    visitor: Visitor, store: Session, evaluation: Evaluation, address: str, asked: list[tuple[Told, str]]
) -> None:
    planner = a_person(store, Role.SCHEDULER)
    store.commit()
    visitor.signs_in(planner)
    page = f"/office/visits/{evaluation.visit_id}"
    assert f"{page}/briefing.pdf" in visitor.get(page).text
    assert visitor.get(f"{page}/briefing.pdf").data == b"%PDF"
    [(told, _text)] = asked
    assert told.heading == evaluation.visit.location.name
    assert not told.shows_marking
