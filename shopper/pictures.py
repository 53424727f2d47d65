"""A photo as an answer: one of its smaller sizes, kept by nobody on the way."""

from __future__ import annotations

from flask import Response, abort, current_app

from evaluations.photos.store import DERIVED, DERIVED_TYPE, PhotoStore


def send(sha256: str, size: str) -> Response:
    """The picture in `size` (web, print or thumbnail); any other size does not exist."""
    if size not in DERIVED:
        abort(404)
    store: PhotoStore = current_app.extensions["photos"]
    response = Response(store.open(sha256, size).read_bytes(), mimetype=DERIVED_TYPE)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = "inline"
    return response
