"""When the disk is full or the database away: nothing was kept, it is said so, and later it works by itself."""

from __future__ import annotations

import errno
import sqlite3
import sys

import psycopg
from flask import Flask, Response, current_app
from sqlalchemy.exc import InterfaceError, OperationalError

from shopper import errors

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FULL, AWAY = 507, 503
AGAIN_S = 10


def init_app(app: Flask) -> None:
    """Answer what `app` cannot keep now in words, so that phones keep it and send it again."""
    app.register_error_handler(OSError, _file_failed)
    for failure in (OperationalError, InterfaceError):
        app.register_error_handler(failure, _database_failed)


def _file_failed(error: OSError) -> Response:
    if error.errno not in NO_ROOM:
        raise error
    return _answer(FULL)


def _database_failed(error: OperationalError | InterfaceError) -> Response:
    cause = error.orig
    is_full = isinstance(cause, psycopg.errors.DiskFull) or (
        isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    )
    return _answer(FULL if is_full else AWAY)


def _answer(status: int) -> Response:
    current_app.log_exception(sys.exc_info())
    code = "no_room" if status == FULL else "database_away"
    response = current_app.make_response(errors.answer(status, str(errors.ADVICE[status]), code=code))
    response.headers["Retry-After"] = str(AGAIN_S)
    return response
