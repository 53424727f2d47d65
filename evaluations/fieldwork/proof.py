"""Proof of a visit, as an editor reads it: when and where the shopper checked in and out.

A phone that says nothing, an old fix or a denied one is unknown, never fraud.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import Protocol

from evaluations.document.sent import Place
from evaluations.queries.capture import Contents, Presence

EARTH_M = 6_371_000
"""The mean radius of the earth in metres."""
FAR_M = 300
"""A check-in that was farther from the location than this, whatever its accuracy, is told to the editor."""
COARSE_M = 250
"""A fix no better than this says the district and not the place; it is told to the editor."""
SHORT = timedelta(minutes=5)
"""A visit shorter than this is told to the editor."""


class Located(Protocol):
    """Something with coordinates, where they are known."""

    @property
    def latitude(self) -> float | None:
        """Degrees north."""

    @property
    def longitude(self) -> float | None:
        """Degrees east."""


class DoubtCode(StrEnum):
    FAR = "far"
    DENIED = "denied"
    COARSE = "coarse"
    SHORT = "short"
    NO_CHECK_OUT = "no_check_out"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about the visit itself that an editor should look at; no accusation."""

    code: DoubtCode
    figure: int = 0
    """Metres from the location or to which the place is known, or whole minutes in it."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One moment at which the phone said where it was."""

    at: datetime | None
    """By the phone's clock; None where that is beyond our calendar."""
    place: Place | None
    distance_m: int | None
    """From the location as the crow flies; None where either place is unknown."""

    @property
    def is_denied(self) -> bool:
        """Whether the shopper did not let the phone say where it was."""
        return self.place is not None and self.place.denied

    @property
    def accuracy_m(self) -> int | None:
        """To how many metres the place is known."""
        return None if self.place is None else self.place.accuracy_m

    @property
    def may_be_there(self) -> bool | None:
        """Whether the fix, within its accuracy, can be the location; None where that is unknown."""
        if self.distance_m is None or self.place is None or self.place.accuracy_m is None:
            return None
        return self.distance_m <= self.place.accuracy_m


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of the shopper's coming and going."""

    check_in: Sighting | None
    check_out: Sighting | None

    @property
    def stay(self) -> timedelta | None:
        """How long the visit took; None where one end is unknown, or they are in no order."""
        if self.check_in is None or self.check_out is None:
            return None
        if self.check_in.at is None or self.check_out.at is None or self.check_out.at < self.check_in.at:
            return None
        return self.check_out.at - self.check_in.at


def proof(contents: Contents, location: Located) -> Proof:
    """The proof of visit that `contents` holds for `location`."""
    return Proof(_sighting(contents.check_in, location), _sighting(contents.check_out, location))


def doubts(contents: Contents, location: Located) -> tuple[Doubt, ...]:
    """What of the proof of visit wants a look: where the check-in was, a short visit, no check-out.

    A fix is far away only where it is so by more than its accuracy, which must be known; a location without
    coordinates has no place to be far from. A visit that could not be made takes no time, so that only its
    place is looked at.
    """
    found = proof(contents, location)
    told = list(_of_place(found.check_in, location)) if found.check_in else []
    if not contents.was_made:
        return tuple(told)
    if found.stay is not None and found.stay < SHORT:
        told.append(Doubt(DoubtCode.SHORT, int(found.stay.total_seconds() // 60)))
    if found.check_out is None:
        told.append(Doubt(DoubtCode.NO_CHECK_OUT))
    return tuple(told)


def _of_place(sighting: Sighting, location: Located) -> Iterator[Doubt]:
    if location.latitude is None or location.longitude is None:
        return
    if sighting.is_denied:
        yield Doubt(DoubtCode.DENIED)
    elif sighting.distance_m is not None and _is_far(sighting):
        yield Doubt(DoubtCode.FAR, sighting.distance_m)
    elif sighting.accuracy_m is not None and sighting.accuracy_m > COARSE_M:
        yield Doubt(DoubtCode.COARSE, sighting.accuracy_m)


def _is_far(sighting: Sighting) -> bool:
    if sighting.distance_m is None or sighting.place is None or sighting.place.accuracy_m is None:
        return False
    return sighting.distance_m - sighting.place.accuracy_m > FAR_M


def _sighting(presence: Presence | None, location: Located) -> Sighting | None:
    if presence is None:
        return None
    return Sighting(presence.at, presence.place, _distance_m(presence.place, location))


def _distance_m(place: Place | None, location: Located) -> int | None:
    """Metres between a fix and a location, by the haversine formula."""
    if place is None or place.lat is None or place.lon is None:
        return None
    if location.latitude is None or location.longitude is None:
        return None
    here, there = radians(float(place.lat)), radians(location.latitude)
    east = radians(location.longitude - float(place.lon))
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(east / 2) ** 2
    return round(2 * EARTH_M * asin(min(1.0, sqrt(half))))
