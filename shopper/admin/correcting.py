"""An editor puts right what a question holds, with the reason."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.document import canonical
from evaluations.document.answers import Answer
from evaluations.document.tree import AnyQuestion, Kind
from evaluations.errors import Invalid, NotFound
from evaluations.models import Evaluation, EvaluationState, Role
from evaluations.queries import capture
from evaluations.reviewing import corrections
from evaluations.reviewing import queue as queries
from shopper.admin.forms.correcting import CorrectionForm, answer_of, form_for
from shopper.database import db
from shopper.errors import words_of
from shopper.language import gettext as _
from shopper.permissions import allowed

bp = Blueprint("correcting", __name__, url_prefix="/office/reviews")
Page = str | tuple[str, int]


@bp.route("/<uuid:evaluation_id>/corrections/<question_key>", methods=["GET", "POST"])
@allowed(Role.EDITOR)
def correct(evaluation_id: UUID, question_key: str) -> Page | Response:
    """Put one question right, while the evaluation is in one's own hands."""
    evaluation = queries.evaluation(db, current_user.person, evaluation_id)
    document = canonical.read(evaluation.version.document)
    question = document.question(question_key)
    if question is None or question.kind is Kind.INSTRUCTION:
        raise NotFound()
    if request.method == "GET" and not _is_mine(evaluation):
        return redirect(_at(evaluation, question_key), 303)
    found = capture.contents(db, evaluation)
    answer, comment = found.answers.get(question_key), found.comments.get(question_key, "")
    form = form_for(question, document, answer, comment)
    if request.method == "POST" and _is_put_right(evaluation, form, question, answer):
        flash(_("It is put right; what was there before is kept."))
        return redirect(_at(evaluation, question_key), 303)
    page = render_template(
        "admin/reviews/correct.html",
        evaluation=evaluation,
        document=document,
        question=question,
        answer=answer,
        form=form,
    )
    return page, form.status


def _is_put_right(
    evaluation: Evaluation, form: CorrectionForm, question: AnyQuestion, held: Answer | None
) -> bool:
    """Put `question` right as `form` says; what is refused is shown in the form."""
    answer, comment, reason = answer_of(form, question, held), form.comment.data or "", form.reason.data or ""
    try:
        corrections.correct(
            db, evaluation, question.key, answer, comment, reason, by=current_user.person, at=now()
        )
    except Invalid as refusal:
        _refuse(form, refusal, question.key)
        return False
    return True


def _at(evaluation: Evaluation, key: str) -> str:
    return url_for("reviews.show", evaluation_id=evaluation.id, _anchor=f"q-{key}")


def _is_mine(evaluation: Evaluation) -> bool:
    return (
        evaluation.state is EvaluationState.IN_REVIEW and evaluation.claimed_by_id == current_user.person.id
    )


def _refuse(form: CorrectionForm, refusal: Invalid, key: str) -> None:
    """Show what was refused; what is wrong with the answer stands at its field."""
    if refusal.field == key and form.value is not None:
        form.value.errors = [*form.value.errors, words_of(refusal)]
    else:
        form.refuse(refusal)
