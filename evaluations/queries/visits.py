"""The scheduler's view of visits: which are due, who has them, and what happened so far."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, joinedload

from evaluations import access
from evaluations.clock import local_day
from evaluations.errors import NotFound
from evaluations.folding import matching
from evaluations.models import (
    Area,
    AuditEntry,
    Client,
    Evaluation,
    Location,
    Person,
    Role,
    Version,
    Visit,
    VisitState,
    Wave,
)
from evaluations.queries.paging import Page, nearest
from evaluations.queries.progress import WITH_SHOPPER, Progress, how_far

PAGE = 50
SEARCHED = (Location.name, Location.code, Location.city, Area.name, Client.name, Wave.name, Person.name)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit in a list."""

    id: UUID
    wave_id: UUID
    wave: str
    client: str
    location: str
    code: str
    city: str
    area: str | None
    time_zone: str
    shopper: str | None
    """None where there is none yet, and for readers who may not know."""
    progress: Progress
    window_from: date
    window_to: date
    return_due_at: datetime | None

    def is_late(self, at: datetime) -> bool:
        """Whether its window, or the deadline of its return, has passed before it was handed in."""
        return is_late(self.progress, self.window_to, self.time_zone, at, self.return_due_at)


@dataclass(frozen=True, slots=True)
class ShopperRow:
    """A shopper to choose, and how many visits that shopper has before them."""

    id: UUID
    name: str
    open_visits: int


def is_late(
    progress: Progress, window_to: date, time_zone: str, at: datetime, return_due_at: datetime | None = None
) -> bool:
    """Whether a window has ended, in the calendar of the place, before the visit was handed in.

    What was sent back to its shopper has a deadline of its own instead.
    """
    if progress is Progress.RETURNED:
        return return_due_at is not None and return_due_at < at
    return progress in WITH_SHOPPER and local_day(at, time_zone) > window_to


def listed(
    session: Session,
    reader: Person,
    *,
    wave_id: UUID | None = None,
    progress: Progress | None = None,
    focus: ColumnElement[bool] | None = None,
    words: str = "",
    number: int = 1,
    size: int = PAGE,
) -> Page[VisitRow]:
    """One page of visits, narrowed to a wave, a state, a focus or `words`: what is due first, what is over last."""
    query = (
        access.visits(reader)
        .join(Visit.location)
        .join(Location.client)
        .join(Visit.wave)
        .outerjoin(Visit.evaluation)
        .outerjoin(Visit.shopper)
        .outerjoin(Location.area)
    )
    if wave_id is not None:
        query = query.where(Visit.wave_id == wave_id)
    if progress is not None:
        query = query.where(how_far == progress.value)
    if focus is not None:
        query = query.where(focus)
    if words:
        query = query.where(matching(words, SEARCHED if knows_shoppers(reader) else SEARCHED[:-1]))
    total = session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    number = nearest(number, total, size)
    rows = session.execute(
        _visit_rows(query)
        .order_by(how_far.not_in(WITH_SHOPPER), Visit.window_to, func.lower(Location.name), Visit.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    known = knows_shoppers(reader)
    return Page(tuple(_visit_row(row, known) for row in rows), total, number, size)


def knows_shoppers(reader: Person) -> bool:
    """Whether `reader` may know who the shoppers of visits are."""
    return reader.may_act_as(Role.SCHEDULER)


def chosen(session: Session, reader: Person, wave: Wave, visit_ids: list[UUID]) -> list[Visit]:
    """The visits of `wave` with these ids, in one order for everybody; `NotFound` if any is not there."""
    query = access.visits(reader).where(Visit.wave_id == wave.id, Visit.id.in_(visit_ids)).order_by(Visit.id)
    found = list(session.scalars(query))
    if len(found) != len(set(visit_ids)):
        raise NotFound()
    return found


def visit(session: Session, reader: Person, visit_id: UUID) -> Visit:
    """A visit with all that its page shows, and the way from here to its evaluation."""
    query = access.visits(reader).options(
        joinedload(Visit.location).options(joinedload(Location.client), joinedload(Location.area)),
        joinedload(Visit.wave).options(
            joinedload(Wave.programme), joinedload(Wave.version).joinedload(Version.checklist)
        ),
        joinedload(Visit.shopper),
        joinedload(Visit.evaluation),
    )
    return access.get(session, query, Visit, visit_id)


def progress(session: Session, visit: Visit) -> Progress:
    """How far `visit` is."""
    query = select(how_far).select_from(Visit).outerjoin(Visit.evaluation).where(Visit.id == visit.id)
    return Progress(session.execute(query).scalar_one())


def history(session: Session, visit: Visit) -> list[tuple[AuditEntry, Person | None]]:
    """What the audit trail says of `visit` and its evaluation, the newest first, with who did it."""
    subjects = [visit.id, visit.evaluation.id] if visit.evaluation else [visit.id]
    query = (
        select(AuditEntry, Person)
        .outerjoin(Person, AuditEntry.actor_id == Person.id)
        .where(AuditEntry.subject_id.in_(subjects))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
    )
    return [(entry, actor) for entry, actor in session.execute(query)]


def names(session: Session, people: Collection[UUID]) -> dict[UUID, str]:
    """The names of these people."""
    if not people:
        return {}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(people)))
    return {row.id: row.name for row in rows}


def shoppers(session: Session, reader: Person) -> list[ShopperRow]:
    """The shoppers who can be given a visit, by name."""
    still_open = Visit.state.in_([VisitState.ASSIGNED, VisitState.UNDER_WAY])
    query = (
        access.people(reader)
        .where(Person.roles == frozenset({Role.SHOPPER}), Person.is_active)
        .outerjoin(Visit, and_(Visit.shopper_id == Person.id, still_open))
        .with_only_columns(Person.id, Person.name, func.count(Visit.id).label("open_visits"))
        .group_by(Person.id, Person.name)
        .order_by(func.lower(Person.name), Person.id)
    )
    return [ShopperRow(**row._mapping) for row in session.execute(query)]


def _visit_rows(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.with_only_columns(
        Visit.id,
        Visit.wave_id,
        Wave.name.label("wave"),
        Client.name.label("client"),
        Location.name.label("location"),
        Location.code,
        Location.city,
        Area.name.label("area"),
        Location.time_zone,
        Person.name.label("shopper"),
        how_far.label("progress"),
        Visit.window_from,
        Visit.window_to,
        Evaluation.return_due_at,
        maintain_column_froms=True,
    )


def _visit_row(row: Any, knows_shopper: bool) -> VisitRow:
    values = dict(row._mapping) | {"progress": Progress(row.progress)}
    return VisitRow(**(values if knows_shopper else values | {"shopper": None}))
