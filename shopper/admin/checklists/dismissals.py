"""Dismissing a finding of the question check with a reason, and bringing it back."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import dismissing
from evaluations.errors import Invalid
from evaluations.models import Role
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import desk_of
from shopper.admin.checklists.found import findings_of
from shopper.admin.checklists.publishing import checked
from shopper.database import db
from shopper.errors import words_of
from shopper.language import gettext as _
from shopper.permissions import allowed


@bp.post("/<uuid:checklist_id>/draft/dismissals")
@allowed(Role.DESIGNER)
def dismiss(checklist_id: UUID) -> Response | tuple[str, int]:
    """Leave a finding as it is, with a reason."""
    desk = desk_of(checklist_id)
    found = findings_of(desk.draft, desk.document)
    try:
        dismissing.dismiss(
            db,
            desk.draft.checklist,
            request.form.get("finding", ""),
            request.form.get("reason", ""),
            {found.name(problem): problem for problem in found.warnings},
            by=current_user.person,
            at=now(),
        )
    except Invalid as refusal:
        at_its_box = request.form.get("finding", "") if refusal.field == "reason" else ""
        return checked(desk, notice=words_of(refusal), refused=at_its_box, status=422)
    flash(_("Dismissed. It stands below with your reason, and comes back when these words change."))
    return redirect(url_for(".check", checklist_id=checklist_id), 303)


@bp.post("/<uuid:checklist_id>/draft/dismissals/<uuid:dismissal_id>/removals")
@allowed(Role.DESIGNER)
def bring_back(checklist_id: UUID, dismissal_id: UUID) -> Response:
    """Let a dismissed finding stand again."""
    desk = desk_of(checklist_id)
    dismissing.bring_back(db, desk.draft.checklist, dismissal_id, by=current_user.person, at=now())
    flash(_("Brought back."))
    return redirect(url_for(".check", checklist_id=checklist_id), 303)
