"""The application with a promise broken: what finds nothing wrong with these finds nothing at all."""

from __future__ import annotations

import os
import time

from flask import Flask, Response, g, request

from shopper import app as honest
from shopper import database

A_MOMENT_S = 1.5


def create_app() -> Flask:
    """The application that acknowledges before it commits."""
    app = honest.create_app()
    app.after_request_funcs[None].remove(database._commit)
    app.after_request(_commit_afterwards)
    return app


def create_app_without_fsync() -> Flask:
    """The application that leaves files to the disk's own good time."""
    os.fsync = lambda _handle: None
    return honest.create_app()


def _commit_afterwards(response: Response) -> Response:
    session = g.pop("session", None)
    if session is not None:
        commits = request.method not in database.SAFE and response.status_code < 400

        def end() -> None:
            if commits:
                time.sleep(A_MOMENT_S)  # what a slow disk would take
                session.commit()
            session.close()

        response.call_on_close(end)
    return response
