"""The editions of an evaluation's scorecard as the office sees them: what the client got, and what changed when."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as WerkzeugResponse

from evaluations.errors import NotFound
from evaluations.models import Evaluation, Role
from evaluations.queries import editions
from evaluations.queries.editions import Edition
from evaluations.reporting import comparing, visit_report
from evaluations.reviewing import queue as queries
from shopper import papers
from shopper.database import db
from shopper.language import current_language
from shopper.permissions import allowed

OF_ONE = "/<uuid:evaluation_id>/editions"
bp = Blueprint("editions", __name__, url_prefix="/office/reviews")


@bp.get(OF_ONE)
@allowed(Role.EDITOR)
def compare(evaluation_id: UUID) -> str:
    """Every edition, also those that were never released, and two of them side by side as the client gets them."""
    evaluation, chain = _get(evaluation_id)
    before, after = editions.pair(
        chain, *(request.args.get(name, 0, type=int) for name in ("before", "after"))
    )
    first, second = visit_report.load_several(db, [before.scorecard, after.scorecard])
    return render_template(
        "admin/reviews/editions.html",
        evaluation=evaluation,
        editions=chain,
        before=before,
        after=after,
        found=comparing.compare(first, second),
    )


@bp.get(f"{OF_ONE}/<int:edition>")
@allowed(Role.EDITOR)
def show(evaluation_id: UUID, edition: int) -> str:
    """One edition as the client gets it."""
    evaluation, chain = _get(evaluation_id)
    chosen = _of(chain, edition)
    return render_template(
        "admin/reviews/edition.html",
        evaluation=evaluation,
        edition=chosen,
        editions=chain,
        report=visit_report.load(db, chosen.scorecard, in_context=False),
        pdf=editions.kept_report(db, chain, chosen.scorecard, current_language(), for_client=False),
    )


@bp.get(f"{OF_ONE}/<int:edition>/report.pdf")
@allowed(Role.EDITOR)
def download(evaluation_id: UUID, edition: int) -> Response | WerkzeugResponse:
    """The PDF of an edition as it was made, also one that is no longer given to the client."""
    _evaluation, chain = _get(evaluation_id)
    card = _of(chain, edition).scorecard
    kept = editions.kept_report(db, chain, card, current_language(), for_client=False)
    if kept is None or kept.sha256 is None:
        return redirect(url_for(".show", evaluation_id=evaluation_id, edition=edition), 303)
    return papers.send(card, kept.sha256)


def _get(evaluation_id: UUID) -> tuple[Evaluation, tuple[Edition, ...]]:
    evaluation = queries.evaluation(db, current_user.person, evaluation_id)
    chain = editions.every(db, evaluation_id)
    if not chain:
        raise NotFound()
    return evaluation, chain


def _of(chain: tuple[Edition, ...], number: int) -> Edition:
    found = next((one for one in chain if one.number == number), None)
    if found is None:
        raise NotFound()
    return found
