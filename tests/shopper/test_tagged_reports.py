"""A report for those who listen to it: headings in order, heads of tables, bookmarks, readable fonts."""

import io
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from sqlalchemy.orm import Session

from evaluations.photos.store import PhotoStore
from shopper import reports
from tests.evaluations.reporting.checklists import the_document
from tests.evaluations.reporting.visits import an_approved_visit, mixed

DOCUMENT = the_document(count=4)
pytestmark = pytest.mark.layout


def nodes(kids: Any) -> Iterator[Any]:
    """The structure in reading order."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            if "/K" in kid:
                yield from nodes(kid["/K"])


def scope_of(head: Any) -> str | None:
    """For which cells a head speaks."""
    kept = head.get("/A")
    found = [
        one.get("/Scope") for one in (kept if isinstance(kept, pikepdf.Array) else [kept]) if one is not None
    ]
    return next((str(one) for one in found if one is not None), None)


def embedded(font: Any) -> bool:
    """Whether its letters are in the file, and what they mean."""
    [inner] = font["/DescendantFonts"]
    return "/ToUnicode" in font and bool({"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].keys()))


def test_a_report_can_be_listened_to(session: Session, tmp_path: Path) -> None:
    photos = PhotoStore(tmp_path)
    card = an_approved_visit(session, photos, DOCUMENT, mixed(DOCUMENT), photos={"signage_seen": 1})
    with pikepdf.open(io.BytesIO(reports.render(session, photos, card, "es"))) as document:
        structure = list(nodes(document.Root.StructTreeRoot.K))
        levels = [int(str(node["/S"])[2:]) for node in structure if str(node["/S"]) in ("/H1", "/H2", "/H3")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
        heads = [node for node in structure if str(node["/S"]) == "/TH"]
        assert len(heads) > len(DOCUMENT.touchpoints)
        assert {scope_of(head) for head in heads} == {"/Row", "/Column"}
        assert all(str(node.get("/Alt", "")).strip() for node in structure if str(node["/S"]) == "/Figure")
        fonts = [font for page in document.pages for font in page.Resources.Font.values()]
        assert fonts
        assert all(embedded(font) for font in fonts)
        with document.open_outline() as outline:
            bookmarks = [entry.title for entry in outline.root[0].children]
        for touchpoint in DOCUMENT.touchpoints:
            assert DOCUMENT.say(touchpoint.name, "es") in bookmarks
