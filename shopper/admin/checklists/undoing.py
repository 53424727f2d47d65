"""Undoing and doing again: each designer's own steps at a draft, back to where the draft was opened."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import undoing as domain
from evaluations.designing.comparing import Difference
from evaluations.designing.orders import Overtaken
from evaluations.designing.undoing import Outcome
from evaluations.document.tree import Document
from evaluations.models import Role
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import desk_of
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed
from shopper.wordings.steps import overtaken_words, step_words


@bp.post("/<uuid:checklist_id>/draft/undos")
@allowed(Role.DESIGNER)
def undo(checklist_id: UUID) -> Response:
    """Take back the designer's own last step."""
    outcome = domain.undo(db, desk_of(checklist_id).draft, by=current_user.person, at=now())
    if outcome is None:
        flash(_("There is nothing to undo."))
    elif outcome.overtaken:
        _refused(outcome, outcome.overtaken, _("Not undone"))
    else:
        flash(_("Undid: %(what)s", what=step_words(outcome.patch, outcome.document)))
    return _shown(checklist_id, outcome)


@bp.post("/<uuid:checklist_id>/draft/redos")
@allowed(Role.DESIGNER)
def redo(checklist_id: UUID) -> Response:
    """Do again what the designer undid last."""
    outcome = domain.redo(db, desk_of(checklist_id).draft, by=current_user.person, at=now())
    if outcome is None:
        flash(_("There is nothing to do again."))
    elif outcome.overtaken:
        _refused(outcome, outcome.overtaken, _("Not done again"))
    else:
        flash(_("Done again: %(what)s", what=step_words(outcome.patch, outcome.document)))
    return _shown(checklist_id, outcome)


def _refused(outcome: Outcome, overtaken: Overtaken, what: str) -> None:
    thing = overtaken_words(overtaken, outcome.patch, outcome.document)
    who = outcome.by.who if outcome.by else _("Somebody")
    said = _("%(who)s has changed “%(thing)s” since, and that stays.", who=who, thing=thing)
    flash(f"{what}: {step_words(outcome.patch, outcome.document)}. {said}", "warning")


def _shown(checklist_id: UUID, outcome: Outcome | None) -> Response:
    """Go where the step was, or stay where everything is in view."""
    where = request.form.get("where", "")
    if where == "all_questions":
        return redirect(url_for(".all_questions", checklist_id=checklist_id), 303)
    if outcome is None:
        return redirect(_place(checklist_id, where, request.form.get("of", ""), None), 303)
    changes = [each for each in outcome.patch.changes if _is_there(each, outcome.document)]
    first = next(iter(changes), None)
    if (
        first is not None
        and first.question
        and (where, request.form.get("of")) == ("question", first.question)
    ):
        return redirect(url_for(".question", checklist_id=checklist_id, key=first.question), 303)
    return redirect(_goal(checklist_id, first, outcome), 303)


def _goal(checklist_id: UUID, first: Difference | None, outcome: Outcome) -> str:
    homes = {question.key: each.key for each in outcome.document.touchpoints for question in each.questions}
    if first is not None and first.question:
        anchor = f"question-{first.question}"
        return _place(checklist_id, "touchpoint", homes[first.question], anchor)
    if first is not None and first.touchpoint:
        return _place(checklist_id, "touchpoint", first.touchpoint, None)
    if first is not None:
        return _place(checklist_id, "settings", "", None)
    left = [outcome.patch.homes[key] for key in outcome.patch.questions]
    left.append(request.form.get("of", ""))
    stops = {each.key for each in outcome.document.touchpoints}
    home = next((key for key in left if key in stops), "")
    return _place(checklist_id, "touchpoint" if home else "", home, None)


def _place(checklist_id: UUID, where: str, key: str, anchor: str | None) -> str:
    if where in {"touchpoint", "question"} and key:
        return url_for(f".{where}", checklist_id=checklist_id, key=key, _anchor=anchor)
    return url_for(".settings" if where == "settings" else ".edit", checklist_id=checklist_id)


def _is_there(change: Difference, document: Document) -> bool:
    if change.question:
        return document.question(change.question) is not None
    return change.touchpoint is None or any(each.key == change.touchpoint for each in document.touchpoints)
