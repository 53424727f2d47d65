"""What happened, as one JSON line each on standard error, without anything about anybody.

A line tells the rule of an address and not the address, the kind of an error and not its message, and
of other libraries' lines the template and not what would fill it: ids, names and addresses stay out.
"""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, request

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OURS = ("shopper", "evaluations")
TALKATIVE = "Invalid request from ip="
"""How gunicorn begins a sentence that it has already filled with an address."""
log = logging.getLogger(__name__)


class Lines(logging.Formatter):
    """Each record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's own fields; of a record that has none only what cannot tell of anybody."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields: dict[str, Any] | None = getattr(record, "fields", None)
        if fields is None:
            fields = {"kind": "message", "level": record.levelname.lower(), "from": record.name}
            fields["text"] = _template(record.msg)
        if record.exc_info and record.exc_info[0]:
            fields = fields | failure(record.exc_info[0], record.exc_info[2])
        return json.dumps({"at": at} | fields, ensure_ascii=False)


def _template(message: object) -> str:
    if not isinstance(message, str):
        return type(message).__name__
    return "Invalid request" if message.startswith(TALKATIVE) else message


def failure(kind: type[BaseException], trace: TracebackType | None) -> dict[str, Any]:
    """An error by its kind and the places of our code that it passed; never by its message."""
    frames = traceback.extract_tb(trace)
    ours = [frame for frame in frames if f"/{OURS[0]}/" in frame.filename or f"/{OURS[1]}/" in frame.filename]
    where = [
        f"{'/'.join(frame.filename.rsplit('/', 3)[-2:])}:{frame.lineno}" for frame in ours or frames[-1:]
    ]
    return {"error": f"{kind.__module__}.{kind.__qualname__}", "where": where}


def speak() -> None:
    """Write this process's lines to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("shopper").setLevel(logging.INFO)


def tell(kind: str, *, level: int = logging.INFO, **fields: Any) -> None:
    """Write a line of this kind; fields are counts, durations and words of ours."""
    log.log(level, kind, extra={"fields": {"kind": kind} | fields})


def init_app(app: Flask) -> None:
    """Write a line for each request of `app`, and name the request to whoever made it."""
    app.before_request(_note_the_start)
    app.after_request(_tell_of_the_request)
    app.log_exception = _tell_of_the_failure  # type: ignore[method-assign, assignment]


def _note_the_start() -> None:
    g.began = time.perf_counter()
    g.request_name = secrets.token_hex(8)


def _about_the_request() -> dict[str, Any]:
    return {
        "method": request.method if request.method in METHODS else "OTHER",
        "route": request.url_rule.rule if request.url_rule else None,
        "request": g.get("request_name"),
    }


def _tell_of_the_request(response: Response) -> Response:
    if "began" in g:
        ms = round((time.perf_counter() - g.began) * 1000, 1)
        tell("request", **_about_the_request(), status=response.status_code, ms=ms)
        response.headers["X-Request-Id"] = g.request_name
    return response


def _tell_of_the_failure(told: Any) -> None:
    log.error("error", extra={"fields": {"kind": "error"} | _about_the_request()}, exc_info=told)
