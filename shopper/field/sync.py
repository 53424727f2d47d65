"""The addresses through which a phone's work arrives; `payloads` shows what travels.

A 2xx leaves here only after the one commit hook has committed, and for a photo after its bytes were durable. What is
sent for an evaluation that is unknown or somebody else's is kept apart as found work, with the same answers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, Response, current_app, jsonify, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from evaluations import clock
from evaluations.clock import now
from evaluations.errors import Conflict, Invalid, NotFound, Refusal, TooLarge
from evaluations.fieldwork import announcing, changes, submitting
from evaluations.fieldwork.found import keeping
from evaluations.models import Person, Photo, Role, SignIn
from evaluations.photos import intake
from evaluations.photos.store import PhotoStore
from evaluations.queries import follow_ups
from evaluations.queries import own_visits as queries
from shopper.database import db
from shopper.errors import words_of
from shopper.field import answers, digests, payloads
from shopper.field.origin import refuse_other_pages
from shopper.field.owner import refuse_other_peoples_work
from shopper.packing import pack
from shopper.permissions import allowed
from shopper.security import csrf

Taken = TypeVar("Taken")

bp = Blueprint("field_sync", __name__, url_prefix="/field/api/v1")
bp.before_request(refuse_other_pages)
bp.after_request(answers.drain)
bp.before_request(refuse_other_peoples_work)
bp.register_error_handler(Refusal, answers.refused)
bp.register_error_handler(HTTPException, answers.failed)
csrf.exempt(bp)  # `refuse_other_pages` protects these: a token would expire while a phone is offline


@bp.get("/me/visits")
@allowed(Role.SHOPPER)
def visits() -> Response:
    """What the shopper has to do or did lately."""
    at = now()
    own = queries.own_visits(db, current_user.person, at)
    return answers.success(
        {
            "server_time": clock.written(at),
            "visits": [payloads.visit(one) for one in own if not one.is_withdrawn],
            "withdrawn": [
                {"id": str(one.visit.id), "eid": str(one.evaluation.id)} for one in own if one.is_withdrawn
            ],
        }
    )


@bp.get("/visits/<uuid:visit_id>/package")
@allowed(Role.SHOPPER)
def package(visit_id: UUID) -> Response | tuple[Response, int]:
    """All that is needed to make the visit without signal."""
    own = queries.own_visit(db, current_user.person, visit_id)
    if own.is_withdrawn:
        refusal = Refusal("visit_withdrawn")
        eid = str(own.evaluation.id)
        return jsonify(error={"code": refusal.code, "message": words_of(refusal), "eid": eid}), 410
    response = pack(answers.success(payloads.package(own)))
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest())
    response.make_conditional(request)
    return response


@bp.post("/announce")
@allowed(Role.SHOPPER)
def announce() -> Response:
    """Take note of what a phone holds, and answer what of it is not here."""
    browser_id = current_user.row.id
    sent, reader = _received(lambda: announcing.read(answers.json_body(payloads.LARGEST_REQUEST)))
    if browser := db.get(SignIn, browser_id):
        announcing.recognise(db, browser, sent, by=reader, at=now())
    at = now()
    lacks = announcing.announce(db, sent, holds=_store().holds, by=reader, at=at)
    return answers.success(payloads.lacks(lacks, at))


@bp.post("/evaluations/<uuid:eid>/changes")
@allowed(Role.SHOPPER)
def store_changes(eid: UUID) -> Response:
    """Keep a batch of changes, each on its own merits."""
    batch, reader = _received(_batch)
    evaluation = queries.own_or_found(db, reader, eid)
    if evaluation is None:
        return answers.success(payloads.found(keeping.store(db, eid, batch, by=reader, at=now())))
    stored = changes.store(db, evaluation, batch, by=reader, at=now())
    return answers.success(payloads.stored(evaluation, stored))


@bp.put("/evaluations/<uuid:eid>/photos/<uuid:photo_id>")
@allowed(Role.SHOPPER)
def store_photo(eid: UUID, photo_id: UUID) -> Response:
    """Keep a photo: its bytes first, durably, and only then its row."""
    stated = digests.read(request.headers.get("Repr-Digest"))
    if queries.own_or_found(db, current_user.person, eid) is None:
        return _store_found_photo(eid, photo_id, stated)
    if (known := db.get(Photo, photo_id)) and _store().holds(known.sha256):
        return _known((known.evaluation_id, known.sha256) == (eid, stated), payloads.photo(known), stated)
    prepared, reader = _received(lambda: _prepared(stated))
    evaluation = queries.own_or_found(db, reader, eid)
    if evaluation is None:  # the visit was taken back meanwhile
        return _echo(_found_photo(eid, photo_id, prepared, reader), 201)
    changes.lock(db, evaluation)
    return _echo(payloads.photo(intake.record(db, evaluation, photo_id, prepared, by=reader, at=now())), 201)


def _store_found_photo(eid: UUID, photo_id: UUID, stated: str) -> Response:
    """Keep a photo of a visit that is unknown or not this shopper's, as any photo is kept."""
    known = keeping.look_for_photo(db, eid, photo_id, by=current_user.person)
    if known and _store().holds(known.sha256):
        return _known(known.sha256 == stated, payloads.found_photo(known), stated)
    keeping.refuse_what_is_too_much(db, current_user.person, request.content_length or 0)
    prepared, reader = _received(lambda: _prepared(stated))
    return _echo(_found_photo(eid, photo_id, prepared, reader), 201)


