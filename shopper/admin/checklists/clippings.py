"""Copy and paste: questions and touchpoints of one draft, put into another one."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import clipping as domain
from evaluations.designing import drafts
from evaluations.designing.clipping import Pasted
from evaluations.errors import Conflict, NotFound
from evaluations.models import Role
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import Desk, Page, desk_of
from shopper.admin.checklists.many import back, page
from shopper.database import db
from shopper.errors import words_of
from shopper.filters import wording
from shopper.language import gettext as _
from shopper.language import ngettext
from shopper.permissions import allowed
from shopper.wordings.designing import language_name
from shopper.wordings.steps import clipping_words


@bp.post("/<uuid:checklist_id>/draft/clippings")
@allowed(Role.DESIGNER)
def copy_for_pasting(checklist_id: UUID) -> Response | Page:
    """Keep the named touchpoints, or else the ticked questions, to be pasted into any draft."""
    desk = desk_of(checklist_id)
    chosen = {name: frozenset(request.form.getlist(name)) for name in ("touchpoints", "questions")}
    try:
        clipping = domain.copy(db, desk.draft, **chosen, by=current_user.person, at=now())
    except Conflict as refusal:
        return page(desk, notice=words_of(refusal), status=422)
    flash(_("Copied: %(what)s. Paste it into this or any other draft.", what=clipping_words(clipping)))
    return back(desk)


@bp.post("/<uuid:checklist_id>/draft/pastes")
@allowed(Role.DESIGNER)
def paste_copied(checklist_id: UUID) -> Response | Page:
    """Put what was copied into the draft: questions at the end of a touchpoint, touchpoints in their phases."""
    desk = desk_of(checklist_id)
    clipping = domain.clipping_of(db, current_user.person)
    if clipping is None:
        raise NotFound()
    used = drafts.kinds_given(db, desk.draft.checklist)
    try:
        pasted = domain.paste(desk.document, clipping, request.form.get("where", ""), used=used)
    except Conflict as refusal:
        return page(desk, notice=words_of(refusal), status=409)
    desk.keep(pasted.document)
    flash(_("Pasted: %(what)s.", what=clipping_words(clipping)))
    _tell(desk, pasted)
    return _shown(desk, pasted)


def _tell(desk: Desk, pasted: Pasted) -> None:
    """Say what did not come along."""
    if pasted.languages:
        names = ", ".join(language_name(language) for language in pasted.languages)
        flash(
            _("Left out, because this checklist does not have it: %(languages)s.", languages=names), "warning"
        )
    if pasted.unconditional:
        names = ", ".join(f"“{wording(text, desk.document)}”" for text in pasted.unconditional)
        said = ngettext(
            "Asked without its condition, which looked at a question that was not copied: %(names)s.",
            "Asked without their conditions, which looked at questions that were not copied: %(names)s.",
            len(pasted.unconditional),
            names=names,
        )
        flash(said, "warning")


def _shown(desk: Desk, pasted: Pasted) -> Response:
    where = request.form.get("where", "")
    if pasted.touchpoints:
        address = url_for(".touchpoint", checklist_id=desk.draft.checklist_id, key=pasted.touchpoints[0])
        return redirect(address, 303)
    anchor = f"question-{pasted.questions[0]}"
    address = url_for(".touchpoint", checklist_id=desk.draft.checklist_id, key=where, _anchor=anchor)
    return redirect(address, 303)
