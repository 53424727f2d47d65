"""What may stand in an address."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map


class Number(IntegerConverter):
    """A number that a database can hold; an address with a larger one does not exist."""

    def __init__(self, url_map: Map, *args: Any, **given: Any) -> None:
        super().__init__(url_map, *args, **{"max": 2**31 - 1, **given})


def init_app(app: Flask) -> None:
    """Read numbers in addresses so; it has to come before the views."""
    app.url_map.converters["int"] = Number
