"""One released visit: its scorecard on the screen, its photos, and its report as a PDF."""

from __future__ import annotations

from functools import partial
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
from evaluations.reporting import charts, owing, reading, visit_report
from evaluations.reporting.charts import Bar
from evaluations.reporting.parts import VisitReport
from evaluations.reviewing import editions as reopening
from shopper import papers, pictures
from shopper.compared import beside_text
from shopper.database import db
from shopper.language import current_language
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.portal import drawing
from shopper.portal.blueprint import bp
from shopper.portal.reading import note_once

MILLION = 1_000_000
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
        scale=_scale(report),
        beside=_beside(report),
        journey=_journey(report) if report.touchpoints else "",
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


def _scale(report: VisitReport) -> str:
    card, bands = report.card, report.document.scoring.bands
    previous = report.previous.millionths if report.previous else None
    bar = Bar(
        card.millionths, card.band, None if card.target is None else int(card.target * MILLION), previous
    )
    alt = _("The score on the scale from 0 to 100 %, with the bounds of its bands")
    draw = partial(_draw_scale, bar, int(bands.fair * MILLION), int(bands.good * MILLION))
    return drawing.picture(draw, alt, "drawn scale-drawn")


def _draw_scale(bar: Bar, fair: int, good: int, palette: charts.Palette) -> str:
    return charts.scale(bar, fair=fair, good=good, width=420, palette=palette)


def _beside(report: VisitReport) -> str:
    rest = report.context.total.rest if report.context else None
    if rest is None or rest.is_single:
        return ""
    interval = rest.interval.millionths if rest.interval else None
    draw = partial(_draw_beside, report.card.millionths, rest.millionths, interval)
    return drawing.picture(draw, beside_text(report.card, rest), "drawn scale-drawn")


def _draw_beside(
    score: int | None, mean: int | None, interval: tuple[int, int] | None, palette: charts.Palette
) -> str:
    return charts.beside(score, mean, interval, width=420, palette=palette)


def _journey(report: VisitReport) -> str:
    bars = [
        Bar(
            part.score.millionths,
            part.score.band,
            None if part.score.target is None else int(part.score.target * MILLION),
            part.previous,
        )
        for part in report.touchpoints
    ]
    alt = _("The scores below as columns, with a sign for the band of each")
    return drawing.picture(partial(_draw_journey, bars), alt, "drawn journey-drawn")


def _draw_journey(bars: list[Bar], palette: charts.Palette) -> str:
    return charts.journey(bars, columns=len(bars), width=len(bars) * 120, height=110, palette=palette)
