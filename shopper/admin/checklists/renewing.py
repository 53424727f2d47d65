"""What was taken from the own library and has a newer version there: told, compared in words, taken if wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.designing import drafts, renewing
from evaluations.designing.own_questions import question_of
from evaluations.designing.own_touchpoints import entry_of
from evaluations.document.tree import Document, Origin, Touchpoint
from evaluations.errors import Conflict, NotFound
from evaluations.models import Kept, OwnQuestion, OwnTouchpoint, Role
from evaluations.queries import own_touchpoints as queries
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.changes import changes
from shopper.admin.checklists.desk import Desk, Page, desk_of, show
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed


@dataclass(frozen=True, slots=True)
class Newer:
    """Something of a touchpoint that the library has in a newer version."""

    own: Kept
    origin: Origin
    question: str | None = None
    """The key of the question, where it is one."""


@bp.context_processor
def words() -> dict[str, object]:
    """What the touchpoint's page asks for."""
    return {"newer_in": newer_in}


def newer_in(here: Touchpoint) -> list[Newer]:
    """What of a touchpoint the library has in a newer version: itself, and the own questions in it."""
    return list(_newer_in(here))


def _newer_in(here: Touchpoint) -> Iterator[Newer]:
    reader = current_user.person
    if here.origin is not None:
        own = {str(each.id): each for each in queries.in_use(db, reader)}.get(here.origin.id)
        if own is not None and own.number > here.origin.version:
            yield Newer(own, here.origin)
    alone = [one for one in here.questions if one.origin is not None and one.origin.key is None]
    kept = {str(each.id): each for each in queries.questions(db, reader)} if alone else {}
    for question in alone:
        origin = question.origin
        if origin and origin.id in kept and kept[origin.id].number > origin.version:
            yield Newer(kept[origin.id], origin, question.key)


@bp.route("/<uuid:checklist_id>/draft/touchpoints/<key>/renewals/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def renew_touchpoint(checklist_id: UUID, key: str) -> Response | Page:
    """See what the library's newest version of a touchpoint would change here, and take it."""
    desk = desk_of(checklist_id)
    here = desk.touchpoint(key)
    own = queries.one(db, _id(here.origin), reader=current_user.person)
    used = drafts.keys_given(db, desk.draft.checklist)
    _refuse_what_is_old(own, here.origin)
    after = renewing.renewed(desk.document, key, entry_of(own), own.number, used=used)
    return _renewed(desk, here, own, here.origin, after)


@bp.route("/<uuid:checklist_id>/draft/questions/<key>/renewals/new", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def renew_question(checklist_id: UUID, key: str) -> Response | Page:
    """See what the library's newest version of an own question would change here, and take it."""
    desk = desk_of(checklist_id)
    question = desk.question(key)
    own = queries.question(db, _id(question.origin), reader=current_user.person)
    here = next(each for each in desk.document.touchpoints if question in each.questions)
    _refuse_what_is_old(own, question.origin)
    after = renewing.renewed_question(desk.document, key, question_of(own), own.number)
    return _renewed(desk, here, own, question.origin, after, question=key)


def _renewed(
    desk: Desk,
    here: Touchpoint,
    own: OwnTouchpoint | OwnQuestion,
    origin: Origin | None,
    after: Document,
    *,
    question: str | None = None,
) -> Response | Page:
    if request.method == "POST":
        if request.form.get("number", type=int) != own.number:
            raise Conflict("kept_changed", name=own.name, who=own.changed_by.name)
        if desk.is_overtaken:
            raise desk.overtaken()
        desk.keep(after)
        flash(_("Version %(number)s of “%(name)s” is taken.", number=own.number, name=own.name))
        anchor = f"question-{question}" if question else None
        address = url_for(".touchpoint", checklist_id=desk.draft.checklist_id, key=here.key, _anchor=anchor)
        return redirect(address, 303)
    return show(
        "renew",
        desk,
        here=here,
        own=own,
        origin=origin,
        changes=changes(desk.document, after),
        question_key=question,
    )


def _id(origin: Origin | None) -> UUID:
    if origin is None:
        raise NotFound()
    return UUID(origin.id)


def _refuse_what_is_old(own: Kept, origin: Origin | None) -> None:
    if own.archived_at is not None or origin is None or own.number <= origin.version:
        raise Conflict("nothing_newer")
