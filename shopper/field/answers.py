"""The JSON envelope: `{"data": ...}` for a success, `{"error": {"code", "message", ...}}` for anything else."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, current_app, jsonify, request
from werkzeug.exceptions import HTTPException

from evaluations.errors import Invalid, Refusal, TooLarge, Unsupported
from shopper import uploads
from shopper.database import SAFE, db
from shopper.errors import status_of, words_of
from shopper.language import gettext as _
from shopper.language import lazy

STATUS_WORDS = {
    401: ("signed_out", lazy("You are signed out. What is on this phone is safe; sign in to send it.")),
    403: ("foreign_page", lazy("Only this product's own pages may send this.")),
    404: ("not_found", lazy("This does not exist, or it is not meant for you.")),
    405: ("bad_method", lazy("That does not work at this address.")),
    413: ("too_large", lazy("This is more than is accepted at once.")),
}


def success(data: dict[str, Any], status: int = 200) -> Response:
    """`data` in the envelope."""
    return current_app.response_class(
        json.dumps({"data": data}, ensure_ascii=False, separators=(",", ":")),
        status,
        mimetype="application/json",
    )


def refused(refusal: Refusal) -> tuple[Response, int]:
    """A refusal in the envelope, with all that it says."""
    status = status_of(refusal)
    message = str(STATUS_WORDS[404][1]) if status == 404 else words_of(refusal)
    field = {} if refusal.field is None else {"field": refusal.field}
    return jsonify(error=refusal.values | field | {"code": refusal.code, "message": message}), status


def failed(error: HTTPException) -> tuple[Response, int] | HTTPException:
    """A failure that is no refusal of the domain, in the envelope."""
    if error.code is None or error.code < 400:
        return error
    code, words = STATUS_WORDS.get(error.code, (f"http_{error.code}", None))
    message = str(words) if words else _("Something broke on our side. What is on this phone is safe.")
    return jsonify(error={"code": code, "message": message}), error.code


def body(limit: int, *, too_large: str = "too_large", unit: int = 1) -> bytes:
    """The request's body, read in pieces and never more than `limit` bytes of it.

    A longer one is refused with the code `too_large`, whose limit is in units of `unit` bytes.
    """
    request.max_content_length = limit + uploads.MOST_DRAINED
    if request.content_length is not None and request.content_length > limit:
        raise TooLarge(too_large, limit=limit // unit)
    pieces, size = [], 0
    while piece := request.stream.read(uploads.PIECE):
        size += len(piece)
        if size > limit:
            raise TooLarge(too_large, limit=limit // unit)
        pieces.append(piece)
    return b"".join(pieces)


def drain(response: Response) -> Response:
    """Read what is left of a refused body, within reason, with nothing locked meanwhile.

    A browser that is cut off while it sends never sees the answer, and would send the same again for ever.
    """
    if response.status_code >= 400 and request.method not in SAFE:
        db.rollback()
        uploads.drain()
    return response


def json_body(limit: int) -> Any:
    """The JSON that the request carries; lone surrogates are let through, for what holds them to refuse."""
    if request.mimetype != "application/json":
        raise Unsupported("not_json")
    try:
        return json.loads(body(limit).decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Invalid("unreadable_envelope") from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
