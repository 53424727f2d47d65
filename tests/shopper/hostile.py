"""Texts that break pages, a visit that has one of them in every field, and whether all of it stays on its page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice

import pypdfium2
import pypdfium2.raw
from sqlalchemy.orm import Session

from evaluations.document.answers import Answer, answered
from evaluations.document.tree import Document, Wording
from evaluations.models import Scorecard
from evaluations.photos.store import PhotoStore
from tests.evaluations.reporting import visits
from tests.evaluations.reporting.checklists import TRUE_NAMES, the_document

TEXTS = {
    "long": "The way to the till was blocked by boxes. " * 238,
    "no spaces": "x" * 10_000,
    "right to left": "كان المتجر نظيفًا وكان الموظفون ودودين جدًا. " * 20,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈😀" * 80,
    "combining": "e" + "\u0301\u0323\u0489" * 400 + " wait",
    "HTML": '</td></tr></table><img src="http://127.0.0.1/x.png"><script>x()</script><style>*{display:none}</style>',
    "SVG": '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>]]>&amp;&nbsp;',
    "CSS": '"; } @import url(http://127.0.0.1/x.css); * { content: url(file:///etc/passwd) } \\A',
    "control": "".join(chr(number) for number in range(1, 32)) + "\x7f\x85\u2028\u202e\ufeff\ufffe text",
    "blank": " \t\n\r ",
}
LONGEST_NAME = 120
SIDE, ALLOWANCE = 18 / 25.4 * 72, 2.0


def a_hostile_visit(session: Session, photos: PhotoStore, text: str) -> Scorecard:
    """A visit whose every text is `text`, as long as each may be."""
    name = (text.strip() or "-")[:LONGEST_NAME]
    document = _renamed(the_document(TRUE_NAMES[:2], count=9), name)
    answers: dict[str, Answer] = visits.mixed(document)
    answers |= {
        question.key: answered(text)
        for question in document.questions()
        if question.kind in ("short_text", "narrative")
    }
    return visits.an_approved_visit(
        session,
        photos,
        document,
        answers,
        comments={question.key: text for question in islice(document.questions(), 2)},
        photos={"signage_seen": 1, "layout_photo": 2},
        client={"name": name},
        location={"name": name, "address": name, "city": name},
    )


def _renamed(document: Document, name: str) -> Document:
    words: Wording = {"en": name, "es": name}
    return document.model_copy(
        update={
            "title": words,
            "touchpoints": tuple(
                part.model_copy(
                    update={
                        "name": words,
                        "questions": tuple(one.model_copy(update={"text": words}) for one in part.questions),
                    }
                )
                for part in document.touchpoints
            ),
        }
    )


def overflows(body: bytes) -> list[str]:
    """Every letter and picture that leaves the box within its page's margins at the sides, or the page itself."""
    document = pypdfium2.PdfDocument(body)
    try:
        return [
            found for number in range(len(document)) for found in _overflows(document[number], number + 1)
        ]
    finally:
        document.close()


def _overflows(page: pypdfium2.PdfPage, number: int) -> Iterator[str]:
    width, height = page.get_size()
    text = page.get_textpage()
    for index in range(text.count_chars()):
        letter = text.get_text_range(index, 1)
        left, bottom, right, top = text.get_charbox(index)
        if unicodedata.category(letter[:1] or " ").startswith("M"):  # it stands about the letter before it
            continue
        is_inside = (
            left >= SIDE - ALLOWANCE and right <= width - SIDE + ALLOWANCE and bottom >= 0 and top <= height
        )
        if letter.strip() and right > left and not is_inside:
            yield f"page {number}: {letter!r} at {left:.0f}–{right:.0f}, {bottom:.0f}–{top:.0f}"
    for thing in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        if left < SIDE - ALLOWANCE or right > width - SIDE + ALLOWANCE or bottom < 0 or top > height:
            yield f"page {number}: a picture at {left:.0f}–{right:.0f}, {bottom:.0f}–{top:.0f}"
