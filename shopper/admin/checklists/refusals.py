"""What a designer sees when somebody else was faster: what happened, and everything that was typed."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from evaluations.errors import Conflict, NotFound, Refusal
from evaluations.models import Checklist
from evaluations.queries import checklists as queries
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import conflict_words
from shopper.database import db
from shopper.errors import ADVICE, answer, status_of
from shopper.language import gettext as _

NOT_TYPED = frozenset(
    {"csrf_token", "edition", "step", "phase", "place", "here", "entry", "arrange", "base", "stay"}
)


@bp.errorhandler(Conflict)
def overtaken(refusal: Conflict) -> ResponseReturnValue:
    """Say what stands in the way, and give back what was typed."""
    return _overtaken(conflict_words(refusal)) or answer(status_of(refusal), conflict_words(refusal))


@bp.errorhandler(NotFound)
def gone(refusal: NotFound) -> ResponseReturnValue:
    """Of what was sent for a thing that is gone since, nothing is lost; a draft's old address leads on."""
    checklist = _checklist()
    if request.method == "GET" and checklist is not None and _has_no_draft(checklist):
        flash(_("There is no draft any more: it was published or thrown away."), "warning")
        return redirect(url_for(".show", checklist_id=checklist.id), 303)
    page = None
    if request.method == "POST" and "edition" in request.form:
        page = _overtaken(_("What you were working on was removed or published meanwhile."))
    return page or answer(status_of(refusal), str(ADVICE[404]), code=refusal.code)


def _overtaken(message: str) -> ResponseReturnValue | None:
    checklist = _checklist()
    if checklist is None:
        return None
    typed = [
        text
        for name, text in request.form.items(multi=True)
        if name not in NOT_TYPED and len(text.split()) > 1
    ]
    page = render_template(
        "admin/checklists/overtaken.html", checklist=checklist, message=message, typed=typed
    )
    return page, 409


def _has_no_draft(checklist: Checklist) -> bool:
    """Whether the address is one of a draft that is there no more."""
    drafted = f"/{checklist.id}/draft"
    return drafted in request.path and queries.draft(db, checklist.id, reader=current_user.person) is None


def _checklist() -> Checklist | None:
    """The checklist that the address names, if the reader sees it."""
    checklist_id: UUID | None = (request.view_args or {}).get("checklist_id")
    if checklist_id is None or not current_user.is_authenticated:
        return None
    try:
        return queries.checklist(db, checklist_id, reader=current_user.person)
    except Refusal:
        return None
