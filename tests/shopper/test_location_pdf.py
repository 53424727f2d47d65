"""The location's PDF: tagged, every chart told, its tables headed, nothing outside of its page, nobody named."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
from sqlalchemy.orm import Session

from evaluations.models import Paper, Scorecard, Wave
from evaluations.photos.store import PhotoStore
from evaluations.reporting import location_report
from shopper.reports import location, visit
from tests.builders import NOON, kept
from tests.evaluations.reporting.checklists import the_document
from tests.evaluations.reporting.visits import an_approved_visit, failed, mixed

DOCUMENT = the_document(count=3)
ADDRESS = "https://shopper.example.org"
HOSTILE = "<script>alert(1)</script> &amp; שלום é\u0301 😀 " + "unbroken" * 60


@pytest.fixture
def photos(tmp_path: Path) -> PhotoStore:
    return PhotoStore(tmp_path / "photos")


def often(session: Session, photos: PhotoStore, count: int, **given: Any) -> list[Scorecard]:
    """Results of one location in so many waves, the same things going wrong on each."""
    cards: list[Scorecard] = []
    for number in range(count):
        wave = _next_wave(session, cards[-1].evaluation.visit.wave, number) if cards else None
        answers = failed(DOCUMENT) if number == 1 else mixed(DOCUMENT)
        when = {"visited_at": NOON + timedelta(days=30 * number)}
        cards.append(
            an_approved_visit(
                session,
                photos,
                DOCUMENT,
                answers,
                wave=wave,
                evaluation=when,
                photos={"signage_seen": 2} if number == 0 else {},
                **given,
            )
        )
    return cards


def _next_wave(session: Session, before: Wave, number: int) -> Wave:
    of = {"programme_id": before.programme_id, "version_id": before.version_id}
    starts = date(2026, 3, 1) + timedelta(days=30 * number)
    values = {"name": f"Wave {number}", "starts_on": starts, "ends_on": starts + timedelta(days=28)}
    made: Wave = kept(session, Wave(**of, **values, created_at=NOON))
    return made


def tags(body: bytes) -> list[tuple[str, str]]:
    with pikepdf.open(io.BytesIO(body)) as document:
        return [(str(one["/S"]), str(one.get("/Alt", ""))) for one in _nodes(document.Root.StructTreeRoot.K)]


def _nodes(kids: Any) -> Iterator[Any]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from _nodes(kid["/K"])


def test_a_single_visit_is_the_report_of_that_visit(session: Session, photos: PhotoStore) -> None:
    [card] = often(session, photos, 1)
    ours, its = (
        [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages]
        for body in (
            location.render(session, photos, [card], "en", ADDRESS),
            visit.render(session, photos, card, "en"),
        )
    )
    assert ours == its


@pytest.mark.layout
def test_it_is_tagged_titled_and_every_chart_and_photo_is_told(session: Session, photos: PhotoStore) -> None:
    cards = often(session, photos, 3)
    body = location.render(session, photos, cards, "es", ADDRESS)
    document = pypdf.PdfReader(io.BytesIO(body))
    assert document.trailer["/Root"]["/Lang"] == "es"
    assert document.metadata is not None
    assert str(document.metadata.title).startswith(
        "Informe del establecimiento: Calle Mayor, del 14 mar 2026"
    )
    found = tags(body)
    figures = [told for tag, told in found if tag == "/Figure"]
    assert all(figures)
    assert sum("a lo largo de las oleadas" in told for told in figures) == len(DOCUMENT.touchpoints)
    assert sum(told.startswith("Puntuaciones oleada por oleada") for told in figures) == 1
    levels = [int(tag[2]) for tag, _ in found if tag in ("/H1", "/H2", "/H3")]
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert "/TH" in {tag for tag, _ in found}


@pytest.mark.layout
def test_each_visit_leads_to_its_page(session: Session, photos: PhotoStore) -> None:
    cards = often(session, photos, 2)
    page = location.page(location_report.load(session, cards), photos, "en", ADDRESS)
    for card in cards:
        assert f'href="{ADDRESS}/portal/visits/{card.evaluation_id}"' in page.html


def test_the_shopper_is_nowhere_in_it(session: Session, photos: PhotoStore) -> None:
    cards = often(session, photos, 2)
    for card in cards:
        card.evaluation.shopper.name = "Esmeralda Quintanilla"
    session.flush()
    page = location.page(location_report.load(session, cards), photos, "en", ADDRESS)
    assert "Esmeralda" not in page.html
    assert b"Esmeralda" not in location.render(session, photos, cards, "en", ADDRESS)


@pytest.mark.layout
def test_hostile_texts_and_many_waves_stay_on_the_page_as_text(session: Session, photos: PhotoStore) -> None:
    hostile = dict.fromkeys(("signage_seen", "signage_warm", "email_seen"), HOSTILE)
    given = {"client": {"paper": Paper.LETTER, "name": HOSTILE[:110]}, "location": {"name": HOSTILE[:110]}}
    cards = often(session, photos, 8, comments=hostile, **given)
    told = ""
    with pypdfium2.PdfDocument(location.render(session, photos, cards, "es", ADDRESS)) as pages:
        for number in range(len(pages)):
            told += _kept_inside(pages[number])
    assert "<script>alert(1)</script>" in told


def _kept_inside(page: pypdfium2.PdfPage) -> str:
    """The text of a page, every sign of which stands on it."""
    width, height = page.get_size()
    text = page.get_textpage()
    boxes = [text.get_charbox(place) for place in range(text.count_chars())]
    said = str(text.get_text_bounded())
    text.close()
    page.close()
    for left, bottom, right, top in boxes:
        assert 0 <= left <= right <= width
        assert 0 <= bottom <= top <= height
    return said
