"""Never a broken page: whatever people write, the report is made, stays on its pages and fetches nothing."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from evaluations.photos.store import PhotoStore
from evaluations.reporting import pdf, visit_report
from shopper import reports
from tests.shopper.hostile import TEXTS, a_hostile_visit, overflows


@pytest.fixture
def photos(tmp_path: Path) -> PhotoStore:
    return PhotoStore(tmp_path / "photos")


def test_what_leaves_its_page_is_found() -> None:
    style = "@page { size: A4; margin: 18mm } p { white-space: nowrap }"
    html = '<html lang="en"><head><title>t</title></head><body><p>{}</p></body></html>'
    assert overflows(pdf.Layout(pdf.Page(html.format("x" * 40), style)).write()) == []
    assert overflows(pdf.Layout(pdf.Page(html.format("x" * 400), style)).write())


def test_halves_of_characters_and_what_is_no_text_are_left_out() -> None:
    html = '<html lang="en"><head><title>t</title></head><body><p>a\ud800\x00\x0bb{}</p></body></html>'
    body = pdf.Layout(pdf.Page(html.format("e" + "\u0301" * 90))).write()
    assert body.startswith(b"%PDF")


@pytest.mark.parametrize("kind", ["no spaces", "right to left", "combining", "control"])
def test_no_text_leaves_its_page(session: Session, photos: PhotoStore, kind: str) -> None:
    card = a_hostile_visit(session, photos, TEXTS[kind])
    assert overflows(reports.render(session, photos, card, "en")) == []


class Marked(HTMLParser):
    """What elements there are, and what files they name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.files: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.files |= {value or "" for name, value in attrs if name in ("src", "href", "style")}


def test_no_text_becomes_markup_or_names_a_file(session: Session, photos: PhotoStore) -> None:
    tame = Marked(of_a_visit(session, photos, "A decent text, a little longer than a line of it is.").html)
    for kind in ("HTML", "SVG", "CSS", "control"):
        page = of_a_visit(session, photos, TEXTS[kind])
        found = Marked(page.html)
        assert found.tags <= tame.tags, kind
        assert found.files <= set(page.files), kind
        assert "127.0.0.1" not in page.style


def of_a_visit(session: Session, photos: PhotoStore, text: str) -> pdf.Page:
    return reports.page(visit_report.load(session, a_hostile_visit(session, photos, text)), photos, "es")
