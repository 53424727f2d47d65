"""Saving in the library: a touchpoint of a draft, or one question of it, becomes part of the agency's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import drafting, drafts, own_questions, renewing
from evaluations.designing import own_touchpoints as domain
from evaluations.document.tree import AnyQuestion, Document, Origin, Touchpoint
from evaluations.errors import Conflict, Invalid, NotFound
from evaluations.models import OwnQuestion, OwnTouchpoint, Role
from evaluations.queries import own_touchpoints as queries
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import Desk, Page, desk_of, show
from shopper.admin.forms.checklists.own_touchpoint import (
    AS_A_FURTHER_ONE,
    OwnQuestionForm,
    ReplaceForm,
    SaveQuestionForm,
    SaveTouchpointForm,
)
from shopper.database import db
from shopper.errors import status_of
from shopper.language import gettext as _
from shopper.permissions import allowed


@bp.route("/<uuid:checklist_id>/draft/touchpoints/<key>/own-touchpoint", methods=["GET", "POST"])
@allowed(Role.DESIGNER)
def save_touchpoint(checklist_id: UUID, key: str) -> Response | Page:
    """Save a touchpoint of the draft as a new own one."""
    desk = desk_of(checklist_id)
    here = desk.touchpoint(key)
    form = SaveTouchpointForm.of(here)
    if form.accepted:
        try:
            entry = domain.entry_from(here, form.chosen_phases)
            own = domain.keep(db, form.name.data or "", entry, by=current_user.person, at=now())
            _link(desk, renewing.linked(here, entry, own.id, own.number))
            return _saved(desk, here, own.name)
        except Invalid as refusal:
            form.refuse(refusal)
            return _page_of_touchpoint(desk, here, form, status=422)
    return _page_of_touchpoint(desk, here, form, status=form.status)


@bp.post("/<uuid:checklist_id>/draft/touchpoints/<key>/replacements")
@allowed(Role.DESIGNER)
def replace_own_touchpoint(checklist_id: UUID, key: str) -> Response | Page:
    """Put a touchpoint of the draft in place of what an own one holds."""
    desk = desk_of(checklist_id)
    here = desk.touchpoint(key)
    own, edition = _named(request.form.get("own", ""))
    phases = domain.entry_of(own).phases
    try:
        entry = domain.entry_from(here, {*phases, here.phase})
        domain.replace(db, own, entry, edition, by=current_user.person, at=now())
        _link(desk, renewing.linked(here, entry, own.id, own.number))
    except (Conflict, Invalid) as refusal:
        form = SaveTouchpointForm(formdata=None, name="", phases=[here.phase.value])
        form.refuse(refusal)
        return _page_of_touchpoint(desk, here, form, status=status_of(refusal))
    return _saved(desk, here, own.name)


@bp.get("/<uuid:checklist_id>/draft/questions/<key>/own-touchpoint")
@allowed(Role.DESIGNER)
def save_question(checklist_id: UUID, key: str) -> Page:
    """Choose the own touchpoint, and the place in it, to which a question of the draft is saved."""
    desk = desk_of(checklist_id)
    question = desk.question(key)
    own = _chosen(queries.in_use(db, current_user.person), drafting.home_of(desk.document, key))
    questions = domain.entry_of(own).questions if own else ()
    form = SaveQuestionForm.of(questions, _nearest(questions, question))
    return _page_of_question(desk, question, own, form)


@bp.post("/<uuid:checklist_id>/draft/questions/<key>/own-touchpoint")
@allowed(Role.DESIGNER)
def keep_question(checklist_id: UUID, key: str) -> Response | Page:
    """Save a question of the draft back to an own touchpoint."""
    desk = desk_of(checklist_id)
    question = desk.question(key)
    own, edition = _named(request.form.get("own", ""))
    form = SaveQuestionForm.of(domain.entry_of(own).questions, None)
    if not form.accepted:
        return _page_of_question(desk, question, own, form, status=422)
    place = form.place.data or None
    try:
        domain.take_in(db, own, question, edition, in_place_of=place, by=current_user.person, at=now())
    except (Conflict, Invalid) as refusal:
        form = SaveQuestionForm.of(domain.entry_of(own).questions, None)
        form.refuse(refusal)
        return _page_of_question(desk, question, own, form, status=status_of(refusal))
    _link_part(desk, question, own)
    return _saved(desk, drafting.home_of(desk.document, key), own.name, anchor=f"question-{key}")


@bp.post("/<uuid:checklist_id>/draft/questions/<key>/own-question")
@allowed(Role.DESIGNER)
def keep_own_question(checklist_id: UUID, key: str) -> Response | Page:
    """Save a question of the draft by itself: as a new own one, or as the next version of one."""
    desk = desk_of(checklist_id)
    question = desk.question(key)
    form = OwnQuestionForm.of(question, queries.questions(db, current_user.person))
    if not form.accepted:
        return _page_of_question(desk, question, None, None, own_form=form, status=422)
    try:
        own = _kept(form, question)
    except (Conflict, Invalid) as refusal:
        form.refuse(refusal)
        return _page_of_question(desk, question, None, None, own_form=form, status=status_of(refusal))
    if question.origin is None or question.origin.key is None:
        linked = question.model_copy(update={"origin": Origin(id=str(own.id), version=own.number)})
        _keep_link(desk, drafting.change_question(desk.document, linked))
    return _saved(desk, drafting.home_of(desk.document, key), own.name, anchor=f"question-{key}")


def _kept(form: OwnQuestionForm, question: AnyQuestion) -> OwnQuestion:
    by, at, named = current_user.person, now(), form.named
    if named is None:
        return own_questions.keep(db, form.own_name.data or "", question, by=by, at=at)
    own = queries.question(db, named[0], reader=by)
    own_questions.replace(db, own, question, named[1], by=by, at=at)
    return own


def _link(desk: Desk, here: Touchpoint) -> None:
    """Let the draft's touchpoint remember what it was saved as."""
    _keep_link(
        desk,
        drafting.change_touchpoint(desk.document, here.key, origin=here.origin, questions=here.questions),
    )


