"""How a refusal reaches a person: the right status, in words, as a page or as JSON."""

from __future__ import annotations

import importlib
import pkgutil

from flask import Flask, Response, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from evaluations import errors
from shopper import wordings
from shopper.language import Lazy, lazy
from shopper.language import gettext as _

STATUS: dict[type[errors.Refusal], int] = {
    errors.NotFound: 404,
    errors.WrongState: 409,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.Unsupported: 415,
    errors.Invalid: 422,
}
TITLES = {
    400: lazy("That request could not be read"),
    401: lazy("Please sign in"),
    404: lazy("Nothing here"),
    405: lazy("That does not work here"),
    409: lazy("Something changed meanwhile"),
    413: lazy("That is too large"),
    415: lazy("That kind of file is not accepted"),
    422: lazy("Something needs another look"),
    429: lazy("Too many attempts"),
    500: lazy("Something broke on our side"),
    503: lazy("Not just now"),
    507: lazy("There is no room left"),
}
ADVICE = {
    400: lazy("Go back, load the page again and repeat what you did."),
    401: lazy("You are not signed in, or no longer."),
    404: lazy("This page does not exist, or it is not meant for you."),
    405: lazy("Go back and use the buttons of the page."),
    413: lazy("Send less at once."),
    500: lazy("Nothing that was confirmed before is lost. Please try again in a moment."),
    503: lazy(
        "The database does not answer. Nothing that was confirmed is lost. Please try again in a moment."
    ),
    507: lazy("The server's disk is full, so this was not kept. Nothing that was confirmed is lost."),
}

BUSY = lazy(
    "The server has no room for this just now. Nothing that was confirmed is lost. Please try again in a moment."
)


def all_words(table: str) -> dict[str, Lazy]:
    """The texts that the modules of wordings have under the name of `table`, by their codes."""
    words: dict[str, Lazy] = {}
    for found in pkgutil.iter_modules(wordings.__path__):
        module = importlib.import_module(f"{wordings.__name__}.{found.name}")
        for code, text in getattr(module, table, {}).items():
            if code in words:
                raise RuntimeError(f"{code} is worded twice")
            words[str(code)] = text
    return words


WORDS = all_words("WORDS")
STATES = all_words("STATES")


def words_of(refusal: errors.Refusal) -> str:
    """What a refusal says, in the reader's language."""
    text = WORDS.get(refusal.code)
    if text is None:
        raise RuntimeError(f"the refusal {refusal.code} has no words")
    values = {
        name: str(STATES.get(value, value)) if name in {"being", "wanted"} else value
        for name, value in refusal.values.items()
    }
    return text % values if values else str(text)


def status_of(refusal: errors.Refusal) -> int:
    """The HTTP status that goes with a refusal."""
    return next(status for kind, status in STATUS.items() if isinstance(refusal, kind))


def init_app(app: Flask) -> None:
    """Answer refusals and failures of `app` in words."""
    app.register_error_handler(errors.Refusal, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _failed)


def _refused(refusal: errors.Refusal) -> tuple[str | Response, int]:
    status = status_of(refusal)
    message = str(ADVICE[404]) if status == 404 else words_of(refusal)
    return answer(status, message, code=refusal.code)


def _forged(_error: CSRFError) -> tuple[str | Response, int]:
    return answer(400, _("This form was open for too long. Go back, load the page again and repeat it."))


def _failed(error: HTTPException) -> tuple[str | Response, int] | HTTPException:
    if error.code is None or error.code < 400:
        return error
    advice = ADVICE.get(error.code, ADVICE[400] if error.code < 500 else ADVICE[500])
    return answer(error.code, str(advice))


def answer(status: int, message: str, *, code: str | None = None) -> tuple[str | Response, int]:
    """A refusal with `status` as a page, or as JSON where the phone's scripts ask."""
    if request.path.startswith("/field/api/"):
        return jsonify(error={"code": code or f"http_{status}", "message": message}), status
    title = TITLES.get(status, TITLES[500 if status >= 500 else 400])
    return render_template("errors/refused.html", title=str(title), message=message, status=status), status
