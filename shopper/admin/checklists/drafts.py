"""Opening a draft, going on with it, and throwing it away."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import drafts
from evaluations.models import Role
from evaluations.queries import checklists as queries
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import desk_of
from shopper.admin.checklists.desk import show as show_desk
from shopper.admin.checklists.seal import seen_edition
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed


@bp.get("/<uuid:checklist_id>/draft")
@allowed(Role.DESIGNER)
def edit(checklist_id: UUID) -> Response | tuple[str, int]:
    """Go on with the draft, at the head of its journey."""
    desk = desk_of(checklist_id)
    first = next(iter(desk.document.touchpoints), None)
    if first is None:
        return show_desk("journey_is_empty", desk)
    return redirect(url_for(".touchpoint", checklist_id=checklist_id, key=first.key), 303)


@bp.post("/<uuid:checklist_id>/drafts")
@allowed(Role.DESIGNER)
def open_draft(checklist_id: UUID) -> Response:
    """Open a draft that starts as a copy of the newest version, or the one that is open."""
    checklist = queries.checklist(db, checklist_id, reader=current_user.person)
    drafts.open_draft(db, checklist, by=current_user.person, at=now())
    return redirect(url_for(".edit", checklist_id=checklist_id), 303)


@bp.post("/<uuid:checklist_id>/draft/discards")
@allowed(Role.DESIGNER)
def discard(checklist_id: UUID) -> Response:
    """Throw the draft away; a checklist that was never published goes with it."""
    draft = desk_of(checklist_id).draft
    number = draft.number
    drafts.discard(db, draft, seen_edition(draft), by=current_user.person, at=now())
    flash(_("The draft is thrown away."))
    if number == 1:
        return redirect(url_for(".index"), 303)
    return redirect(url_for(".show", checklist_id=checklist_id), 303)
