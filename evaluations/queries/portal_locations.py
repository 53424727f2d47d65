"""What a client user reads of single locations: which there are, what each reached last, and its results in a span."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, contains_eager, undefer

from evaluations import access
from evaluations.clock import local_day
from evaluations.errors import NotFound
from evaluations.folding import matching
from evaluations.models import Area, Evaluation, Location, Person, Programme, Scorecard, Version, Visit, Wave
from evaluations.queries.paging import Page, nearest
from evaluations.queries.portal import SHOWN_VERDICT, results

PAGE = 50
SEARCHED = (Location.name, Location.code, Location.city, Location.address)
_VISITED = func.coalesce(Evaluation.visited_at, Evaluation.submitted_at, Evaluation.released_at)


@dataclass(frozen=True, slots=True)
class LocationLine:
    """One location in a list, with the last of its released visits; without one, all of that is None."""

    location_id: UUID
    name: str
    code: str
    city: str
    area: str | None
    time_zone: str
    visits: int
    evaluation_id: UUID | None
    visited_at: datetime | None
    verdict: str | None
    band: str | None
    millionths: int | None


@dataclass(frozen=True, slots=True)
class WaveLine:
    """One wave in which a location has released visits."""

    programme_id: UUID
    programme: str
    wave_id: UUID
    wave: str
    starts_on: date
    visits: int


@dataclass(frozen=True, slots=True)
class Span:
    """What a report of one location is over: a programme, and of it one wave, or the days between two."""

    programme: UUID
    wave: UUID | None = None
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether a visit on this day, at the place, belongs to it."""
        return (self.since or date.min) <= day <= (self.until or date.max)


def listed(
    session: Session,
    reader: Person,
    *,
    areas: Collection[UUID] | None = None,
    words: str = "",
    page: int = 1,
) -> Page[LocationLine]:
    """The locations that the reader may know, by name; closed ones only where they have results."""
    last = _last(reader)
    query = (
        access.locations(reader)
        .outerjoin(Area, Location.area_id == Area.id)
        .outerjoin(last, (last.c.location_id == Location.id) & (last.c.age == 1))
        .where(Location.is_active | last.c.visits.is_not(None))
    )
    if areas is not None:
        query = query.where(Location.area_id.in_(areas))
    if words:
        query = query.where(matching(words, SEARCHED))
    total = (
        session.scalar(select(func.count()).select_from(query.with_only_columns(Location.id).subquery())) or 0
    )
    page = nearest(page, total, PAGE)
    columns: Select[*tuple[Any, ...]] = query.with_only_columns(
        Location.id.label("location_id"),
        Location.name,
        Location.code,
        Location.city,
        Area.name.label("area"),
        Location.time_zone,
        func.coalesce(last.c.visits, 0).label("visits"),
        *(last.c[name] for name in ("evaluation_id", "visited_at", "verdict", "band", "millionths")),
    )
    by_name = columns.order_by(Location.name, Location.code, Location.id)
    rows = session.execute(by_name.limit(PAGE).offset((page - 1) * PAGE))
    return Page(tuple(LocationLine(**row._mapping) for row in rows), total, page, PAGE)


def location(session: Session, reader: Person, location_id: UUID) -> Location:
    """One location that the reader may know."""
    return access.get(session, access.locations(reader), Location, location_id)


def waves(session: Session, reader: Person, location_id: UUID) -> tuple[WaveLine, ...]:
    """The waves in which the location has released visits, the newest first."""
    query = (
        results(
            reader,
            Programme.id.label("programme_id"),
            Programme.name.label("programme"),
            Wave.id.label("wave_id"),
            Wave.name.label("wave"),
            Wave.starts_on,
            func.count().label("visits"),
        )
        .where(Location.id == location_id)
        .group_by(Programme.id, Wave.id)
        .order_by(Wave.starts_on.desc(), Wave.id.desc())
    )
    return tuple(WaveLine(**row._mapping) for row in session.execute(query))


def scorecards(session: Session, reader: Person, location_id: UUID, span: Span) -> list[Scorecard]:
    """The newest scorecards of the released visits of one location in the span, the newest visit first."""
    found: Select[*tuple[Any, ...]] = results(
        reader, Scorecard.id, _VISITED.label("visited_at"), Location.time_zone
    ).where(Location.id == location_id, *_in(span))
    rows = session.execute(found.order_by(_VISITED.desc(), Evaluation.id.desc()))
    ids = [row.id for row in rows if span.holds(local_day(row.visited_at, row.time_zone))]
    known = {card.id: card for card in session.scalars(_whole(ids))}
    return [known[one] for one in ids]


def chosen(
    lines: Collection[WaveLine], programme: UUID | None, wave: UUID | None
) -> tuple[UUID | None, UUID | None]:
    """The programme and wave that were asked for; the newest programme unless said; what is not there is no span."""
    if wave is not None:
        line = next((line for line in lines if line.wave_id == wave), None)
        if line is None or programme not in (None, line.programme_id):
            raise NotFound()
        return line.programme_id, wave
    programmes = [line.programme_id for line in lines]
    if programme is not None and programme not in programmes:
        raise NotFound()
    return programme or next(iter(programmes), None), None


def _in(span: Span) -> list[ColumnElement[bool]]:
    narrowed = [Programme.id == span.programme]
    return narrowed if span.wave is None else [*narrowed, Wave.id == span.wave]


def _last(reader: Person) -> Any:
    """The released visits of every location, the last with the age of 1, each with how many there are."""
    return results(
        reader,
        Location.id.label("location_id"),
        Evaluation.id.label("evaluation_id"),
        _VISITED.label("visited_at"),
        SHOWN_VERDICT.label("verdict"),
        case((SHOWN_VERDICT == "failed", None), else_=Scorecard.band).label("band"),
        Scorecard.millionths,
        func.count().over(partition_by=Location.id).label("visits"),
        func.row_number()
        .over(partition_by=Location.id, order_by=(_VISITED.desc(), Evaluation.id.desc()))
        .label("age"),
    ).subquery()


def _whole(ids: Collection[UUID]) -> Select[Scorecard]:
    return (
        select(Scorecard)
        .join(Scorecard.evaluation)
        .join(Evaluation.visit)
        .join(Visit.wave)
        .join(Evaluation.version)
        .where(Scorecard.id.in_(ids))
        .options(
            undefer(Scorecard.contents),
            contains_eager(Scorecard.evaluation).options(
                contains_eager(Evaluation.version).options(undefer(Version.document)),
                contains_eager(Evaluation.visit).contains_eager(Visit.wave),
            ),
        )
    )
