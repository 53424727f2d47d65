"""Many questions at once: ticked in a touchpoint or everywhere, then changed, moved or removed in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.designing import many as domain
from evaluations.designing.many import Unfit
from evaluations.designing.meanwhile import saves_since
from evaluations.document.tree import Document
from evaluations.errors import Conflict, Invalid, Refusal
from evaluations.models import Role
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import Desk, Page, desk_of, show
from shopper.admin.checklists.seal import NONE
from shopper.admin.forms.checklists.many import ManyForm
from shopper.database import db
from shopper.errors import status_of, words_of
from shopper.filters import wording
from shopper.language import gettext as _
from shopper.language import ngettext
from shopper.permissions import allowed
from shopper.wordings.steps import UNFIT


@bp.get("/<uuid:checklist_id>/draft/questions")
@allowed(Role.DESIGNER)
def all_questions(checklist_id: UUID) -> Page:
    """Every question of the checklist, to be ticked."""
    return page(desk_of(checklist_id))


@bp.post("/<uuid:checklist_id>/draft/question-changes")
@allowed(Role.DESIGNER)
def change_questions(checklist_id: UUID) -> Response | Page:
    """Make the ticked questions alike in what the form names."""
    desk = desk_of(checklist_id)
    form = ManyForm.sent()
    if not form.accepted:
        return page(desk, form, status=422)
    try:
        keys = ticked(desk)
        kept = desk.keep(domain.change(desk.document, keys, form.wish))
    except Unfit as refusal:
        return page(desk, form, faults=_named(desk.document, refusal.faults), status=422)
    except (Conflict, Invalid) as refusal:
        return _refused(desk, form, refusal)
    said = ngettext("%(n)s question changed.", "%(n)s questions changed.", len(keys))
    flash(said if kept else _("They were so already: nothing changed."))
    return back(desk)


@bp.post("/<uuid:checklist_id>/draft/question-moves")
@allowed(Role.DESIGNER)
def move_questions(checklist_id: UUID) -> Response | Page:
    """Move the ticked questions to the end of a touchpoint."""
    desk = desk_of(checklist_id)
    try:
        keys = ticked(desk)
        desk.keep(domain.move(desk.document, keys, request.form.get("many-touchpoint", "")))
    except (Conflict, Invalid) as refusal:
        return _refused(desk, ManyForm.sent(), refusal)
    flash(ngettext("%(n)s question moved.", "%(n)s questions moved.", len(keys)))
    return back(desk)


@bp.post("/<uuid:checklist_id>/draft/question-removals")
@allowed(Role.DESIGNER)
def remove_questions(checklist_id: UUID) -> Response | Page:
    """Remove the ticked questions from the draft."""
    desk = desk_of(checklist_id)
    try:
        keys = ticked(desk)
        desk.keep(domain.remove(desk.document, keys))
    except (Conflict, Invalid) as refusal:
        return _refused(desk, ManyForm.sent(), refusal)
    said = ngettext("%(n)s question removed.", "%(n)s questions removed.", len(keys))
    more = _("Undo brings back what was removed.")  # not within the braces, where the catalogue does not look
    flash(f"{said} {more}")
    return back(desk)


def ticked(desk: Desk) -> list[str]:
    """The keys of the ticked questions; refused where somebody changed one of them after the page was made."""
    keys = list(dict.fromkeys(request.form.getlist("questions")))
    there = {question.key for question in desk.document.questions()}
    if not keys:
        raise Conflict("nothing_ticked")
    gone = [key for key in keys if key not in there]
    if gone:
        raise Conflict("ticked_are_gone", count=len(gone))
    if desk.seen == NONE:
        raise desk.overtaken()
    if desk.is_overtaken:
        _refuse_what_others_touched(desk, keys)
    return keys


def _refuse_what_others_touched(desk: Desk, keys: Iterable[str]) -> None:
    for save in saves_since(db, desk.draft, desk.seen):
        for key in keys:
            if save.by_id != current_user.person.id and save.touched(question=key):
                said = wording(desk.question(key).text, desk.document)
                raise Conflict("ticked_is_changed", who=save.who, question=said)


def back(desk: Desk) -> Response:
    """To the touchpoint that the form was on, or to all questions."""
    key = request.form.get("where", "")
    checklist_id = desk.draft.checklist_id
    if any(each.key == key for each in desk.document.touchpoints):
        return redirect(url_for(".touchpoint", checklist_id=checklist_id, key=key, _anchor="questions"), 303)
    return redirect(url_for(".all_questions", checklist_id=checklist_id), 303)


def page(
    desk: Desk,
    form: ManyForm | None = None,
    *,
    faults: Iterable[tuple[str, str]] = (),
    notice: str = "",
    status: int = 200,
) -> Page:
    """All questions of the checklist, with what was ticked and refused."""
    return show(
        "all_questions",
        desk,
        many_form=form or ManyForm.blank(),
        many_faults=list(faults),
        many_notice=notice,
        ticked=frozenset(request.form.getlist("questions")),
        status=status,
    )


def _refused(desk: Desk, form: ManyForm, refusal: Refusal) -> Page:
    return page(desk, form, notice=words_of(refusal), status=status_of(refusal))


def _named(document: Document, faults: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, str]]:
    for question in document.questions():
        for code in faults.get(question.key, ()):
            yield wording(question.text, document) or _("A question without wording"), str(UNFIT[code])
