"""The report of one visit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.errors import NotFound
from evaluations.models import Evaluation, Scorecard, Version
from evaluations.photos.store import PhotoStore
from evaluations.queries import editions
from evaluations.reporting import pdf, visit_report
from evaluations.reporting.parts import VisitReport
from evaluations.reviewing import filing
from shopper.config import Config
from shopper.language import speaking
from shopper.reports import files
from shopper.reports.environment import environment
from shopper.reports.strips import strips_of
from shopper.reports.style import own_style

TIGHTEST = 2
BETWEEN_BLOCKS = re.compile(
    r"\s*(</?(?:td|th|tr|tbody|thead|table|section|div|p|h1|h2|h3|ol|li|head|body|meta|link|title)\b[^>]*>)\s*"
)
"""Space that nobody sees and that costs a twentieth of the time."""
CHECK = "/check"
"""Where the web application tells whether a report is genuine and current."""
AFTER_FRONT = "after-front"
"""The id of whatever follows the first page."""


def render(
    session: Session, photos: PhotoStore, scorecard: Scorecard, language: str, *, address: str | None = None
) -> bytes:
    """The report of one visit as a PDF in `language`, its first page set as tightly as it needs.

    `address` is where people reach this installation, for the page on which the report can be checked.
    """
    return whole(visit_report.load(session, scorecard), photos, language, address=address)


def whole(report: VisitReport, photos: PhotoStore, language: str, *, address: str | None = None) -> bytes:
    """A report that was collected already, as a PDF."""
    set_in_pages = partial(page, report, photos, language, address=address)
    return pdf.Layout(set_in_pages(_tightness(set_in_pages))).write()


def front(report: VisitReport, photos: PhotoStore, language: str) -> bytes:
    """The first page alone as a PDF, set as tightly as it needs."""
    set_in_pages = partial(page, report, photos, language)
    return pdf.Layout(set_in_pages(_tightness(set_in_pages), is_front_alone=True)).write()


def _tightness(set_in_pages: Callable[..., pdf.Page]) -> int:
    """How tightly the first page must be set, tried on that page alone: a sixth of what the whole would cost."""
    for tightness in range(TIGHTEST):
        if _fits(pdf.Layout(set_in_pages(tightness, is_front_alone=True))):
            return tightness
    return TIGHTEST


def _fits(layout: pdf.Layout) -> bool:
    return layout.page_of(AFTER_FRONT) in (1, 2)


def of_visit(session: Session, config: Config, visit_id: UUID, language: str | None) -> bytes:
    """The report of a released visit, rendered now; in the language of its programme unless said."""
    released = select(Evaluation.id).where(Evaluation.visit_id == visit_id, editions.holds())
    scorecard = session.scalars(
        select(Scorecard).where(Scorecard.id.in_(editions.current(released)))
    ).one_or_none()
    if scorecard is None:
        raise NotFound()
    version = session.get_one(Version, scorecard.evaluation.version_id)
    programme = scorecard.evaluation.visit.wave.programme
    [first, *_rest] = filing.languages(canonical.read(version.document), programme.report_language)
    photos, chosen = PhotoStore(config.photos), language or first
    return render(session, photos, scorecard, chosen, address=config.reached_at)


def page(
    report: VisitReport,
    photos: PhotoStore,
    language: str,
    tightness: int = 0,
    *,
    is_front_alone: bool = False,
    address: str | None = None,
) -> pdf.Page:
    """The report as HTML with every file that it shows; `tightness` 0 to 2 sets the first page smaller."""
    strips = strips_of(report, tightness)
    with speaking(language):
        template = environment().get_template("reports/visit.html")
        html = template.render(
            language=language,
            strips=strips,
            tightness=tightness,
            is_front_alone=is_front_alone,
            check_address=address and f"{address.partition('://')[2].rstrip('/')}{CHECK}",
            **_context(report),
        )
        html = BETWEEN_BLOCKS.sub(r"\1", html)
        style = own_style(report.brand)
    return pdf.Page(
        html, style + files.read("css/report.css").decode(), files.of_visit(report, photos, strips)
    )


def _context(report: VisitReport) -> dict[str, Any]:
    places = (report.address, report.city, *reversed(report.areas))
    findings = Counter(question.score.finding.value for question in report.questions)
    return {
        "report": report,
        "document": report.document,
        "card": report.card,
        "bands": report.document.scoring.bands,
        "places": [place for place in dict.fromkeys(places) if place],
        "criticals": [question for question in report.questions if question.critical],
        "has_unscored": any(part.score.score is None for part in report.touchpoints),
        "has_targets": any(part.score.target is not None for part in report.touchpoints),
        "has_before": any(part.previous is not None for part in report.touchpoints),
        "counts": {
            "questions": len(report.questions) - findings["hidden"],
            "counted": sum(question.score.counted for question in report.questions),
            "na": findings["na"],
            "not_observed": findings["not_observed"],
        },
    }
