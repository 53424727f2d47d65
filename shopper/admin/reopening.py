"""What an editor does with what was approved: look at it again, leave it as it was, withdraw it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.errors import Invalid
from evaluations.models import Evaluation, Role
from evaluations.reviewing import editions
from evaluations.reviewing import queue as queries
from shopper.admin.forms.reviews import ReopeningForm, WithdrawalForm
from shopper.admin.reviews import sheet_page
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed

bp = Blueprint("reopening", __name__, url_prefix="/office/reviews")


@bp.post("/<uuid:evaluation_id>/reopenings")
@allowed(Role.EDITOR)
def open_again(evaluation_id: UUID) -> Response | tuple[str, int]:
    """Take an approved evaluation back into review; the client keeps the edition that they have meanwhile."""
    evaluation, form = _get(evaluation_id), ReopeningForm.read()
    try:
        editions.open_again(
            db,
            evaluation,
            form.reason.data or "",
            by=current_user.person,
            at=now(),
            client_reason=form.client_reason.data or "",
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return sheet_page(evaluation, reopening=form), 422
    return _back(evaluation, _("You are looking at it again. Approve it, and a new edition follows."))


@bp.post("/<uuid:evaluation_id>/confirmations")
@allowed(Role.EDITOR)
def leave(evaluation_id: UUID) -> Response:
    """End the second look without a new edition."""
    evaluation = _get(evaluation_id)
    editions.leave(db, evaluation, by=current_user.person, at=now())
    return _back(evaluation, _("It stays as it was."))


@bp.post("/<uuid:evaluation_id>/withdrawals")
@allowed(Role.EDITOR)
def withdraw(evaluation_id: UUID) -> Response | tuple[str, int]:
    """Take a released result back; the client reads that it was withdrawn, and why."""
    evaluation, form = _get(evaluation_id), WithdrawalForm.read()
    reason, told = form.reason.data or "", form.client_reason.data or ""
    try:
        editions.withdraw(db, evaluation, reason, told, by=current_user.person, at=now())
    except Invalid as refusal:
        form.refuse(refusal)
        return sheet_page(evaluation, withdrawing=form), 422
    return _back(evaluation, _("It is withdrawn. The client reads why."))


def _get(evaluation_id: UUID) -> Evaluation:
    return queries.evaluation(db, current_user.person, evaluation_id)


def _back(evaluation: Evaluation, said: str) -> Response:
    flash(said)
    return redirect(url_for("reviews.show", evaluation_id=evaluation.id), 303)
