"""Opening hours: for each day of the week some spans of time, closed, or not known.

They are kept as one line, `mon 09:00-14:00,17:00-20:30; sun closed`, in the order of the week; a day that is
not named is not known. A span that closes before it opens goes over midnight.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from evaluations.errors import Invalid

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60
MOST_SPANS = 4
LONGEST_DAY = 120
CLOSED = frozenset(
    {
        "closed",
        "closed all day",
        "cerrado todo el día",
        "shut",
        "cerrado",
        "cerrada",
        "cierra",
        "x",
        "-",
        "–",
        "—",
    }
)
ALL_DAY = re.compile(r"24 ?h(ours|oras|rs|s)?")
DASH = re.compile(r"\s*[-‐‑‒–—−~]\s*|\s+(?:to|till|until|a|hasta)\s+")
BETWEEN_SPANS = re.compile(r"\s*[,;/&+\n]\s*|\s+(?:y|and)\s+")
TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::00)?\s*h?\s*(a\.?m\.?|p\.?m\.?)?")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From when until when, in minutes after midnight."""

    opens: int
    closes: int

    @property
    def ends(self) -> int:
        """When it closes, counted from the midnight before it opened."""
        return self.closes if self.closes > self.opens else self.closes + MIDNIGHT


Day = tuple[Span, ...]
"""The spans of a day in their order; none of them when the place is closed."""
Hours = Mapping[str, Day]


def read_day(text: str, *, field: str) -> Day | None:
    """What somebody typed for one day, in English or Spanish; None when it says nothing."""
    said = " ".join(text.split("\n")).strip().casefold()
    if not said:
        return None
    if said in CLOSED:
        return ()
    if ALL_DAY.fullmatch(said):
        return (Span(0, MIDNIGHT),)
    if len(said) > LONGEST_DAY:
        raise Invalid("hours_unreadable", field=field)
    spans = tuple(sorted(_span(part, field) for part in BETWEEN_SPANS.split(said) if part))
    if len(spans) > MOST_SPANS:
        raise Invalid("hours_too_many", field=field, most=MOST_SPANS)
    return spans


def write_day(day: Day | None, *, closed: str = "closed") -> str:
    """A day as it is read again; `closed` is the word for a day without any span."""
    if day is None:
        return ""
    return ", ".join(f"{_clock(span.opens)}-{_clock(span.closes)}" for span in day) or closed


def read(line: str) -> Hours:
    """The hours that are kept in `line`."""
    named = (part.split(" ", 1) for part in line.split("; ") if part)
    week = {day: read_day(said, field=day) for day, said in named}
    return {day: spans for day, spans in week.items() if spans is not None}


def write(hours: Hours) -> str:
    """The line that keeps `hours`; refused where two spans overlap."""
    _refuse_overlaps(hours)
    return "; ".join(f"{day} {write_day(hours[day]).replace(', ', ',')}" for day in DAYS if day in hours)


def _refuse_overlaps(hours: Hours) -> None:
    for place, day in enumerate(DAYS):
        spans = hours.get(day, ())
        following = hours.get(DAYS[(place + 1) % 7], ())
        starts = [span.opens for span in spans[1:]] + [span.opens + MIDNIGHT for span in following[:1]]
        if any(start < span.ends for span, start in zip(spans, starts, strict=False)):
            raise Invalid("hours_overlap", field=day)


def _span(text: str, field: str) -> Span:
    ends = DASH.split(text)
    if len(ends) != 2:
        raise Invalid("hours_unreadable", field=field)
    opens, closes = (_minutes(end.strip(), field) for end in ends)
    if opens == MIDNIGHT or (opens == closes and opens != 0):
        raise Invalid("hours_unreadable", field=field)
    return Span(opens, closes or MIDNIGHT)


def _minutes(text: str, field: str) -> int:
    found = TIME.fullmatch(text)
    if not found:
        raise Invalid("hours_unreadable", field=field)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        raise Invalid("hours_unreadable", field=field)
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    minutes = hour * 60 + minute
    if minute > 59 or minutes > MIDNIGHT:
        raise Invalid("hours_unreadable", field=field)
    return minutes


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
