"""What holds for the whole checklist."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import drafting, drafts
from evaluations.designing.merging import Fields
from evaluations.document.tree import Document
from evaluations.errors import Conflict
from evaluations.models import Role
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import Desk, changed_meanwhile, desk_of, show
from shopper.admin.checklists.joining import Joint, joined, origin_of, origin_sent
from shopper.admin.checklists.seal import base_sent, fields_of, written
from shopper.admin.forms.checklists.settings import SettingsForm
from shopper.database import db
from shopper.permissions import allowed

NAME = "name"
"""What the office calls the checklist: the one setting that stands beside the document."""


@bp.route("/<uuid:checklist_id>/draft/settings", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def settings(checklist_id: UUID) -> Response | tuple[str, int]:
    """Title, briefing, languages, and how marks become a total."""
    desk = desk_of(checklist_id)
    form = SettingsForm.of(desk.draft.checklist.name, desk.document)
    status = form.status
    joint: Joint | None = None
    if form.accepted:
        try:
            form, joint = _put(desk, form)
            status = 409 if joint.clashes else 200
            if status == 200 and "stay" not in request.form:
                return redirect(url_for(".settings", checklist_id=checklist_id), 303)
        except Conflict as refusal:
            changed_meanwhile(desk, form, refusal)
            status = 409
    origin = origin_sent() if status == 422 else origin_of(desk, _base(desk))
    return show("settings", desk, form=form, origin=origin, joint=joint, status=status)


def _put(desk: Desk, form: SettingsForm) -> tuple[SettingsForm, Joint]:
    """Keep what was sent, put together with what others saved; where they clash nothing is kept."""
    checklist = desk.draft.checklist
    bare = _without_touchpoints(desk.document)
    theirs = fields_of(bare) | {NAME: checklist.name}
    mine = form.values() | {NAME: form.name.data}
    joint = joined(
        desk, base_sent(bare, {NAME: checklist.name}), mine, theirs, lambda fields: _made(bare, fields)
    )
    if not joint.clashes:
        made = _made(bare, joint.merged.fields)
        desk.keep(made.model_copy(update={"touchpoints": desk.document.touchpoints}))
        drafts.rename(db, checklist, joint.merged.fields[NAME], by=current_user.person, at=now())
        joint.tell()
    if joint.clashes or joint.merged.taken:
        both = joint.merged.fields
        form = SettingsForm.of(both[NAME], _made(bare, both), sent=False)
    return form, joint


def _made(bare: Document, fields: Fields) -> Document:
    return drafting.changed(bare, **{name: value for name, value in fields.items() if name != NAME})


def _without_touchpoints(document: Document) -> Document:
    return document.model_copy(update={"touchpoints": ()})


def _base(desk: Desk) -> str:
    return written(_without_touchpoints(desk.document), name=desk.draft.checklist.name)
