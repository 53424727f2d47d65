"""A file as an answer, under a name that says what it is: a stored report, or what is made as it is asked for."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import quote

from flask import Response, current_app, send_file

from evaluations.clock import local_day
from evaluations.document import canonical
from evaluations.models import Scorecard
from evaluations.photos.pictures import named_in
from evaluations.photos.store import PhotoStore, Size
from evaluations.reporting.store import ReportStore
from shopper import briefings
from shopper.briefings import Told
from shopper.database import db

UNFIT = re.compile(r"[^\w .,-]+")
LONGEST_NAME = 100


def attached(body: bytes, mimetype: str, name: str, ending: str) -> Response:
    """`body` as a file to be kept under `name`; nobody on the way keeps it."""
    answer = Response(body, mimetype=mimetype)
    fit = " ".join(UNFIT.sub(" ", name).split())[:LONGEST_NAME].strip()
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(fit)}.{ending}"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def send_briefing(told: Told, document: str, name: str) -> Response:
    """A briefing as a PDF, made now; nothing of the database is held while its pages are set."""
    db.rollback()
    store: PhotoStore = current_app.extensions["photos"]
    named = named_in(canonical.read(document)) if '"pictures"' in document else {}
    pictures = {
        sha256: store.open(sha256, Size.PRINT).read_bytes() for sha256 in named if store.holds(sha256)
    }
    return attached(briefings.as_pdf(told, document, pictures), "application/pdf", name, "pdf")


def send(stored: Scorecard, sha256: str) -> Response:
    """The file of a report, kept by nobody on the way."""
    store: ReportStore = current_app.extensions["reports"]
    response = send_file(
        BytesIO(store.open(sha256).read_bytes()),
        mimetype="application/pdf",
        as_attachment=True,
        download_name=_file_name(stored),
        etag=False,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _file_name(stored: Scorecard) -> str:
    evaluation = stored.evaluation
    location = evaluation.visit.location
    seen = evaluation.visited_at or evaluation.submitted_at or stored.scored_at
    name = f"{location.name} {local_day(seen, location.time_zone).isoformat()}"
    return "".join(" " if sign in '/\\:*?"<>|' else sign for sign in name) + ".pdf"
