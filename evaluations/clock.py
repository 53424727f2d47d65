"""The present moment, and moments as text. Only the edges ask what time it is."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment in UTC, for the edges: domain functions are handed a moment."""
    return datetime.now(UTC)


def from_wall_ms(milliseconds: int) -> datetime:
    """The moment that a phone's clock showed, from milliseconds since 1970 in UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def from_phone(milliseconds: int | None) -> datetime | None:
    """The same, or None where a phone's clock says nothing, or a year beyond our calendar.

    The calendar's first and last years are beyond it too: at their ends another zone is in a year that there is not,
    and what was measured since may end in one.
    """
    try:
        moment = None if milliseconds is None else from_wall_ms(milliseconds)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment and MINYEAR < moment.year < MAXYEAR else None


def written(moment: datetime) -> str:
    """`moment` as it travels: ISO 8601 in UTC to the millisecond, as JavaScript writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day of `moment` as people at a place in `zone` would call it."""
    return moment.astimezone(ZoneInfo(zone)).date()
