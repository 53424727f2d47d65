"""How templates write dates, moments, percentages and wordings in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal
from flask import Flask

from evaluations.document.tree import Document
from evaluations.models import Role
from shopper.language import current_language, lazy

ROLES = {
    Role.OWNER: lazy("Owner"),
    Role.DESIGNER: lazy("Designer"),
    Role.SCHEDULER: lazy("Scheduler"),
    Role.EDITOR: lazy("Editor"),
    Role.SHOPPER: lazy("Shopper"),
    Role.CLIENT: lazy("Client user"),
}


def day(value: date | datetime | None, zone: str = "UTC") -> str:
    """A date as people say it, e.g. "Sat 21 Nov 2026"; a moment is taken in `zone`."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(zone)).date()
    return format_date(value, "EEE d MMM y", locale=locale())


def near_day(value: date) -> str:
    """A date that a shopper has before them, e.g. "Sat 21 Nov": nobody says the year of it.

    A phone without network says the same (static/js/field/times.js).
    """
    return format_date(value, "EEE d MMM", locale=locale())


def near_moment(value: datetime, zone: str) -> str:
    """A date and time of day in the place's own time, without the year."""
    return format_datetime(value, "EEE d MMM, HH:mm", tzinfo=ZoneInfo(zone), locale=locale())


def moment(value: datetime | None, zone: str = "UTC") -> str:
    """A date and time of day in the place's own time."""
    if value is None:
        return "–"
    return format_datetime(value, "EEE d MMM y, HH:mm", tzinfo=ZoneInfo(zone), locale=locale())


def ago(value: datetime | None, now: datetime) -> str:
    """How long ago or ahead `value` is from `now`, in words."""
    if value is None:
        return "–"
    apart: timedelta = value - now
    return format_timedelta(apart, add_direction=True, locale=locale())


def span(value: timedelta) -> str:
    """How long something took, in the largest unit that says it: "12 minutes"."""
    return format_timedelta(value, threshold=1.5, locale=locale())


def percent(millionths: int | None) -> str:
    """A stored percentage with one decimal, half up; a dash where there is none."""
    if millionths is None:
        return "–"
    tenths = (2 * millionths + 100_000) // 200_000
    return shown(str(Decimal(tenths) / 10))


def shown(figure: str | None) -> str:
    """A shown percentage such as "82.0" with the reader's decimal sign and the percent sign."""
    if figure is None:
        return "–"
    return f"{format_decimal(Decimal(figure), '0.0', locale=locale())}\N{NO-BREAK SPACE}%"


def number(value: Decimal | int | str) -> str:
    """A number with the reader's decimal sign and no superfluous zeros."""
    return str(format_decimal(Decimal(value), "0.##", locale=locale()))


def weight(byte_count: int) -> str:
    """How much a file weighs, as people say it: "3.4 MB"."""
    kilobytes = max(1, round(byte_count / 1000))
    if kilobytes < 1000:
        return f"{kilobytes}\N{NO-BREAK SPACE}kB"
    return (
        f"{format_decimal(Decimal(byte_count) / 1_000_000, '#,##0.0', locale=locale())}\N{NO-BREAK SPACE}MB"
    )


def wording(text: Mapping[Any, str], document: Document | None = None) -> str:
    """A wording in the reader's language, else in the document's first that has it."""
    order = (current_language(), *(document.languages if document else ()), *text)
    return next((text[language] for language in order if text.get(language)), "")


def role_name(role: Role) -> str:
    """What a role is called."""
    return str(ROLES[role])


def locale() -> str:
    """The reader's locale, for what Babel writes."""
    return {"en": "en_GB", "es": "es"}[current_language()]


def init_app(app: Flask) -> None:
    """Give the filters to the templates."""
    for function in (
        day,
        near_day,
        moment,
        near_moment,
        ago,
        span,
        percent,
        shown,
        number,
        weight,
        wording,
        role_name,
    ):
        app.jinja_env.filters[function.__name__] = function
