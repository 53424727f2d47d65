"""Whom the office sees in its list of people."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from evaluations import access
from evaluations.models import Client, Location, Person
from evaluations.queries.clients import AreaRow, tree

Group = tuple[str, tuple[Location, ...]]
"""The path of an area, empty for none, and the locations in it."""


def listed(session: Session, reader: Person) -> list[Person]:
    """Everybody that `reader` may see, by name, with their clients."""
    query = access.people(reader).options(joinedload(Person.client)).order_by(Person.name, Person.email)
    return list(session.scalars(query))


def clients(session: Session) -> list[Client]:
    """Every client by name, for the choice of a client user's own."""
    return list(session.scalars(select(Client).order_by(Client.name)))


def places(session: Session, client: Client) -> tuple[tuple[AreaRow, ...], tuple[Group, ...]]:
    """The areas of `client` in their tree, and all its locations area by area, to limit somebody to."""
    areas = tree(session, client)
    inside: dict[UUID | None, list[Location]] = {}
    query = select(Location).where(Location.client_id == client.id).order_by(Location.name, Location.id)
    for location in session.scalars(query):
        inside.setdefault(location.area_id, []).append(location)
    paths: dict[UUID | None, str] = {None: ""} | {row.area.id: row.path for row in areas}
    return areas, tuple((path, tuple(inside[area])) for area, path in paths.items() if area in inside)
