"""The reference pictures of a checklist: uploaded to a question, and shown to whoever may read the checklist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from flask import Response as FlaskResponse
from flask import current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from evaluations.clock import now
from evaluations.designing import drafting
from evaluations.document.tree import AnyQuestion, Picture
from evaluations.document.tree.question import MOST_PICTURES
from evaluations.errors import Conflict, Invalid, NotFound, Refusal
from evaluations.models import (
    Kept,
    KeptVersion,
    OwnQuestionVersion,
    OwnTouchpointVersion,
    Role,
    TemplateVersion,
)
from evaluations.photos import pictures as domain
from evaluations.photos.pictures import MOST_BYTES, Drawn
from evaluations.queries import checklists as queries
from evaluations.queries import own_touchpoints as library
from shopper import pictures
from shopper.admin.checklists.blueprint import bp
from shopper.admin.checklists.desk import Desk, Page, desk_of
from shopper.admin.checklists.questions import TOO_LARGE, page_of_question
from shopper.admin.forms.checklists.kinds import FORMS
from shopper.database import db
from shopper.errors import status_of, words_of
from shopper.permissions import allowed
from shopper.uploads import accepts

LONGEST_NAME = 80
"""Characters of a file's name that are said."""
SHELVES: dict[str, tuple[Callable[..., Kept], type[KeptVersion]]] = {
    "touchpoints": (library.one, OwnTouchpointVersion),
    "questions": (library.question, OwnQuestionVersion),
    "templates": (library.template, TemplateVersion),
}
"""What the own library keeps, by the word in its pictures' addresses: how one is found, and its versions."""


def _question(checklist_id: UUID, key: str, picture: str | None = None) -> str:
    """The address of the pictures of a question, with what it says of the last upload, if anything."""
    return url_for(
        "checklists.question", checklist_id=checklist_id, key=key, picture=picture, _anchor="pictures"
    )


@bp.post("/<uuid:checklist_id>/draft/questions/<key>/pictures")
@allowed(Role.DESIGNER)
@accepts(MOST_BYTES, back=partial(_question, picture=TOO_LARGE))
def add_pictures(checklist_id: UUID, key: str) -> Response | Page:
    """Add what was uploaded to a question; it is drawn anew apart from here, and nothing is locked meanwhile."""
    try:
        _refuse_too_many(desk_of(checklist_id).question(key), 1)
        drawn = _drawn()
        desk = desk_of(checklist_id)
        _add(desk, desk.question(key), drawn)
    except (NotFound, Conflict):
        raise
    except Refusal as refusal:
        db.rollback()
        return _refused(desk_of(checklist_id), key, refusal)
    return redirect(_question(checklist_id, key), 303)


@bp.get("/<uuid:checklist_id>/pictures/<sha256>/<size>")
@allowed(Role.DESIGNER, Role.SCHEDULER)
def picture(checklist_id: UUID, sha256: str, size: str) -> FlaskResponse:
    """A picture that a version of the checklist names."""
    if not queries.names_picture(db, checklist_id, sha256, reader=current_user.person):
        raise NotFound()
    return pictures.send_reference(sha256, size)


@bp.get("/library/<shelf>/<uuid:kept_id>/pictures/<sha256>/<size>")
@allowed(Role.DESIGNER)
def library_picture(shelf: str, kept_id: UUID, sha256: str, size: str) -> FlaskResponse:
    """A picture that a version of something in the agency's own library names."""
    if shelf not in SHELVES:
        raise NotFound()
    find, model = SHELVES[shelf]
    kept = find(db, kept_id, reader=current_user.person)
    if not library.names_picture(db, model, kept, sha256):
        raise NotFound()
    return pictures.send_reference(sha256, size)


def _drawn() -> list[Drawn]:
    """What was sent as pictures of ours, durable in the store."""
    sent = [file for file in request.files.getlist("picture") if file.filename]
    if not sent:
        raise Invalid("picture_arrived_empty", field="picture")
    if len(sent) > MOST_PICTURES:
        raise Invalid("too_many_pictures", field="picture", limit=MOST_PICTURES)
    bodies = [(file.filename or "", _read(file), file.mimetype) for file in sent]
    db.rollback()
    drawn = [_redrawn(*each, of=len(bodies)) for each in bodies]
    domain.keep(current_app.extensions["photos"], drawn)
    return drawn


def _redrawn(name: str, body: bytes, declared: str, *, of: int) -> Drawn:
    """One of several files as a picture of ours; a refusal says which it was, and that nothing was taken."""
    try:
        return domain.draw(body, declared)
    except Refusal as refusal:
        if of > 1:
            told = {"file": name[:LONGEST_NAME], "why": words_of(refusal)}
            raise type(refusal)("one_of_the_pictures", field="picture", **told) from refusal
        raise


def _read(file: FileStorage) -> bytes:
    body = file.stream.read(MOST_BYTES + 1)
    file.close()
    return body


def _add(desk: Desk, question: AnyQuestion, drawn: Sequence[Drawn]) -> None:
    """Let the question show the pictures too."""
    shown = {picture.sha256 for picture in question.pictures}
    fresh = [sha256 for sha256 in dict.fromkeys(each.sha256 for each in drawn) if sha256 not in shown]
    if not fresh:
        raise Invalid("picture_there_already", field="picture")
    _refuse_too_many(question, len(fresh))
    domain.record(db, drawn, by=current_user.person, at=now())
    added = (*question.pictures, *(Picture(sha256=sha256) for sha256 in fresh))
    desk.keep(drafting.change_question(desk.document, drafting.changed(question, pictures=added)))


def _refuse_too_many(question: AnyQuestion, more: int) -> None:
    if len(question.pictures) + more > MOST_PICTURES:
        raise Invalid("too_many_pictures", field="picture", limit=MOST_PICTURES)


def _refused(desk: Desk, key: str, refusal: Refusal) -> Page:
    """The question as it stands, with what was wrong with the upload."""
    question = desk.question(key)
    form = FORMS[question.kind].showing(question)
    here = drafting.home_of(desk.document, key)
    return page_of_question(
        desk, here, form, question, picture_fault=words_of(refusal), status=status_of(refusal)
    )
