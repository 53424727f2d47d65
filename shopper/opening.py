"""How a location is reached, and its opening hours as people read them: days of the same hours together."""

from __future__ import annotations

import re
from itertools import groupby

from flask import Flask

from evaluations.fieldwork import hours
from evaluations.models import Location, LocationKind
from shopper.language import gettext as _
from shopper.wordings.importing import FIELDS

JOINED = "\N{WORD JOINER}–\N{WORD JOINER}"
"""A dash at which no line is broken."""
ICONS = {
    LocationKind.STORE: "building-store",
    LocationKind.PHONE_LINE: "phone",
    LocationKind.WEB: "world",
    LocationKind.MAILBOX: "mail",
}


def opening_hours(location: Location) -> list[tuple[str, str]]:
    """The days and their hours, such as ("Monday – Friday", "09:00–20:00"); nothing where none are known."""
    week = hours.read(location.hours)
    told = []
    for spans, days in groupby((day for day in hours.DAYS), key=week.get):
        if spans is None:
            continue
        first, *rest = days
        name = str(FIELDS[first])
        if rest:
            name = f"{name} – {FIELDS[rest[-1]]}"
        said = ", ".join(part.replace("-", JOINED) for part in hours.write_day(spans).split(", "))
        told.append((name, said if spans else _("closed all day")))
    return told


def kind_icon(kind: LocationKind) -> str:
    """The sign of a kind of location."""
    return ICONS[kind]


def dialled(number: str) -> str:
    """A telephone number as a phone dials it."""
    number = re.split(r"[xXeE]", number)[0]
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")


def init_app(app: Flask) -> None:
    """Give the filters to the templates."""
    for function in (opening_hours, kind_icon, dialled):
        app.jinja_env.filters[function.__name__] = function
