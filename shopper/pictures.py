"""A photo or a reference picture as an answer."""

from __future__ import annotations

from flask import Response, abort, current_app

from evaluations.errors import NotFound
from evaluations.photos.store import DERIVED, DERIVED_TYPE, PhotoStore, Size

REFERENCE_SIZES = {"picture": Size.ORIGINAL, "thumbnail": Size.THUMBNAIL}
"""Of a reference picture the original is one that we drew: it may be shown, and its hash is its name."""


def send(sha256: str, size: str) -> Response:
    """The photo in `size` (web, print or thumbnail), kept by nobody on the way; any other size does not exist."""
    if size not in DERIVED:
        abort(404)
    return _sent(sha256, Size(size), "private, no-store")


def send_reference(sha256: str, size: str = "picture") -> Response:
    """The reference picture in `size` (picture or thumbnail). What its address names never changes."""
    if size not in REFERENCE_SIZES:
        raise NotFound()
    return _sent(sha256, REFERENCE_SIZES[size], "private, max-age=86400, immutable")


def _sent(sha256: str, size: Size, keeping: str) -> Response:
    store: PhotoStore = current_app.extensions["photos"]
    response = Response(store.open(sha256, size).read_bytes(), mimetype=DERIVED_TYPE)
    response.headers["Cache-Control"] = keeping
    response.headers["Content-Disposition"] = "inline"
    return response
