"""One session per request, and the one place that commits."""

from __future__ import annotations

from typing import cast

from flask import Flask, Response, current_app, g, has_request_context, request
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from evaluations import database
from shopper.queueing.bell import BELL

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Give each request of `app` a session on the engine of its installation, committed when it succeeded."""
    app.after_request(_commit)
    app.teardown_request(_close)


def _session() -> Session:
    if "session" not in g:
        engine: Engine = current_app.extensions["engine"]
        writes = has_request_context() and request.method not in SAFE
        g.session = Session(database.writing(engine) if writes else engine, autoflush=True)
        g.session.info[BELL] = current_app.extensions["bell"]
    return cast(Session, g.session)


db: Session = cast(Session, LocalProxy(_session))
"""The session of the present request."""


def keep_despite_refusal() -> None:
    """Commit this request's writes even when it is answered with a refusal (failed sign-ins are counted)."""
    g.keep = True


def _commit(response: Response) -> Response:
    session: Session | None = g.get("session")
    if session is not None and request.method not in SAFE:
        if response.status_code < 400 or g.get("keep", False):
            return _commit_or_say(session, response)
        session.rollback()
    return response


def _commit_or_say(session: Session, response: Response) -> Response:
    """Commit, or answer what the failure means instead: this is past where views' failures are answered."""
    try:
        session.commit()
    except DBAPIError as error:
        session.rollback()
        return current_app.make_response(current_app.handle_user_exception(error))
    return response


def _close(_error: BaseException | None) -> None:
    session: Session | None = g.pop("session", None)
    if session is not None:
        session.close()
