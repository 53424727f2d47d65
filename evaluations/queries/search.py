"""Searching the whole office at once: whatever holds all the words, as far as the reader may open it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from evaluations import access
from evaluations.folding import folded, matching, words_of
from evaluations.models import Area, Checklist, Client, Location, Person, Programme, Role, Version, Wave
from evaluations.queries import clients, visits
from evaluations.queries.visits import VisitRow

MOST = 8
"""So many of each kind are shown; who has more types another word."""


@dataclass(frozen=True, slots=True)
class ClientHit:
    """A client that was found, and how many locations it has."""

    id: UUID
    name: str
    locations: int


@dataclass(frozen=True, slots=True)
class LocationHit:
    """A location that was found, and whose it is."""

    id: UUID
    name: str
    code: str
    city: str
    client_id: UUID
    client: str
    area: str | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class WaveHit:
    """A wave that was found, and its programme."""

    id: UUID
    name: str
    programme: str
    client: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class ChecklistHit:
    """A checklist that was found, and its newest published version."""

    id: UUID
    name: str
    version: int | None


@dataclass(frozen=True, slots=True)
class PersonHit:
    """Somebody who was found, for the owner."""

    id: UUID
    name: str
    email: str
    roles: frozenset[Role]
    is_active: bool


Hit = ClientHit | LocationHit | WaveHit | ChecklistHit | PersonHit | VisitRow


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the first few, and how many there are."""

    kind: str
    hits: Sequence[Hit]
    total: int

    @property
    def more(self) -> int:
        """How many were found that are not shown."""
        return self.total - len(self.hits)


def search(session: Session, reader: Person, typed: str) -> tuple[Group, ...]:
    """Everything that holds all the words of `typed`, kind by kind; nothing where nothing was typed."""
    if not words_of(typed):
        return ()
    return tuple(group for group in _groups(session, reader, typed) if group.total)


def _groups(session: Session, reader: Person, typed: str) -> Iterator[Group]:
    plans = reader.may_act_as(Role.SCHEDULER)
    knows_clients = reader.may_act_as(Role.DESIGNER, Role.SCHEDULER)
    if knows_clients:
        query = access.clients(reader).with_only_columns(Client.id, Client.name, LOCATIONS)
        yield _group(session, "clients", ClientHit, query, (Client.name,), typed)
        yield _group(session, "locations", LocationHit, _locations(reader), LOCATION_WORDS, typed)
    if reader.may_act_as(Role.SCHEDULER, Role.EDITOR):
        page = visits.listed(session, reader, words=typed, size=MOST)
        yield Group("visits", page.rows, page.total)
    if plans:
        yield _group(session, "waves", WaveHit, _waves(reader), WAVE_WORDS, typed)
    if knows_clients:
        in_use = access.checklists(reader).where(Checklist.archived_at.is_(None))
        named = in_use.with_only_columns(Checklist.id, Checklist.name, NEWEST)
        yield _group(session, "checklists", ChecklistHit, named, (Checklist.name,), typed)
    if Role.OWNER in reader.roles:
        columns = (Person.id, Person.name, Person.email, Person.roles, Person.is_active)
        people = access.people(reader).with_only_columns(*columns)
        yield _group(session, "people", PersonHit, people, (Person.name, Person.email), typed)


LOCATION_WORDS = (*clients.SEARCHED, Client.name, Area.name)
WAVE_WORDS = (Wave.name, Programme.name, Client.name)
LOCATIONS = (
    select(func.count(Location.id))
    .where(Location.client_id == Client.id)
    .scalar_subquery()
    .label("locations")
)
NEWEST = (
    select(func.max(Version.number))
    .where(Version.checklist_id == Checklist.id, Version.published_at.is_not(None))
    .scalar_subquery()
    .label("version")
)


def _locations(reader: Person) -> Select[*tuple[Any, ...]]:
    query = access.locations(reader).join(Location.client).outerjoin(Location.area)
    return query.with_only_columns(
        Location.id,
        Location.name,
        Location.code,
        Location.city,
        Location.client_id,
        Client.name.label("client"),
        Area.name.label("area"),
        Location.is_active,
        maintain_column_froms=True,
    )


def _waves(reader: Person) -> Select[*tuple[Any, ...]]:
    query = access.waves(reader).join(Wave.programme).join(Programme.client)
    return query.with_only_columns(
        Wave.id,
        Wave.name,
        Programme.name.label("programme"),
        Client.name.label("client"),
        Wave.starts_on,
        Wave.ends_on,
        maintain_column_froms=True,
    )


def _group(
    session: Session,
    kind: str,
    hit: type[Any],
    query: Select[*tuple[Any, ...]],
    columns: Sequence[Any],
    typed: str,
) -> Group:
    """The first few by name, those whose name begins so before the others, in one query with their number."""
    name, first = columns[0], words_of(typed)[0]
    begins = folded(name).startswith(first, autoescape=True)
    rows = session.execute(
        query.where(matching(typed, columns))
        .add_columns(func.count().over().label("total"))
        .order_by(begins.desc(), folded(name), query.selected_columns[0])
        .limit(MOST)
    ).all()
    hits = [hit(**{key: row._mapping[key] for key in hit.__dataclass_fields__}) for row in rows]
    return Group(kind, hits, rows[0].total if rows else 0)