def _found_photo(eid: UUID, photo_id: UUID, prepared: intake.Prepared, reader: Person) -> dict[str, Any]:
    return payloads.found_photo(keeping.record_photo(db, eid, photo_id, prepared, by=reader, at=now()))


def _prepared(stated: str) -> intake.Prepared:
    return intake.prepare(_store(), _bytes(stated), request.mimetype)


def _store() -> PhotoStore:
    store: PhotoStore = current_app.extensions["photos"]
    return store


def _known(is_same: bool, held: dict[str, Any], stated: str) -> Response:
    """The same photo again is as good as new; other bytes never replace it."""
    _received(lambda: _bytes(stated))
    if not is_same:
        raise Conflict("photo_differs")
    return _echo(held, 200)


def _echo(photo: dict[str, Any], status: int) -> Response:
    response = answers.success(photo, status)
    response.headers["Repr-Digest"] = digests.write(photo["sha256"])
    return response


@bp.route("/evaluations/<uuid:eid>/photos/<uuid:photo_id>", methods=["HEAD"])
@allowed(Role.SHOPPER)
def look_for_photo(eid: UUID, photo_id: UUID) -> Response:
    """Whether the photo is here, and with which hash."""
    evaluation = queries.own_evaluation(db, current_user.person, eid)
    photo = queries.own_photo(db, current_user.person, photo_id)
    if photo.evaluation_id != evaluation.id or not _store().holds(photo.sha256):
        raise NotFound()
    return _echo(payloads.photo(photo), 200)


@bp.get("/evaluations/<uuid:eid>/state")
@allowed(Role.SHOPPER)
def state(eid: UUID) -> Response:
    """What the server holds and the phone may not: changes since a number, remarks, photos."""
    evaluation = queries.own_evaluation(db, current_user.person, eid)
    since = _since(request.args.get("since", "0"))
    last = _id(request.args.get("last"))
    here = queries.arrived_at(db, evaluation, since)
    reload = since > evaluation.arrivals or last not in {None, here}
    return answers.success(
        payloads.state(
            evaluation,
            queries.changes_since(db, evaluation, 0 if reload else since),
            here=here,
            last_return=queries.last_return(db, evaluation),
            photos=queries.photos_held(db, evaluation),
            receipt=queries.last_receipt(db, evaluation),
            follow_ups=follow_ups.asked(db, evaluation),
            reload=reload,
        )
    )


@bp.get("/evaluations/<uuid:eid>/receipts")
@allowed(Role.SHOPPER)
def receipts(eid: UUID) -> Response:
    """The receipts that were given, for a phone that lost the answer to a hand-in."""
    evaluation = queries.own_evaluation(db, current_user.person, eid)
    given = submitting.receipts(db, evaluation)
    return answers.success({"receipts": [payloads.receipt(one) for one in given]})


@bp.put("/evaluations/<uuid:eid>/submissions/<uuid:submission_id>")
@allowed(Role.SHOPPER)
def hand_in(eid: UUID, submission_id: UUID) -> Response:
    """Hand a round in, and answer with the receipt for it."""
    sent, reader = _received(lambda: submitting.read(answers.json_body(payloads.LARGEST_REQUEST)))
    evaluation = queries.own_or_found(db, reader, eid)
    if evaluation is None:
        receipt = keeping.submit(db, eid, submission_id, sent, by=reader, at=now())
    else:
        receipt = submitting.submit(db, evaluation, submission_id, sent, by=reader, at=now())
    return answers.success(payloads.receipt(receipt))


def _received(take: Callable[[], Taken]) -> tuple[Taken, Person]:
    """What `take` makes of the request's body, and who sent it.

    Nothing is locked meanwhile: a phone with a bad signal may take minutes, and decoding and fsync take their time.
    """
    reader_id = current_user.person.id
    db.rollback()
    taken = take()
    return taken, db.get_one(Person, reader_id)


def _bytes(stated: str) -> bytes:
    body = answers.body(intake.MOST_BYTES, too_large="photo_too_large", unit=intake.MEBIBYTE)
    if hashlib.sha256(body).hexdigest() != stated:
        raise Invalid("digest_differs")
    return body


def _batch() -> list[Any]:
    envelope = answers.json_body(payloads.LARGEST_REQUEST)
    batch = envelope.get("changes") if isinstance(envelope, dict) else None
    if not isinstance(batch, list):
        raise Invalid("unreadable_envelope")
    if len(batch) > changes.MOST_CHANGES:
        raise TooLarge("too_many_changes", limit=changes.MOST_CHANGES)
    return batch


def _since(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Invalid("bad_cursor", field="since")
    return int(text)


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text is not None else None
    except ValueError:
        raise Invalid("bad_cursor", field="last") from None
