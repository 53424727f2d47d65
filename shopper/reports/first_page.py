"""The first page of a sample report as a picture."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pypdfium2
from sqlalchemy.orm import Session

from evaluations.database import connect
from evaluations.models import Base, Client, Paper
from evaluations.photos.store import PhotoStore
from evaluations.reporting import visit_report
from shopper.reports import sample, visit
from shopper.reports.sample import NOON

WIDTH = 900
"""Of the picture, in pixels."""


def picture(told: dict[str, str], logo: bytes | None) -> bytes:
    """The first page for the brand that is told, as a PNG."""
    client = Client(
        name=told["name"], colour=told["colour"], paper=Paper(told["paper"]), footer=told["footer"],
        logo=logo, logo_sha256="logo" if logo else None, created_at=NOON,
        **{name: told[name] == "yes" for name in ("shows_photos", "shows_comments", "shows_previous")},
    )  # fmt: skip
    engine = connect("sqlite://")
    try:
        with tempfile.TemporaryDirectory() as folder, Session(engine) as session:
            Base.metadata.create_all(engine)
            photos = PhotoStore(Path(folder))
            card = sample.approved(session, photos, client, told["language"])
            report = visit_report.load(session, card)
            return _png(visit.front(report, photos, told["language"]))
    finally:
        engine.dispose()


def _png(body: bytes) -> bytes:
    document = pypdfium2.PdfDocument(body)
    try:
        page = document[0]
        shown = page.render(scale=WIDTH / page.get_width()).to_pil()
        out = io.BytesIO()
        shown.convert("RGB").save(out, "PNG")
        return out.getvalue()
    finally:
        document.close()
