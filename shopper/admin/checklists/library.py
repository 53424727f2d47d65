"""The library as a drawer of the designer: ready touchpoints to add to the journey."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from evaluations.designing import drafting, drafts
from evaluations.designing.keys import question_keys, touchpoint_keys
from evaluations.designing.library import Entry, find, placed
from evaluations.designing.library import library as every_entry
from evaluations.document.tree import Phase
from evaluations.errors import Invalid
from evaluations.models import Role
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import desk_of, show
from shopper.database import db
from shopper.permissions import allowed


@bp.get("/<uuid:checklist_id>/draft/library")
@allowed(Role.DESIGNER)
def library(checklist_id: UUID) -> tuple[str, int]:
    """Ready touchpoints, all or those that hold the words searched for."""
    desk = desk_of(checklist_id)
    wanted = request.args.get("q", "").strip()[:100]
    entries = [entry for entry in every_entry() if _holds(entry, wanted)]
    return show("library", desk, entries=entries, wanted=wanted, in_use=touchpoint_keys(desk.document))


@bp.post("/<uuid:checklist_id>/draft/placements")
@allowed(Role.DESIGNER)
def place(checklist_id: UUID) -> Response:
    """Add a touchpoint of the library to the journey, in one of the phases that it fits."""
    desk = desk_of(checklist_id)
    entry = find(request.form.get("entry", ""))
    phase = request.form.get("phase") or entry.phases[0].value
    if phase not in set(Phase):
        raise Invalid("does_not_fit", field="phase", where="phase", reason=phase[:20])
    taken = question_keys(desk.document) | touchpoint_keys(desk.document)
    taken |= drafts.kinds_given(db, desk.draft.checklist).keys()
    touchpoint = placed(entry, taken=taken, phase=Phase(phase))
    desk.keep(drafting.add_touchpoint(desk.document, touchpoint))
    return redirect(url_for(".touchpoint", checklist_id=checklist_id, key=touchpoint.key), 303)


def _holds(entry: Entry, wanted: str) -> bool:
    """Whether every searched word stands somewhere in the entry's name, guidance or questions."""
    wordings = (entry.name, entry.guidance, *(question.text for question in entry.questions))
    said = " ".join(text for wording in wordings for text in wording.values()).casefold()
    return all(word in said for word in wanted.casefold().split())
