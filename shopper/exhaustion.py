"""When the disk is full, or database or memory are away: nothing was kept, it is said so, and later it works."""

from __future__ import annotations

import errno
import sqlite3
import sys

import psycopg
from flask import Flask, Response, current_app
from sqlalchemy.exc import InterfaceError, OperationalError

from evaluations.confined import NotStarted
from shopper import errors

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
ANSWERS = {
    "no_room": (507, errors.ADVICE[507]),
    "database_away": (503, errors.ADVICE[503]),
    "busy": (503, errors.BUSY),
}
AGAIN_S = 10


def init_app(app: Flask) -> None:
    """Answer what `app` cannot keep now in words, so that phones keep it and send it again."""
    app.register_error_handler(OSError, _file_failed)
    for failure in (OperationalError, InterfaceError):
        app.register_error_handler(failure, _database_failed)


def _file_failed(error: OSError) -> Response:
    if isinstance(error, NotStarted):
        return _answer("busy")
    if error.errno not in NO_ROOM:
        raise error
    return _answer("no_room")


def _database_failed(error: OperationalError | InterfaceError) -> Response:
    cause = error.orig
    code = getattr(cause, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_ERROR:  # a statement of ours is wrong; waiting would not mend it
        raise error
    is_full = isinstance(cause, psycopg.errors.DiskFull) or code == sqlite3.SQLITE_FULL
    return _answer("no_room" if is_full else "database_away")


def _answer(code: str) -> Response:
    current_app.log_exception(sys.exc_info())
    status, advice = ANSWERS[code]
    response = current_app.make_response(errors.answer(status, str(advice), code=code))
    response.headers["Retry-After"] = str(AGAIN_S)
    return response
