"""What opens something is kept out of every log: the tokens of links are part of their addresses."""

from __future__ import annotations

import logging
import re
from typing import Any

from flask import Flask

SECRET = re.compile(r"(/links/)[^/\s?\"']+")
LOGGERS = ("gunicorn.access", "gunicorn.error", "werkzeug")


class HidesTokens(logging.Filter):
    """Takes the tokens of links out of whatever is logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without its secrets."""
        record.msg = _without(record.msg)
        if isinstance(record.args, dict):
            for name, value in list(record.args.items()):
                record.args[name] = _without(value)
        elif record.args:
            record.args = tuple(_without(value) for value in record.args)
        return True


def init_app(app: Flask) -> None:
    """Keep tokens out of the application's log and the web server's."""
    hides = HidesTokens()
    for logger in (app.logger, *map(logging.getLogger, LOGGERS)):
        if not any(isinstance(known, HidesTokens) for known in logger.filters):
            logger.addFilter(hides)


def _without(value: Any) -> Any:
    return SECRET.sub(r"\1…", value) if isinstance(value, str) else value
