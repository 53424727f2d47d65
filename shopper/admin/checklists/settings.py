"""What holds for the whole checklist."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import drafts
from evaluations.errors import Conflict
from evaluations.models import Role
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import changed_meanwhile, desk_of, show
from shopper.admin.forms.checklists.settings import SettingsForm
from shopper.database import db
from shopper.permissions import allowed


@bp.route("/<uuid:checklist_id>/draft/settings", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def settings(checklist_id: UUID) -> Response | tuple[str, int]:
    """Title, briefing, languages, and how marks become a total."""
    desk = desk_of(checklist_id)
    form = SettingsForm.of(desk.draft.checklist.name, desk.document)
    status = form.status
    if form.accepted:
        try:
            desk.keep(form.applied(desk.document))
        except Conflict as refusal:
            changed_meanwhile(desk, form, refusal)
            status = 409
        else:
            drafts.rename(db, desk.draft.checklist, form.name.data, by=current_user.person, at=now())
            return redirect(url_for(".settings", checklist_id=checklist_id), 303)
    return show("settings", desk, form=form, status=status)
