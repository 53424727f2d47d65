"""The library as a drawer of the designer: touchpoints to find and to add to the journey."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.designing import drafting, drafts, finding, renewing
from evaluations.designing.finding import Offer, Wanted
from evaluations.designing.keys import question_keys, touchpoint_keys
from evaluations.designing.library import Entry, find, placed
from evaluations.designing.own_questions import question_of
from evaluations.designing.own_touchpoints import entry_of
from evaluations.document.tree import Channel, Lens, Phase, Stage, Touchpoint
from evaluations.errors import Invalid, NotFound
from evaluations.models import Role
from evaluations.queries import own_touchpoints as queries
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import Desk, desk_of, show
from shopper.database import db
from shopper.language import gettext as _
from shopper.permissions import allowed

Word = TypeVar("Word", bound=StrEnum)
LONGEST_SEARCH = 100
OWN = "own"


@bp.get("/<uuid:checklist_id>/draft/library")
@allowed(Role.DESIGNER)
def library(checklist_id: UUID) -> tuple[str, int]:
    """Touchpoints to add: all, or those that fit the words and the filters."""
    desk = desk_of(checklist_id)
    wanted = _wanted()
    offered = finding.offers(queries.in_use(db, current_user.person))
    found = finding.found(offered, wanted)
    return show(
        "library",
        desk,
        wanted=wanted,
        groups=_grouped(found, wanted),
        found=len(found),
        total=len(offered),
        counts=finding.counts(offered, wanted),
        lenses_of=finding.lenses_of,
        in_use=touchpoint_keys(desk.document),
        own_in_use={each.origin.id for each in desk.document.touchpoints if each.origin},
        questions=finding.found_questions(queries.questions(db, current_user.person), wanted),
        into=request.args.get("into"),
    )


@bp.post("/<uuid:checklist_id>/draft/placements")
@allowed(Role.DESIGNER)
def place(checklist_id: UUID) -> Response:
    """Add a touchpoint of the library to the journey, in one of the phases that it fits."""
    desk = desk_of(checklist_id)
    touchpoint = _placed(desk, request.form.get("phase"))
    desk.keep(drafting.add_touchpoint(desk.document, touchpoint))
    return redirect(url_for(".touchpoint", checklist_id=checklist_id, key=touchpoint.key), 303)


@bp.post("/<uuid:checklist_id>/draft/touchpoints/<key>/own-questions")
@allowed(Role.DESIGNER)
def place_question(checklist_id: UUID, key: str) -> Response:
    """Add an own question to a touchpoint of the journey."""
    desk = desk_of(checklist_id)
    own = queries.question(db, _id_sent(), reader=current_user.person)
    if own.archived_at is not None:
        raise NotFound()
    question = renewing.taken_question(
        desk.document, question_of(own), own.id, own.number, used=_keys_used(desk)
    )
    desk.keep(drafting.add_question(desk.document, key, question))
    flash(_("“%(name)s” is added.", name=own.name))
    address = url_for(".touchpoint", checklist_id=checklist_id, key=key, _anchor=f"question-{question.key}")
    return redirect(address, 303)


def _id_sent() -> UUID:
    own_id = request.form.get("own", type=UUID)
    if own_id is None:
        raise NotFound()
    return own_id


def _placed(desk: Desk, phase: str | None) -> Touchpoint:
    """What the form names, placed: an own touchpoint that is in the library, or a built-in one."""
    own_id = request.form.get("own")
    if not own_id:
        entry = find(request.form.get("entry", ""))
        return placed(entry, taken=_keys_used(desk), phase=_phase(entry, phase))
    for own in queries.in_use(db, current_user.person):
        if str(own.id) == own_id:
            entry = entry_of(own)
            return renewing.taken(
                entry, own.id, own.number, used=_keys_used(desk), phase=_phase(entry, phase)
            )
    raise NotFound()


def _phase(entry: Entry, sent: str | None) -> Phase:
    if sent and sent not in set(Phase):
        raise Invalid("does_not_fit", field="phase", where="phase", reason=sent[:20])
    return Phase(sent) if sent else entry.phases[0]


def _keys_used(desk: Desk) -> frozenset[str]:
    given = drafts.keys_given(db, desk.draft.checklist)
    return question_keys(desk.document) | touchpoint_keys(desk.document) | given


def _wanted() -> Wanted:
    return Wanted(
        words=request.args.get("q", "").strip()[:LONGEST_SEARCH],
        phase=_member(Phase, "phase"),
        stage=_member(Stage, "stage"),
        channel=_member(Channel, "channel"),
        lens=_member(Lens, "lens"),
    )


def _member(words: type[Word], name: str) -> Word | None:
    """What the address says under `name`; what is no such word does not filter."""
    return next((word for word in words if word.value == request.args.get(name)), None)


def _grouped(found: list[Offer], wanted: Wanted) -> dict[str, list[Offer]]:
    """The own ones first, then the others by the phase that was asked for or is usual."""
    groups: dict[str, list[Offer]] = defaultdict(list)
    for offer in found:
        groups[OWN if offer.own else (wanted.phase or offer.entry.phases[0]).value].append(offer)
    return {name: groups[name] for name in (OWN, *Phase) if name in groups}
