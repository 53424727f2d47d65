"""Clients, the hierarchy of their areas, and the locations that are evaluated."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Invalid, NotFound
from evaluations.fieldwork.entering import LONGEST_NAME, named, record_changes, short, unique
from evaluations.models import Area, Client, Location, LocationKind, Person

LONGEST_CODE = 40
COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is known of a location."""

    code: str
    name: str
    kind: LocationKind = LocationKind.STORE
    area: Area | None = None
    address: str = ""
    city: str = ""
    time_zone: str = "UTC"
    latitude: float | None = None
    longitude: float | None = None


@cache
def time_zones() -> tuple[str, ...]:
    """The names of places whose time a location may keep, in the order of the alphabet."""
    names = (name for name in available_timezones() if "/" in name or name == "UTC")
    return tuple(sorted(name for name in names if not name.startswith(("Etc/", "SystemV/"))))


def add_client(session: Session, *, name: str, colour: str = "#0b6e6e", by: Person, at: datetime) -> Client:
    """A new client; its name must be its own."""
    client = Client(name=named(name), colour=_colour(colour), created_at=at)
    with unique(session, "client_name_taken", field="name", name=client.name):
        session.add(client)
    audit.record(session, "client.added", client, by=by, at=at, name=client.name)
    return client


def change_client(
    session: Session, client: Client, *, name: str, colour: str, by: Person, at: datetime
) -> None:
    """Give `client` another name or colour."""
    before = {"name": client.name, "colour": client.colour}
    after = {"name": named(name), "colour": _colour(colour)}
    with unique(session, "client_name_taken", field="name", name=after["name"]):
        client.name, client.colour = after["name"], after["colour"]
    record_changes(session, "client.changed", client, before, after, by=by, at=at)


def add_area(
    session: Session, client: Client, *, name: str, parent: Area | None = None, by: Person, at: datetime
) -> Area:
    """A new area of `client`, inside `parent` where one is given."""
    _lock(session, client)
    name, parent = named(name), _of(client, parent)
    _refuse_twin(session, client, name, parent)
    area = Area(client_id=client.id, name=name, parent=parent)
    session.add(area)
    audit.record(session, "area.added", area, by=by, at=at, name=name, parent=parent.name if parent else None)
    return area


def change_area(
    session: Session, area: Area, *, name: str, parent: Area | None, by: Person, at: datetime
) -> None:
    """Rename `area`, or move it with all that it contains into another area."""
    _lock(session, area.client)
    name, parent = named(name), _of(area.client, parent)
    _refuse_circle(session, area, parent)
    _refuse_twin(session, area.client, name, parent, but=area)
    before = {"name": area.name, "parent": area.parent}
    area.name, area.parent = name, parent
    record_changes(session, "area.changed", area, before, {"name": name, "parent": parent}, by=by, at=at)


def add_location(
    session: Session, client: Client, particulars: Particulars, *, by: Person, at: datetime
) -> Location:
    """A new location of `client`; its code must be its own among the client's."""
    values = _checked(client, particulars)
    _refuse_twin_code(session, client, values["code"])
    location = Location(client_id=client.id, created_at=at, is_active=True, **values)
    with unique(session, "location_code_taken", field="code", taken=location.code):
        session.add(location)
    audit.record(session, "location.added", location, by=by, at=at, code=location.code, name=location.name)
    return location


def change_location(
    session: Session, location: Location, particulars: Particulars, *, by: Person, at: datetime
) -> None:
    """Correct what is known of `location`."""
    after = _checked(location.client, particulars)
    _refuse_twin_code(session, location.client, after["code"], but=location)
    before = {name: getattr(location, name) for name in after}
    with unique(session, "location_code_taken", field="code", taken=after["code"]):
        for name, value in after.items():
            setattr(location, name, value)
    record_changes(session, "location.changed", location, before, after, by=by, at=at)


def deactivate_location(session: Session, location: Location, *, by: Person, at: datetime) -> None:
    """Plan no more visits at `location`; those already planned stay as they are."""
    _switch(session, location, active=False, by=by, at=at)


def reactivate_location(session: Session, location: Location, *, by: Person, at: datetime) -> None:
    """Let visits be planned at `location` again."""
    _switch(session, location, active=True, by=by, at=at)


def _switch(session: Session, location: Location, *, active: bool, by: Person, at: datetime) -> None:
    if location.is_active is active:
        return
    location.is_active = active
    act = "location.reactivated" if active else "location.deactivated"
    audit.record(session, act, location, by=by, at=at)


def _checked(client: Client, particulars: Particulars) -> dict[str, Any]:
    values = {field.name: getattr(particulars, field.name) for field in fields(particulars)}
    values["name"] = named(particulars.name)
    values["code"] = named(particulars.code, field="code", longest=LONGEST_CODE)
    values["area"] = _of(client, particulars.area)
    values["address"] = short(particulars.address, field="address", longest=200)
    values["city"] = short(particulars.city, field="city", longest=LONGEST_NAME)
    if particulars.time_zone not in available_timezones():
        raise Invalid("time_zone_unknown", field="time_zone", name=particulars.time_zone)
    _refuse_off_the_globe(particulars)
    return values


def _refuse_off_the_globe(particulars: Particulars) -> None:
    latitude, longitude = particulars.latitude, particulars.longitude
    if (latitude is None) != (longitude is None):
        raise Invalid("coordinate_missing", field="latitude" if latitude is None else "longitude")
    if latitude is not None and not -90 <= latitude <= 90:
        raise Invalid("latitude_out_of_range", field="latitude")
    if longitude is not None and not -180 <= longitude <= 180:
        raise Invalid("longitude_out_of_range", field="longitude")


def _colour(colour: str) -> str:
    colour = colour.strip().lower()
    if not COLOUR.fullmatch(colour):
        raise Invalid("colour_unreadable", field="colour")
    return colour


def _of(client: Client, area: Area | None) -> Area | None:
    if area is not None and area.client_id != client.id:
        raise NotFound()
    return area


def _refuse_twin(
    session: Session, client: Client, name: str, parent: Area | None, *, but: Area | None = None
) -> None:
    """Refuse the name of an area beside; the constraint sees no twins at the top, where parents are null."""
    parent_id = parent.id if parent else None
    beside = select(Area.id).where(
        Area.client_id == client.id, Area.parent_id == parent_id, Area.name == name
    )
    if but is not None:
        beside = beside.where(Area.id != but.id)
    if session.scalars(beside).first() is not None:
        raise Invalid("area_name_taken", field="name", name=name)


def _refuse_twin_code(session: Session, client: Client, code: str, *, but: Location | None = None) -> None:
    """Refuse a code that another location has in other letters; the constraint sees those of the same case."""
    _lock(session, client)
    rows = session.execute(select(Location.id, Location.code).where(Location.client_id == client.id))
    for row in rows:
        if row.code.casefold() == code.casefold() and (but is None or row.id != but.id):
            raise Invalid("location_code_taken", field="code", taken=row.code)


def _refuse_circle(session: Session, area: Area, parent: Area | None) -> None:
    rows = session.execute(select(Area.id, Area.parent_id).where(Area.client_id == area.client_id))
    above = {row.id: row.parent_id for row in rows}
    step = parent.id if parent else None
    while step is not None:
        if step == area.id:
            raise Invalid("area_inside_itself", field="parent")
        step = above.get(step)


def _lock(session: Session, client: Client) -> None:
    """Let nobody else change this client's areas and codes until the transaction ends."""
    session.execute(select(Client.id).where(Client.id == client.id).with_for_update())