def _link_part(desk: Desk, question: AnyQuestion, own: OwnTouchpoint) -> None:
    """Where a touchpoint gave the own one its newest question, it is of the newest version again."""
    here = drafting.home_of(desk.document, question.key)
    if here.origin is None or here.origin.id != str(own.id) or here.origin.version != own.number - 1:
        return
    entry = domain.entry_of(own)
    for each in entry.questions:
        if own_questions.alone(each).model_copy(update={"key": question.key}) == own_questions.alone(
            question
        ):
            origin = Origin(id=str(own.id), version=own.number, key=each.key)
            document = drafting.change_question(desk.document, question.model_copy(update={"origin": origin}))
            newest = Origin(id=str(own.id), version=own.number)
            _keep_link(desk, drafting.change_touchpoint(document, here.key, origin=newest))
            return


def _keep_link(desk: Desk, document: Document) -> None:
    drafts.save(db, desk.draft, document, desk.draft.edition, by=current_user.person, at=now())
    desk.document = document


def _page_of_question(
    desk: Desk,
    question: AnyQuestion,
    own: OwnTouchpoint | None,
    form: SaveQuestionForm | None,
    *,
    own_form: OwnQuestionForm | None = None,
    status: int = 200,
) -> Page:
    if own_form is None:
        own_form = OwnQuestionForm.of(question, queries.questions(db, current_user.person), sent=False)
    return show(
        "save_question",
        desk,
        here=drafting.home_of(desk.document, question.key),
        question=question,
        own=own,
        offered=queries.in_use(db, current_user.person),
        form=form,
        own_form=own_form,
        status=status,
    )


def _page_of_touchpoint(desk: Desk, here: Touchpoint, form: SaveTouchpointForm, *, status: int) -> Page:
    offered = queries.in_use(db, current_user.person)
    replacing = ReplaceForm.of(offered) if offered else None
    return show("save_touchpoint", desk, here=here, form=form, replacing=replacing, status=status)


def _saved(desk: Desk, here: Touchpoint, name: str, anchor: str | None = None) -> Response:
    flash(_("Saved in the library as “%(name)s”.", name=name))
    address = url_for(
        ".touchpoint", checklist_id=desk.draft.checklist_id, key=here.key, _anchor=anchor or None
    )
    return redirect(address, 303)


def _named(sent: str) -> tuple[OwnTouchpoint, int]:
    """The own touchpoint that a form names, and the edition that its page was made from."""
    words, _colon, edition = sent.partition(":")
    try:
        own_id = UUID(words)
    except ValueError:
        raise NotFound() from None
    own = queries.one(db, own_id, reader=current_user.person)
    return own, int(edition) if edition.isdecimal() and len(edition) < 10 else -1


def _chosen(offered: Sequence[OwnTouchpoint], here: Touchpoint) -> OwnTouchpoint | None:
    """The one that the address names, else the one that this touchpoint seems to come from, else the first."""
    wanted = request.args.get("own", "")
    for own in offered:
        if str(own.id) == wanted:
            return own
    for own in offered:
        if _stem(domain.entry_of(own).key) == _stem(here.key):
            return own
    return next(iter(offered), None)


def _nearest(questions: Sequence[AnyQuestion], question: AnyQuestion) -> str:
    """The key of the question that this one seems to come from, if any."""
    for each in questions:
        if each.key == question.key:
            return each.key
    same = (each.key for each in questions if _stem(each.key) == _stem(question.key))
    return next(same, AS_A_FURTHER_ONE)


def _stem(key: str) -> str:
    """A key without the number that it got because it was in use."""
    return re.sub(r"_\d+$", "", key)
