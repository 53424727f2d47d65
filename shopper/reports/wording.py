"""How dates, figures and quotations are written in a report: the filters of its templates."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from evaluations.scoring import bands
from shopper import filters
from shopper.language import current_language

QUOTES = {"en": "“{}”", "es": "«{}»"}


def long_day(moment: datetime, zone: str) -> str:
    """A date in full in the place's own calendar: "Saturday 14 March 2026"."""
    return format_date(moment.astimezone(ZoneInfo(zone)).date(), "full", locale=filters.locale())


def short_day(moment: datetime, zone: str) -> str:
    """A date in few letters: "14 Mar 2026"."""
    return format_date(moment.astimezone(ZoneInfo(zone)).date(), "medium", locale=filters.locale())


def clock(moment: datetime, zone: str) -> str:
    """The time of day at the place: "12:05"."""
    return format_time(moment.astimezone(ZoneInfo(zone)), "HH:mm", locale=filters.locale())


def bare(figure: str) -> str:
    """A shown percentage with the reader's decimal sign, without the per cent sign."""
    return bare_percent(filters.shown(figure))


def bare_percent(said: str) -> str:
    """A percentage as it is said, without its per cent sign."""
    return said.rstrip("%\N{NO-BREAK SPACE}")


def exact(points: Fraction) -> str:
    """Points with at most two decimals."""
    rounded = Decimal(points.numerator) / Decimal(points.denominator)
    return filters.number(rounded.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def percentage(value: Decimal) -> str:
    """A target, cap or border as it was set: "80 %"."""
    return f"{filters.number(value)}\N{NO-BREAK SPACE}%"


def share(part: Fraction) -> str:
    """A part of the whole: "20 %", "33.3 %"."""
    return percentage(bands.shown(part))


def excerpt(text: str, longest: int) -> str:
    """The beginning of `text`, cut between words."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    return flat[: longest + 1].rsplit(" ", 1)[0][:longest].rstrip(" ,;:.–-") + "…"


def quoted(text: str) -> str:
    """`text` in the quotation marks of the reader's language."""
    return QUOTES[current_language()].format(text)


def spaced(text: str) -> str:
    """A hash in groups of eight, so that it can be read and may be broken."""
    return " ".join(text[start : start + 8] for start in range(0, len(text), 8))
