"""The audit trail as the owner reads it: filtered, the newest first, with the names of people and things."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from evaluations import access
from evaluations.models import (
    Area,
    AuditEntry,
    Checklist,
    Client,
    Evaluation,
    FoundWork,
    Import,
    Location,
    Mail,
    OwnQuestion,
    OwnTouchpoint,
    Person,
    Photo,
    Programme,
    Template,
    Version,
    Visit,
    Wave,
)

PAGE = 50
Key = tuple[datetime, UUID]
"""The moment and the id of an entry: the trail's order."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries are wanted; what is None does not matter."""

    actor_id: UUID | None = None
    act: str | None = None
    subject_type: str | None = None
    subject_id: UUID | None = None
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """What an entry is about, as far as it still exists."""

    name: str
    place: UUID
    """The id of the thing on whose page it is found; its own, mostly."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with who did it, and what it is about; `thing` is None where that is gone."""

    id: UUID
    at: datetime
    actor: str | None
    actor_id: UUID | None
    act: str
    subject_type: str
    subject_id: UUID
    thing: Thing | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Trail:
    """Some entries, the newest first, and the keys from which the neighbouring pages go on."""

    entries: tuple[Entry, ...]
    names: Mapping[UUID, str]
    """The names of the people whom details mention by id."""
    older: Key | None
    newer: Key | None


def read(
    session: Session,
    reader: Person,
    filters: Filters,
    *,
    older_than: Key | None = None,
    newer_than: Key | None = None,
) -> Trail:
    """One page of the trail, beside the entry that one of the keys names."""
    query = _filtered(access.audit_trail(reader), filters)
    upwards = newer_than is not None
    if beside := newer_than or older_than:
        query = query.where(_is_beside(beside, is_newer=upwards))
    order = [column.asc() if upwards else column.desc() for column in (AuditEntry.at, AuditEntry.id)]
    rows = session.execute(
        query.outerjoin(Person, AuditEntry.actor_id == Person.id)
        .add_columns(Person.name)
        .order_by(*order)
        .limit(PAGE + 1)
    ).all()
    has_more = len(rows) > PAGE
    found = [(row[0], row[1]) for row in rows[:PAGE]]
    if upwards:
        found.reverse()
    entries, names = _told(session, found)
    first, last = ((entries[end].at, entries[end].id) if entries else None for end in (0, -1))
    return Trail(
        entries,
        names,
        older=last if upwards or has_more else None,
        newer=first if (has_more if upwards else older_than) else None,
    )


def actors(session: Session, reader: Person) -> list[tuple[UUID, str]]:
    """Everybody whom the trail can name as having done something, by name."""
    people = access.people(reader).with_only_columns(Person.id, Person.name)
    rows = session.execute(people.order_by(func.lower(Person.name), Person.id))
    return [(row.id, row.name) for row in rows]


def _filtered(query: Select[AuditEntry], filters: Filters) -> Select[AuditEntry]:
    wanted = (
        (AuditEntry.actor_id, filters.actor_id),
        (AuditEntry.act, filters.act),
        (AuditEntry.subject_type, filters.subject_type),
        (AuditEntry.subject_id, filters.subject_id),
    )
    for column, value in wanted:
        if value is not None:
            query = query.where(column == value)
    if filters.since is not None:
        query = query.where(AuditEntry.at >= filters.since)
    if filters.before is not None:
        query = query.where(AuditEntry.at < filters.before)
    return query


def _is_beside(key: Key, *, is_newer: bool) -> ColumnElement[bool]:
    at, entry_id = key
    if is_newer:
        return or_(AuditEntry.at > at, and_(AuditEntry.at == at, AuditEntry.id > entry_id))
    return or_(AuditEntry.at < at, and_(AuditEntry.at == at, AuditEntry.id < entry_id))


def _told(
    session: Session, rows: Iterable[tuple[AuditEntry, str | None]]
) -> tuple[tuple[Entry, ...], Mapping[UUID, str]]:
    read = [(entry, actor, json.loads(entry.details)) for entry, actor in rows]
    wanted: dict[str, set[UUID]] = {}
    for entry, _actor, details in read:
        wanted.setdefault(entry.subject_type, set()).add(entry.subject_id)
        wanted.setdefault("people", set()).update(_ids(details))
    things = _things(session, wanted)
    entries = tuple(
        Entry(
            entry.id,
            entry.at,
            actor,
            entry.actor_id,
            entry.act,
            entry.subject_type,
            entry.subject_id,
            things.get((entry.subject_type, entry.subject_id)),
            details,
        )
        for entry, actor, details in read
    )
    return entries, {id: thing.name for (kind, id), thing in things.items() if kind == "people"}


def _ids(details: Mapping[str, Any]) -> Iterable[UUID]:
    """The ids among the values of an entry's details."""
    for value in details.values():
        if isinstance(value, str) and len(value) == len(str(UUID(int=0))):
            try:
                yield UUID(value)
            except ValueError:
                continue


NAMED: dict[str, Select[*tuple[UUID, str, UUID]]] = {
    "areas": select(Area.id, Area.name, Area.client_id),
    "checklists": select(Checklist.id, Checklist.name, Checklist.id),
    "clients": select(Client.id, Client.name, Client.id),
    "evaluations": select(Evaluation.id, Location.name, Visit.id)
    .join(Visit, Evaluation.visit_id == Visit.id)
    .join(Location, Visit.location_id == Location.id),
    "found_works": select(FoundWork.id, Person.name, FoundWork.id).join(
        Person, FoundWork.person_id == Person.id
    ),
    "imports": select(Import.id, Import.file_name, Import.client_id),
    "locations": select(Location.id, Location.name, Location.client_id),
    "mails": select(Mail.id, Mail.subject, Mail.id),
    "own_questions": select(OwnQuestion.id, OwnQuestion.name, OwnQuestion.id),
    "own_touchpoints": select(OwnTouchpoint.id, OwnTouchpoint.name, OwnTouchpoint.id),
    "people": select(Person.id, Person.name, Person.id),
    "photos": select(Photo.id, Location.name, Visit.id)
    .join(Evaluation, Photo.evaluation_id == Evaluation.id)
    .join(Visit, Evaluation.visit_id == Visit.id)
    .join(Location, Visit.location_id == Location.id),
    "programmes": select(Programme.id, Programme.name, Programme.client_id),
    "templates": select(Template.id, Template.name, Template.id),
    "versions": select(Version.id, Checklist.name, Checklist.id).join(
        Checklist, Version.checklist_id == Checklist.id
    ),
    "visits": select(Visit.id, Location.name, Visit.id).join(Location, Visit.location_id == Location.id),
    "waves": select(Wave.id, Wave.name, Wave.id),
}
"""By table: a thing's id, its name, and the id of the thing on whose page it is found."""


def _things(session: Session, wanted: Mapping[str, set[UUID]]) -> dict[tuple[str, UUID], Thing]:
    """The names of all these things, in one query whatever their kinds."""
    parts = []
    for kind in sorted(NAMED.keys() & wanted.keys()):
        own_id, name, place = NAMED[kind].selected_columns
        columns = (literal(kind).label("kind"), own_id.label("id"), name.label("name"), place.label("place"))
        parts.append(NAMED[kind].with_only_columns(*columns).where(own_id.in_(wanted[kind])))
    if not parts:
        return {}
    return {(row.kind, row.id): Thing(row.name, row.place) for row in session.execute(union_all(*parts))}
