"""The locations and areas that a client has already, as an import meets them: by code, and by path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.fieldwork import hours
from evaluations.models import Area, Client, Location

Values = dict[str, Any]
"""What is known of a location by the fields of a file: the area as the names down to it, each day its spans."""
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The locations of a client by folded code, and its areas by path."""

    locations: Mapping[str, Location]
    paths: Mapping[UUID | None, Path]
    areas: Mapping[Path, Area]
    folded: Mapping[Path, Path]
    """Paths without capitals, as far as they are told apart so."""

    def values(self, location: Location) -> Values:
        """What is known of `location`."""
        plain = ("code", "name", "kind", "address", "city", "contact", "time_zone", "latitude", "longitude")
        week = hours.read(location.hours)
        return {
            **{name: getattr(location, name) for name in plain},
            "area": self.paths[location.area_id],
            **{day: week.get(day) for day in hours.DAYS},
            "active": location.is_active,
        }

    def path(self, wanted: Path) -> Path:
        """`wanted` as the areas that are there spell it, as far down as they are there."""
        for length in range(len(wanted), 0, -1):
            upper = wanted[:length]
            there = upper if upper in self.areas else self.folded.get(_fold(upper))
            if there is not None:
                return there + wanted[length:]
        return wanted


def known(session: Session, client: Client) -> Known:
    """What `client` has now."""
    areas = {area.id: area for area in session.scalars(select(Area).where(Area.client_id == client.id))}
    paths: dict[UUID | None, Path] = {None: ()}
    for area in areas.values():
        paths[area.id] = _path(areas, area)
    alike: dict[Path, list[Path]] = {}
    for path in paths.values():
        alike.setdefault(_fold(path), []).append(path)
    locations = session.scalars(
        select(Location).where(Location.client_id == client.id).order_by(Location.code)
    )
    return Known(
        {location.code.casefold(): location for location in locations},
        paths,
        {paths[id]: area for id, area in areas.items()},
        {fold: found[0] for fold, found in alike.items() if len(found) == 1 and fold},
    )


def _path(areas: Mapping[UUID, Area], area: Area) -> Path:
    names = [area.name]
    while area.parent_id is not None:
        area = areas[area.parent_id]
        names.append(area.name)
    return tuple(reversed(names))


def _fold(path: Path) -> Path:
    return tuple(name.casefold() for name in path)
