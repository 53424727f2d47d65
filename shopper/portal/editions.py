"""Earlier editions of a result: each kept as it was, and two of them side by side."""

from __future__ import annotations

from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as WerkzeugResponse

from evaluations.models import Role
from evaluations.queries import editions
from evaluations.queries import portal as queries
from evaluations.reporting import comparing, visit_report
from shopper import papers
from shopper.database import db
from shopper.language import current_language
from shopper.permissions import allowed
from shopper.portal.blueprint import bp
from shopper.portal.visits import scorecard_page

OF_ONE = "/visits/<uuid:evaluation_id>/editions"


@bp.get(OF_ONE)
@allowed(Role.CLIENT)
def compare(evaluation_id: UUID) -> str:
    """Every edition that was released, and two of them side by side: the newest two, or those asked for."""
    stored = queries.scorecard(db, current_user.person, evaluation_id)
    chain = editions.released(db, evaluation_id)
    before, after = editions.pair(
        chain, *(request.args.get(name, 0, type=int) for name in ("before", "after"))
    )
    first, second = visit_report.load_several(db, [before.scorecard, after.scorecard])
    return render_template(
        "portal/editions.html",
        evaluation_id=evaluation_id,
        location=stored.evaluation.visit.location,
        wave=stored.evaluation.visit.wave,
        editions=chain,
        before=before,
        after=after,
        found=comparing.compare(first, second),
    )


@bp.get(f"{OF_ONE}/<int:edition>")
@allowed(Role.CLIENT)
def old(evaluation_id: UUID, edition: int) -> str:
    """One edition as it was released; where it is superseded the page says so first."""
    return scorecard_page(queries.scorecard(db, current_user.person, evaluation_id, edition))


@bp.get(f"{OF_ONE}/<int:edition>/report.pdf")
@allowed(Role.CLIENT)
def old_download(evaluation_id: UUID, edition: int) -> Response | WerkzeugResponse:
    """The PDF of an earlier edition as it was made; where there is none to give out, the page of that edition.

    One in which something was hidden since is not given out.
    """
    stored = queries.scorecard(db, current_user.person, evaluation_id, edition)
    chain = editions.released(db, evaluation_id)
    kept = editions.kept_report(db, chain, stored, current_language())
    if kept is None or kept.sha256 is None:
        return redirect(url_for(".old", evaluation_id=evaluation_id, edition=edition), 303)
    return papers.send(stored, kept.sha256)
