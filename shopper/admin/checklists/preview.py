"""A checklist as it will look on a phone."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from flask_login import current_user

from evaluations.document import canonical
from evaluations.models import Role, Version
from evaluations.queries import checklists as queries
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import desk_of
from shopper.database import db
from shopper.permissions import allowed


@bp.get("/<uuid:checklist_id>/draft/preview")
@allowed(Role.DESIGNER)
def preview(checklist_id: UUID) -> str:
    """The draft as a shopper will meet it."""
    return _preview(desk_of(checklist_id).draft)


@bp.get("/<uuid:checklist_id>/versions/<int:number>/preview")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def preview_version(checklist_id: UUID, number: int) -> str:
    """A published version as a shopper meets it."""
    return _preview(queries.version(db, checklist_id, number, reader=current_user.person))


def _preview(version: Version) -> str:
    return render_template(
        "admin/checklists/preview.html",
        version=version,
        checklist=version.checklist,
        document=canonical.read(version.document),
    )
