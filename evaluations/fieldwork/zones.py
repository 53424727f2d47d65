"""Time zones: those that a location may keep, and the one that lies at a place on the globe."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

HALF_A_YEAR = timedelta(days=182)


@cache
def known_zones() -> frozenset[str]:
    """The names of all time zones; looked up once, since each look reads hundreds of files."""
    return frozenset(available_timezones())


@cache
def time_zones() -> tuple[str, ...]:
    """The names of places whose time a location may keep, in the order of the alphabet."""
    names = (name for name in known_zones() if "/" in name or name == "UTC")
    return tuple(sorted(name for name in names if not name.startswith(("Etc/", "SystemV/"))))


def zone_at(latitude: float, longitude: float) -> str | None:
    """The time zone at these coordinates, near a border perhaps its neighbour; None at sea.

    It is for proposing only: somebody looks at it before it counts.
    """
    from tzfpy import get_tz  # its map takes half a second and 34 MB, for who asks

    zone = get_tz(longitude, latitude)
    return zone if zone in time_zones() else None


def other_zone_at(zone: str, latitude: float, longitude: float, at: datetime) -> str | None:
    """The zone at these coordinates if its clocks show another time than those of `zone`, now or in half a year."""
    there = zone_at(latitude, longitude)
    if there is None or there == zone:
        return None
    differs = any(
        moment.astimezone(ZoneInfo(there)).utcoffset() != moment.astimezone(ZoneInfo(zone)).utcoffset()
        for moment in (at, at + HALF_A_YEAR)
    )
    return there if differs else None
