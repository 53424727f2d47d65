"""Clients, the hierarchy of their areas, and the locations that are evaluated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Conflict, Invalid, NotFound
from evaluations.fieldwork.brands import Looks
from evaluations.fieldwork.entering import named, record_changes, unique
from evaluations.fieldwork.particulars import Particulars, checked
from evaluations.fieldwork.references import naming
from evaluations.models import Area, Client, Location, Person

COLOUR = re.compile(r"#[0-9a-f]{6}")
DEEPEST = 6
"""How many areas may lie in one another."""


def add_client(session: Session, *, name: str, colour: str = "#0b6e6e", by: Person, at: datetime) -> Client:
    """A new client; its name must be its own."""
    client = Client(name=named(name), colour=_colour(colour), created_at=at)
    with unique(session, "client_name_taken", field="name", name=client.name):
        session.add(client)
    audit.record(session, "client.added", client, by=by, at=at, name=client.name)
    return client


def change_client(
    session: Session,
    client: Client,
    *,
    name: str,
    colour: str,
    looks: Looks | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Give `client` another name or colour, or other looks to its reports, where some are given."""
    after: dict[str, Any] = {"name": named(name), "colour": _colour(colour)} | (
        looks.checked() if looks else {}
    )
    before = {field: getattr(client, field) for field in after}
    with unique(session, "client_name_taken", field="name", name=after["name"]):
        for field, value in after.items():
            setattr(client, field, value)
    record_changes(session, "client.changed", client, before, after, by=by, at=at)


def add_area(
    session: Session, client: Client, *, name: str, parent: Area | None = None, by: Person, at: datetime
) -> Area:
    """A new area of `client`, inside `parent` where one is given."""
    _lock(session, client)
    name, parent = named(name), _of(client, parent)
    _refuse_too_deep(_above(session, client), parent, height=1)
    _refuse_twin(session, client, name, parent)
    area = Area(client_id=client.id, name=name, parent=parent)
    session.add(area)
    audit.record(session, "area.added", area, by=by, at=at, name=name, parent=_name(parent))
    return area


def change_area(
    session: Session, area: Area, *, name: str, parent: Area | None, by: Person, at: datetime
) -> None:
    """Rename `area`, or move it with all that it contains into another area."""
    _lock(session, area.client)
    name, parent = named(name), _of(area.client, parent)
    above = _above(session, area.client)
    _refuse_circle(above, area, parent)
    _refuse_too_deep(above, parent, height=_height(above, area))
    _refuse_twin(session, area.client, name, parent, but=area)
    before = {"name": area.name, "parent": area.parent}
    area.name, area.parent = name, parent
    record_changes(session, "area.changed", area, before, {"name": name, "parent": parent}, by=by, at=at)


def remove_area(session: Session, area: Area, *, by: Person, at: datetime) -> None:
    """Remove an area in which nothing lies and to which nobody is limited."""
    _lock(session, area.client)
    named_by = {table for _id, table, _row in naming(session, Area, [area.id])}
    if named_by & {"areas", "locations"}:
        raise Conflict("area_not_empty", name=area.name)
    if named_by:
        raise Conflict("area_in_use", name=area.name)
    audit.record(session, "area.removed", area, by=by, at=at, name=area.name, parent=_name(area.parent))
    session.delete(area)
    session.flush()


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
    return checked(particulars) | {"area": _of(client, particulars.area)}


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


def _above(session: Session, client: Client) -> dict[UUID, UUID | None]:
    """For each area of the client the one that it lies in."""
    rows = session.execute(select(Area.id, Area.parent_id).where(Area.client_id == client.id))
    return {row.id: row.parent_id for row in rows}


def _way_up(above: Mapping[UUID, UUID | None], area_id: UUID | None) -> list[UUID]:
    way = []
    while area_id is not None:
        way.append(area_id)
        area_id = above.get(area_id)
    return way


def _height(above: Mapping[UUID, UUID | None], area: Area) -> int:
    """How many areas lie in one another from `area` downwards, itself counted."""
    ways = (_way_up(above, one) for one in above)
    return max(way.index(area.id) + 1 for way in ways if area.id in way)


def _refuse_circle(above: Mapping[UUID, UUID | None], area: Area, parent: Area | None) -> None:
    if parent is not None and area.id in _way_up(above, parent.id):
        raise Invalid("area_inside_itself", field="parent")


def _refuse_too_deep(above: Mapping[UUID, UUID | None], parent: Area | None, *, height: int) -> None:
    if parent is not None and len(_way_up(above, parent.id)) + height > DEEPEST:
        raise Invalid("area_too_deep", field="parent", deepest=DEEPEST)


def _name(area: Area | None) -> str | None:
    return area.name if area else None


def _lock(session: Session, client: Client) -> None:
    """Let nobody else change this client's areas and codes until the transaction ends."""
    session.execute(select(Client.id).where(Client.id == client.id).with_for_update())
