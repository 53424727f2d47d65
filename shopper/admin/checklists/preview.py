"""A checklist as a shopper will meet it: the phone's own page, with a score beside it that only the office sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, jsonify, render_template, request
from flask_login import current_user

from evaluations.document import canonical
from evaluations.document.answers import Answer
from evaluations.document.kinds import read_answer, take_answer
from evaluations.document.tree import AnyQuestion, Document
from evaluations.errors import Invalid
from evaluations.models import Role, Version
from evaluations.queries import checklists as queries
from evaluations.scoring.scorecard import score
from shopper import security
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import desk_of
from shopper.admin.checklists.driving import Wheel, offered
from shopper.admin.checklists.reasons import reasons
from shopper.database import db
from shopper.language import current_language, speaking
from shopper.permissions import allowed


@bp.get("/<uuid:checklist_id>/draft/preview")
@allowed(Role.DESIGNER)
def preview(checklist_id: UUID) -> str:
    """The draft at phone width."""
    return _preview(desk_of(checklist_id).draft)


@bp.get("/<uuid:checklist_id>/draft/preview/phone")
@allowed(Role.DESIGNER)
def phone(checklist_id: UUID) -> str:
    """The phone's page of the draft."""
    return _phone(desk_of(checklist_id).draft)


@bp.post("/<uuid:checklist_id>/draft/preview/scores")
@allowed(Role.DESIGNER)
def score_preview(checklist_id: UUID) -> Response:
    """What the answers given in the preview would score; nothing is kept."""
    return _scored(desk_of(checklist_id).draft)


@bp.get("/<uuid:checklist_id>/versions/<int:number>/preview")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def preview_version(checklist_id: UUID, number: int) -> str:
    """A published version at phone width."""
    return _preview(_version(checklist_id, number))


@bp.get("/<uuid:checklist_id>/versions/<int:number>/preview/phone")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def phone_version(checklist_id: UUID, number: int) -> str:
    """The phone's page of a published version."""
    return _phone(_version(checklist_id, number))


@bp.post("/<uuid:checklist_id>/versions/<int:number>/preview/scores")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def score_version(checklist_id: UUID, number: int) -> Response:
    """What the answers given in the preview would score; nothing is kept."""
    return _scored(_version(checklist_id, number))


def _version(checklist_id: UUID, number: int) -> Version:
    return queries.version(db, checklist_id, number, reader=current_user.person)


def _preview(version: Version) -> str:
    security.let_frame()
    document = canonical.read(version.document)
    return render_template(
        "admin/checklists/preview.html",
        version=version,
        checklist=version.checklist,
        document=document,
        language=_language(document),
        **_told(document, {}),
        wheel=Wheel(version, document),
        **offered(document),
    )


def _phone(version: Version) -> str:
    security.let_be_framed()
    document = canonical.read(version.document)
    with speaking(_language(document)):
        return render_template(
            "admin/checklists/preview_phone.html",
            checklist=version.checklist,
            document=document,
            document_text=version.document,
        )


def _scored(version: Version) -> Response:
    document = canonical.read(version.document)
    sent = request.get_json(silent=True)
    answers = _answers(document, sent)
    html = render_template("admin/checklists/_score.html", document=document, **_told(document, answers))
    asked = [question.key for question in document.questions()]
    return jsonify(html=html, left=sorted(_unfit(document, sent)), asked=asked)


def _told(document: Document, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """What answers score, and touchpoint by touchpoint why."""
    card = score(document, answers)
    return {"card": card, "parts": reasons(document, card)}


def _language(document: Document) -> str:
    """The language asked for, else the reader's own, as far as the document speaks it."""
    for language in (request.args.get("language", ""), current_language()):
        if language in document.languages:
            return language
    return document.languages[0]


def _unfit(document: Document, sent: Any) -> set[str]:
    """The keys of those sent answers that the document no longer takes: what they answer is gone, or asks otherwise."""
    given = sent if isinstance(sent, dict) else {}
    questions = {question.key: question for question in document.questions()}
    return {key for key, raw in given.items() if key not in questions or not _is_taken(questions[key], raw)}


def _is_taken(question: AnyQuestion, raw: Any) -> bool:
    try:
        take_answer(question, raw)
    except Invalid:
        return False
    return True


def _answers(document: Document, sent: Any) -> dict[str, Answer]:
    """Those of the sent answers that can be read; what cannot is blank, as on the phone."""
    given: Mapping[str, Any] = sent if isinstance(sent, dict) else {}
    answers: dict[str, Answer] = {}
    for question in document.questions():
        if question.key not in given:
            continue
        try:
            answers[question.key] = read_answer(question, given[question.key])
        except Invalid:
            continue
    return answers
