"""Published versions beside each other, and an old one as the next draft."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import drafts
from evaluations.document import canonical
from evaluations.errors import NotFound
from evaluations.models import Role, Version
from evaluations.queries import checklists as queries
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.changes import changes
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed


@bp.get("/<uuid:checklist_id>/versions/compared")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def compare(checklist_id: UUID) -> str:
    """What differs between two versions, in words; the newest two unless others are chosen."""
    checklist = queries.checklist(db, checklist_id, reader=current_user.person)
    known = queries.wordings(db, checklist_id, reader=current_user.person)
    if len(known) < 2:
        raise NotFound()
    numbers = sorted(known)
    before, after = _chosen("before", numbers[-2]), _chosen("after", numbers[-1])
    if before not in known or after not in known:
        raise NotFound()
    return render_template(
        "admin/checklists/compare.html",
        checklist=checklist,
        numbers=numbers,
        draft_number=next((number for number, one in known.items() if one.is_draft), None),
        before=before,
        after=after,
        withdrawn={number for number, one in known.items() if one.withdrawal},
        notes=[known[number] for number in numbers if _is_told(known[number], before, after)],
        changes=changes(*(canonical.read(known[number].document) for number in (before, after))),
    )


@bp.post("/<uuid:checklist_id>/versions/<int:number>/drafts")
@allowed(Role.DESIGNER)
def restore(checklist_id: UUID, number: int) -> Response:
    """Open a draft that says what an old version said."""
    found = queries.version(db, checklist_id, number, reader=current_user.person)
    knowingly = "knowingly" in request.form
    draft = drafts.restore(db, found, knowingly=knowingly, by=current_user.person, at=now())
    flash(
        _(
            "The draft of version %(next)s says what version %(number)s says.",
            next=draft.number,
            number=number,
        )
    )
    return redirect(url_for(".edit", checklist_id=checklist_id), 303)


def _is_told(version: Version, before: int, after: int) -> bool:
    """Whether a version's note says something of the way from `before` to `after`."""
    return bool(version.note) and min(before, after) < version.number <= max(before, after)


def _chosen(name: str, otherwise: int) -> int:
    said = request.args.get(name)
    return otherwise if said is None else (request.args.get(name, type=int) or 0)
