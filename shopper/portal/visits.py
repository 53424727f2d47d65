"""One released visit: its scorecard on the screen, its photos, and its report as a PDF."""

from __future__ import annotations

from uuid import UUID

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as WerkzeugResponse

from evaluations.clock import now
from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.errors import NotFound
from evaluations.models import Report, ReportState, Role, Scorecard
from evaluations.queries import editions
from evaluations.queries import portal as queries
from evaluations.reporting import owing, reading, visit_report
from evaluations.reviewing import editions as reopening
from shopper import papers, pictures, scorecards
from shopper.database import db
from shopper.language import current_language
from shopper.permissions import allowed
from shopper.portal.blueprint import bp
from shopper.portal.reading import note_once

WAITING = frozenset({ReportState.OWED, ReportState.RENDERING})
SECONDS_BETWEEN_LOOKS = 2


@bp.get("/visits/<uuid:evaluation_id>")
@allowed(Role.CLIENT)
def visit(evaluation_id: UUID) -> str:
    """The scorecard of one visit, question by question in journey order."""
    try:
        stored = queries.scorecard(db, current_user.person, evaluation_id)
    except NotFound:
        if gone := queries.withdrawn(db, current_user.person, evaluation_id=evaluation_id):
            return render_template("portal/withdrawn.html", gone=gone[0])
        raise
    note_once("evaluation.read", reading.note_reading, stored)
    return scorecard_page(stored)


def scorecard_page(stored: Scorecard) -> str:
    """The page of one edition, which says whether it still holds."""
    evaluation_id, chain = stored.evaluation_id, editions.released(db, stored.evaluation_id)
    edition = next(one for one in chain if one.scorecard is stored)
    looked_at_again = stored.evaluation.reopened_at is not None
    report = visit_report.load(db, stored)
    language = _language(report.document)
    return render_template(
        "portal/visit.html",
        editions=chain,
        edition=edition,
        location_id=stored.evaluation.visit.location_id,
        old_pdf=editions.kept_report(db, chain, stored, language) if edition.next else None,
        looked_at_again=reopening.reopened(db, stored.evaluation) if looked_at_again else None,
        evaluation_id=evaluation_id,
        report=report,
        card=report.card,
        coverage=report.coverage,
        document=report.document,
        pdf=queries.report(db, stored, language),
        photo_endpoint="portal.photo",
        **scorecards.drawn(report),
    )


@bp.post("/visits/<uuid:evaluation_id>/reports")
@allowed(Role.CLIENT)
def order(evaluation_id: UUID) -> WerkzeugResponse:
    """Have the PDF made in the reader's language, or tried again where that had failed."""
    stored = queries.scorecard(db, current_user.person, evaluation_id)
    owing.owe(db, stored, _language(_document(stored)), at=now())
    return redirect(url_for(".report", evaluation_id=evaluation_id, waited=1), 303)


@bp.get("/visits/<uuid:evaluation_id>/report")
@allowed(Role.CLIENT)
def report(evaluation_id: UUID) -> Response:
    """How far the PDF is; while it is being made the page asks again by itself, without script."""
    stored = queries.scorecard(db, current_user.person, evaluation_id)
    found, has_waited = _report(stored), "waited" in request.args
    response = make_response(
        render_template(
            "portal/report.html",
            stored=stored,
            location=stored.evaluation.visit.location,
            pdf=found,
            states=ReportState,
            has_waited=has_waited,
        )
    )
    if found and found.state in WAITING:
        again = url_for(".report", evaluation_id=evaluation_id, waited=1)
        response.headers["Refresh"] = f"{SECONDS_BETWEEN_LOOKS}; url={again}"
    elif found and found.state is ReportState.READY and has_waited:
        response.headers["Refresh"] = f"0; url={url_for('.download', evaluation_id=evaluation_id)}"
    return response


@bp.get("/visits/<uuid:evaluation_id>/report.pdf")
@allowed(Role.CLIENT)
def download(evaluation_id: UUID) -> Response | WerkzeugResponse:
    """The PDF itself, under a name that says what it is."""
    stored = queries.scorecard(db, current_user.person, evaluation_id)
    found = _report(stored)
    if found is None or found.state is not ReportState.READY or found.sha256 is None:
        return redirect(url_for(".report", evaluation_id=evaluation_id, waited=1), 303)
    note_once("report.downloaded", reading.note_download, stored)
    return papers.send(stored, found.sha256)


@bp.get("/photos/<uuid:photo_id>/<size>")
@allowed(Role.CLIENT)
def photo(photo_id: UUID, size: str) -> Response:
    """One photo of a released visit, in one of its smaller sizes."""
    return pictures.send(queries.photo(db, current_user.person, photo_id), size)


def _document(stored: Scorecard) -> Document:
    return canonical.read(stored.evaluation.version.document)


def _language(document: Document) -> str:
    """The reader's language where the checklist has it, else the checklist's first."""
    reader = current_language()
    return reader if reader in document.languages else document.languages[0]


def _report(stored: Scorecard) -> Report | None:
    return queries.report(db, stored, _language(_document(stored)))
