"""Boxes for measures: a number with its decimals, a duration as people write it, a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import StringField

from evaluations.document.numbers import MOST_DIGITS, as_text
from evaluations.document.tree.measuring import LONGEST_DURATION
from shopper.forms import trimmed
from shopper.language import gettext as _

A_MEASURE = re.compile(r"-?\d{1,15}([.,]\d{1,6})?")
A_DURATION = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,4}):)?(\d{1,6}(?:[.,]\d)?)")
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_DECIMALS = 6


class MaybeField(StringField):
    """A box that may be left empty, then it holds None; else what `read` makes of the text."""

    data: Any
    read: Callable[[str], Any]
    write: Callable[[Any], str] = staticmethod(str)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        typed = (trimmed(valuelist[0]) or "") if valuelist else ""
        self.data = None
        self.data = self.read(typed) if typed else None


def number_of(typed: str) -> Decimal:
    """A number, typed with a point or a comma."""
    if not A_MEASURE.fullmatch(typed):
        raise ValueError(_("This is not a number: %(typed)s.", typed=typed[:20]))
    number = Decimal(typed.replace(",", "."))
    if len(as_text(number).lstrip("-").replace(".", "")) > MOST_DIGITS:
        raise ValueError(_("At most %(limit)s digits.", limit=MOST_DIGITS))
    return number


def seconds_of(typed: str) -> Decimal:
    """A duration in seconds: "95", "1:35" or "1:01:35", with at most one decimal."""
    found = A_DURATION.fullmatch(typed)
    if not found:
        raise ValueError(
            _("Write seconds (95) or minutes and seconds (1:35), not %(typed)s.", typed=typed[:20])
        )
    hours, minutes, rest = found.groups()
    seconds = Decimal(rest.replace(",", "."))
    if (minutes and seconds >= 60) or (hours and int(minutes) >= 60):
        raise ValueError(_("After a colon come at most 59."))
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + seconds
    if whole > LONGEST_DURATION:
        raise ValueError(_("A duration is shorter than 100 hours."))
    return whole


def seconds_as_typed(seconds: Decimal) -> str:
    """A duration as it is typed: "45", "1:35", "1:01:35"."""
    whole_minutes, rest = divmod(Decimal(seconds), 60)
    hours, minutes = divmod(int(whole_minutes), 60)
    if not hours and not minutes:
        return as_text(rest)
    padded = as_text(rest) if rest >= 10 else f"0{as_text(rest)}"
    return f"{hours}:{minutes:02}:{padded}" if hours else f"{minutes}:{padded}"


def day_of(typed: str) -> date:
    """A day, as a date box sends it."""
    try:
        if not A_DAY.fullmatch(typed):
            raise ValueError(typed)
        return date.fromisoformat(typed)
    except ValueError:
        raise ValueError(_("Enter a date, such as 2026-11-21.")) from None


class MeasureField(MaybeField):
    """A number, or nothing."""

    read = staticmethod(number_of)
    write = staticmethod(as_text)


class SecondsField(MaybeField):
    """A duration, or nothing."""

    read = staticmethod(seconds_of)
    write = staticmethod(seconds_as_typed)


class DayField(MaybeField):
    """A day, or nothing."""

    read = staticmethod(day_of)
