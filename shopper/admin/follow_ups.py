"""What an editor decides about a question that was asked days after the visit."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.errors import Refusal
from evaluations.models import Evaluation, Role, Scorecard
from evaluations.reviewing import follow_ups
from evaluations.reviewing import queue as queries
from shopper.admin.forms.reviews import FollowUpReturnForm
from shopper.admin.reviews import sheet_page
from shopper.database import db
from shopper.errors import status_of
from shopper.language import gettext as _
from shopper.permissions import allowed

OF_ONE = "/<uuid:evaluation_id>/follow-ups/<question_key>"
bp = Blueprint("follow_ups", __name__, url_prefix="/office/reviews")


@bp.post(f"{OF_ONE}/approvals")
@allowed(Role.EDITOR)
def approve(evaluation_id: UUID, question_key: str) -> Response:
    """Let the answer count."""
    evaluation = _get(evaluation_id)
    card = follow_ups.approve(db, evaluation, question_key, by=current_user.person, at=now())
    return _back(evaluation, question_key, _("The follow-up is approved."), card)


@bp.post(f"{OF_ONE}/returns")
@allowed(Role.EDITOR)
def send_back(evaluation_id: UUID, question_key: str) -> Response | tuple[str, int]:
    """Send it back to its shopper, with what is to be mended."""
    evaluation, form = _get(evaluation_id), FollowUpReturnForm.read()
    form.of, remark = question_key, form.remark.data or ""
    try:
        follow_ups.send_back(db, evaluation, question_key, remark, by=current_user.person, at=now())
    except Refusal as refusal:
        if status_of(refusal) == 404:
            raise
        form.refuse(refusal)
        return sheet_page(evaluation, mending=form), status_of(refusal)
    return _back(evaluation, question_key, _("The follow-up went back to its shopper."), None)


@bp.post(f"{OF_ONE}/closures")
@allowed(Role.EDITOR)
def close(evaluation_id: UUID, question_key: str) -> Response:
    """Close it as not observed."""
    evaluation = _get(evaluation_id)
    card = follow_ups.close(db, evaluation, question_key, by=current_user.person, at=now())
    return _back(evaluation, question_key, _("The follow-up is closed as not observed."), card)


def _get(evaluation_id: UUID) -> Evaluation:
    return queries.evaluation(db, current_user.person, evaluation_id)


def _back(evaluation: Evaluation, key: str, said: str, card: Scorecard | None) -> Response:
    """Back to the question, saying what was done and which edition of the scorecard came of it."""
    flash(
        said
        if card is None
        else f"{said} " + _("Edition %(number)s of the scorecard holds it.", number=card.edition)
    )
    return redirect(url_for("reviews.show", evaluation_id=evaluation.id, _anchor=f"q-{key}"), 303)
