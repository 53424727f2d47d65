"""The list of checklists, and one checklist with its versions."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from flask_login import current_user

from evaluations.clock import now
from evaluations.designing import drafts, workbench
from evaluations.designing.workbench import Only
from evaluations.models import Role
from evaluations.queries import checklists as queries
from evaluations.queries import whereabouts
from shopper.admin.checklists.blueprint import bp
from shopper.database import db
from shopper.permissions import allowed


@bp.get("/")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def index() -> str:
    """Every checklist, with its draft and its newest version; those with a draft, or a draft with problems."""
    reader = current_user.person
    only = request.args.get("only", type=Only) if reader.may_act_as(Role.DESIGNER) else None
    listed = queries.listed(db, reader)
    if only:
        drafts_of = {row.checklist_id for row in workbench.drafts(db, reader) if only.holds(row)}
        listed = [each for each in listed if each.checklist.id in drafts_of]
    return render_template("admin/checklists/index.html", listed=listed, only=only, now=now())


@bp.get("/<uuid:checklist_id>")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def show(checklist_id: UUID) -> str:
    """One checklist: its draft and its published versions."""
    reader = current_user.person
    checklist = queries.checklist(db, checklist_id, reader=reader)
    return render_template(
        "admin/checklists/show.html",
        checklist=checklist,
        beginning=whereabouts.beginning(db, checklist),
        begun_from=drafts.newest_in_use(db, checklist),
        draft=queries.draft(db, checklist_id, reader=reader),
        published=queries.published(db, checklist_id, reader=reader),
        now=now(),
    )
