"""Checking a draft, publishing it, and reading what was published."""

from __future__ import annotations

from uuid import UUID

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import drafts
from evaluations.designing import publishing as domain
from evaluations.designing.outline import outline, possible_in
from evaluations.document import canonical
from evaluations.errors import Conflict, Invalid
from evaluations.models import Role
from evaluations.queries import checklists as queries
from evaluations.queries.usage import Use, uses
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.changes import changes, proposed_note
from shopper.admin.checklists.desk import Desk, conflict_words, desk_of, show
from shopper.admin.checklists.found import findings_of
from shopper.admin.checklists.seal import seen_edition
from shopper.database import db
from shopper.errors import words_of
from shopper.language import gettext as _
from shopper.permissions import allowed


@bp.get("/<uuid:checklist_id>/draft/check")
@allowed(Role.DESIGNER)
def check(checklist_id: UUID) -> tuple[str, int]:
    """What stands in the way of publishing, what gives pause, and what changed since the last version."""
    return checked(desk_of(checklist_id))


@bp.post("/<uuid:checklist_id>/versions")
@allowed(Role.DESIGNER)
def publish(checklist_id: UUID) -> Response | tuple[str, int]:
    """Freeze the draft as the next version."""
    desk = desk_of(checklist_id)
    number, note = desk.draft.number, request.form.get("note", "")
    try:
        domain.publish(db, desk.draft, seen_edition(desk.draft), note=note, by=current_user.person, at=now())
    except Invalid as refusal:
        return checked(desk, notice=words_of(refusal), note=note, status=422)
    except Conflict as refusal:
        return checked(desk_of(checklist_id), notice=conflict_words(refusal), note=note, status=409)
    flash(_("Version %(number)s is published. It will never change.", number=number))
    return redirect(url_for(".version", checklist_id=checklist_id, number=number), 303)


@bp.get("/<uuid:checklist_id>/versions/<int:number>")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def version(checklist_id: UUID, number: int) -> str:
    """A published version, to be read."""
    found = queries.version(db, checklist_id, number, reader=current_user.person)
    document = canonical.read(found.document)
    return render_template(
        "admin/checklists/version.html",
        version=found,
        use=uses(db, checklist_id).get(found.id, Use()),
        checklist=found.checklist,
        document=document,
        now=now(),
        outline=outline(document),
        possible_in=possible_in,
    )


@bp.get("/<uuid:checklist_id>/versions/<int:number>/document.json")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def document(checklist_id: UUID, number: int) -> FlaskResponse:
    """A published version's document, to the letter as it was hashed."""
    found = queries.version(db, checklist_id, number, reader=current_user.person)
    response = FlaskResponse(found.document, mimetype="application/json")
    name = f"checklist-version-{found.number}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def checked(
    desk: Desk, *, notice: str = "", note: str | None = None, refused: str = "", status: int = 200
) -> tuple[str, int]:
    """The page of what was found, with what changed since the newest version.

    The `notice` stands at the finding that could not be dismissed, where `refused` names one.
    """
    findings = findings_of(desk.draft, desk.document, drafts.kinds_given(db, desk.draft.checklist))
    newest = domain.newest_published(db, desk.draft)
    told = changes(canonical.read(newest.document), desk.document) if newest else []
    return show(
        "check",
        desk,
        findings=findings,
        errors=findings.errors,
        warnings=findings.warnings,
        changes=told,
        newest=newest,
        note=note if note is not None else proposed_note(told, newest.number) if newest else "",
        longest_note=domain.LONGEST_NOTE,
        notice=notice,
        refused=refused,
        status=status,
    )
