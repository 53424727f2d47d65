"""The review desk: the queue, one evaluation at a time, and what an editor decides about it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask import Response as FlaskResponse
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import local_day, now
from evaluations.document import canonical
from evaluations.errors import Invalid, NotFound, Refusal
from evaluations.models import Evaluation, EvaluationState, Role
from evaluations.photos.pictures import named_in
from evaluations.queries import on_phones
from evaluations.reviewing import decisions, desk, releasing, withholding
from evaluations.reviewing import queue as queries
from evaluations.reviewing.heaps import HOLD, Part, Tab, is_lapsed
from shopper import pictures
from shopper.admin.forms.reviews import (
    ApprovalForm,
    ExclusionForm,
    FollowUpReturnForm,
    ReopeningForm,
    ReturnForm,
    WithdrawalForm,
)
from shopper.database import db
from shopper.errors import status_of
from shopper.filters import wording
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.wordings.today import PARTS

bp = Blueprint("reviews", __name__, url_prefix="/office/reviews")
Page = str | tuple[str, int]
DECIDED = "decided_review"
"""Where the session names the evaluation just decided, until the queue has told the browser of it."""


@bp.get("/")
@allowed(Role.EDITOR)
def queue() -> str:
    """What was handed in, oldest due first, in tabs."""
    tab = request.args.get("tab", Tab.WAITING, type=Tab)
    part = request.args.get("part", type=Part)
    page = request.args.get("page", 1, type=int)
    found = queries.queue(db, current_user.person, tab, page, at=now(), part=part)
    decided = session.pop(DECIDED, None)
    return render_template(
        "admin/reviews/queue.html", queue=found, tabs=Tab, parts=PARTS, now=now(), decided=decided
    )


@bp.post("/claims")
@allowed(Role.EDITOR)
def claim_next() -> Response:
    """Claim what has waited longest and open it."""
    waiting = queries.next_waiting(db, current_user.person, at=now())
    if waiting is None:
        flash(_("Nothing is waiting for review."))
        return redirect(url_for(".queue"), 303)
    return claim(waiting)


@bp.get("/<uuid:evaluation_id>")
@allowed(Role.EDITOR)
def show(evaluation_id: UUID) -> str:
    """Answers beside photos in journey order."""
    return sheet_page(_get(evaluation_id))


@bp.get("/<uuid:evaluation_id>/pictures/<sha256>/<size>")
@allowed(Role.EDITOR)
def picture(evaluation_id: UUID, sha256: str, size: str) -> FlaskResponse:
    """A picture of what right looks like, which the checklist of the evaluation names."""
    if sha256 not in named_in(canonical.read(_get(evaluation_id).version.document)):
        raise NotFound()
    return pictures.send_reference(sha256, size)


@bp.post("/<uuid:evaluation_id>/claims")
@allowed(Role.EDITOR)
def claim(evaluation_id: UUID) -> Response:
    """Take the evaluation to review it."""
    decisions.claim(db, _get(evaluation_id), by=current_user.person, at=now())
    return redirect(url_for(".show", evaluation_id=evaluation_id), 303)


@bp.post("/<uuid:evaluation_id>/takeovers")
@allowed(Role.EDITOR)
def take_over(evaluation_id: UUID) -> Response:
    """Take the evaluation from the editor who holds it."""
    decisions.take_over(db, _get(evaluation_id), by=current_user.person, at=now())
    return redirect(url_for(".show", evaluation_id=evaluation_id), 303)


@bp.post("/<uuid:evaluation_id>/surrenders")
@allowed(Role.EDITOR)
def put_back(evaluation_id: UUID) -> Response:
    """Give the evaluation back to the queue, undecided."""
    evaluation = _get(evaluation_id)
    decisions.put_back(db, evaluation, by=current_user.person, at=now())
    flash(_("%(place)s is back in the queue.", place=_place(evaluation)))
    return redirect(url_for(".queue"), 303)


@bp.post("/<uuid:evaluation_id>/returns")
@allowed(Role.EDITOR)
def send_back(evaluation_id: UUID) -> Page | Response:
    """Send the evaluation back to its shopper, with what is to be mended."""
    evaluation, form, at = _get(evaluation_id), ReturnForm.read(), now()
    if not form.accepted:
        return sheet_page(evaluation, returning=form), 422
    try:
        decisions.send_back(
            db,
            evaluation,
            form.remarks,
            by=current_user.person,
            at=at,
            note=form.note.data or "",
            due_at=form.due(at),
        )
    except Refusal as refusal:
        # What was typed is worth more than a short page: it is shown again whatever was refused.
        form.refuse(refusal)
        return sheet_page(evaluation, returning=form), status_of(refusal)
    return _decided(evaluation, _("%(place)s went back to its shopper.", place=_place(evaluation)))


@bp.post("/<uuid:evaluation_id>/approvals")
@allowed(Role.EDITOR)
def approve(evaluation_id: UUID) -> Page | Response:
    """Approve the evaluation: it is scored, and released to the client at once or with its wave."""
    evaluation, form = _get(evaluation_id), ApprovalForm.read()
    try:
        decisions.approve(
            db,
            evaluation,
            by=current_user.person,
            at=now(),
            note=form.note.data or "",
            client_reason=form.client_reason.data or "",
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return sheet_page(evaluation, approving=form), 422
    if evaluation.state is EvaluationState.APPROVED:
        return _decided(
            evaluation, _("%(place)s is approved. It is released with its wave.", place=_place(evaluation))
        )
    return _decided(
        evaluation,
        _("%(place)s is approved and released. Its report is being made.", place=_place(evaluation)),
    )


@bp.post("/<uuid:evaluation_id>/exclusions")
@allowed(Role.EDITOR)
def exclude(evaluation_id: UUID) -> Page | Response:
    """Leave the evaluation out, with the reason."""
    evaluation, form = _get(evaluation_id), ExclusionForm.read()
    try:
        decisions.exclude(db, evaluation, form.reason.data or "", by=current_user.person, at=now())
    except Invalid as refusal:
        form.refuse(refusal)
        return sheet_page(evaluation, excluding=form), 422
    return _decided(evaluation, _("%(place)s is excluded.", place=_place(evaluation)))


def _get(evaluation_id: UUID) -> Evaluation:
    return queries.evaluation(db, current_user.person, evaluation_id)


def _place(evaluation: Evaluation) -> str:
    return evaluation.visit.location.name


def _decided(evaluation: Evaluation, said: str) -> Response:
    """Back to the queue, which says so and lets the browser forget what was typed for it."""
    flash(said)
    session[DECIDED] = str(evaluation.id)
    return redirect(url_for(".queue"), 303)


def sheet_page(
    evaluation: Evaluation,
    **refused: Form,
) -> str:
    """The page of `evaluation`; a form that is given under its name was refused, and is shown open."""
    opened_up = desk.open_up(db, evaluation)
    return render_template(
        "admin/reviews/show.html",
        evaluation=evaluation,
        desk=opened_up,
        on_phones=on_phones.of(db, evaluation),
        titles=_titles(opened_up),
        opened=next(iter(refused), ""),
        is_mine=evaluation.state is EvaluationState.IN_REVIEW
        and evaluation.claimed_by_id == current_user.person.id,
        is_lapsed=is_lapsed(evaluation, now()),
        may_withhold=withholding.may_withhold(evaluation, current_user.person),
        is_held=releasing.is_held(evaluation.visit.wave),
        claim_ends=evaluation.claimed_at and evaluation.claimed_at + HOLD,
        now=now(),
        **(_forms(evaluation, opened_up) | refused),
        today=local_day(now(), evaluation.visit.location.time_zone),
    )


def _forms(evaluation: Evaluation, opened_up: desk.Desk) -> dict[str, Form]:
    """The forms of the page as they are first shown."""
    looked_at = opened_up.looked_at_again
    return {
        "returning": ReturnForm.read(hours=evaluation.visit.wave.programme.return_hours),
        "approving": ApprovalForm.read(client_reason=looked_at.client_note if looked_at else ""),
        "excluding": ExclusionForm.read(),
        "mending": FollowUpReturnForm.read(),
        "reopening": ReopeningForm.read(),
        "withdrawing": WithdrawalForm.read(),
    }


def _titles(opened_up: desk.Desk) -> dict[str, str]:
    """Each question's number and text, by its key."""
    return {
        found.question.key: f"{found.number} · {wording(found.question.text, opened_up.document)}"
        for touchpoint in opened_up.sheet.touchpoints
        for found in touchpoint.questions
        if found.number is not None
    }
