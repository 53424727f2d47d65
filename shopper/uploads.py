"""Files that people send with a form: measured before they are read, with nothing locked meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from flask import Flask, current_app, redirect, request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.wrappers import Response

from evaluations.errors import TooLarge
from shopper.database import SAFE, db

View = TypeVar("View", bound=Callable[..., Any])
MEBIBYTE = 1024 * 1024
AROUND = 100_000
"""Bytes of a request that are not the file's own."""
PIECE = 65_536
MOST_DRAINED = 64_000_000


def accepts(most_bytes: int, *, back: Callable[..., str] | None = None) -> Callable[[View], View]:
    """Let the view take a file of up to `most_bytes` with its form.

    Whoever sends more is told so at the address that `back` makes of the view's arguments, else on a page by itself.
    """

    def mark(view: View) -> View:
        view.most_bytes = most_bytes  # type: ignore[attr-defined]
        view.back = back  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    """Measure what is sent to the views of `app` that take files."""
    app.before_request(_measure)


def drain() -> None:
    """Read what is left of a refused body, within reason: a browser that is cut off never sees the answer."""
    request.max_content_length = max(request.max_content_length or 0, MOST_DRAINED)
    with suppress(RequestEntityTooLarge, ClientDisconnected):
        while request.stream.read(PIECE):
            pass


def _measure() -> Response | None:
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "most_bytes", None)
    if most is None or request.method in SAFE:
        return None
    db.rollback()
    request.max_content_length = most + AROUND
    if (request.content_length or 0) > most + AROUND:
        drain()
        back = getattr(view, "back", None)
        if back is not None:
            return redirect(back(**request.view_args or {}), 303)
        raise TooLarge("file_too_large", limit=most // MEBIBYTE)
    _ = request.form  # it arrives now, before anything asks the database again
    return None
