"""The scheduler's view of waves: how far they are, and what a new one can be planned on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from evaluations import access
from evaluations.errors import NotFound
from evaluations.models import Checklist, Client, Person, Programme, Version, Visit, Wave, Withdrawal
from evaluations.queries.paging import Page, nearest
from evaluations.queries.progress import Counts, Progress, count_columns, read_counts

PAGE = 50


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One wave in the list, and how far its visits are."""

    id: UUID
    name: str
    programme: str
    client_id: UUID
    client: str
    colour: str
    checklist: str
    version: int
    starts_on: date
    ends_on: date
    counts: Counts


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version to choose."""

    id: UUID
    checklist: str
    number: int
    published_at: datetime


def listed(
    session: Session, reader: Person, *, client_id: UUID | None = None, number: int = 1
) -> Page[WaveRow]:
    """One page of the waves, the latest first, with the progress of each, in one query besides their number."""
    query = access.waves(reader).join(Wave.programme)
    if client_id is not None:
        query = query.where(Programme.client_id == client_id)
    total = session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    number = nearest(number, total, PAGE)
    rows = session.execute(_wave_rows(query).limit(PAGE).offset((number - 1) * PAGE))
    return Page(tuple(_wave_row(row) for row in rows), total, number, PAGE)


def wave(session: Session, reader: Person, wave_id: UUID) -> Wave:
    """A wave with its programme, client and checklist."""
    query = access.waves(reader).options(
        joinedload(Wave.programme).joinedload(Programme.client),
        joinedload(Wave.version).joinedload(Version.checklist),
        joinedload(Wave.version).joinedload(Version.withdrawal).joinedload(Withdrawal.withdrawn_by),
    )
    return access.get(session, query, Wave, wave_id)


def published(session: Session, reader: Person) -> list[VersionRow]:
    """The versions on which a wave can be planned: published and not withdrawn, of checklists in use."""
    query = (
        access.checklists(reader)
        .join(Version, Version.checklist_id == Checklist.id)
        .where(Checklist.archived_at.is_(None), Version.published_at.is_not(None), ~Version.withdrawal.has())
        .with_only_columns(
            Version.id, Checklist.name.label("checklist"), Version.number, Version.published_at
        )
        .order_by(Version.published_at.desc(), Version.id.desc())
    )
    return [VersionRow(**row._mapping) for row in session.execute(query)]


def version(session: Session, reader: Person, version_id: UUID) -> Version:
    """A version of a checklist that `reader` sees."""
    visible = access.checklists(reader).with_only_columns(Checklist.id)
    found = session.scalars(
        select(Version).where(Version.id == version_id, Version.checklist_id.in_(visible))
    ).one_or_none()
    if found is None:
        raise NotFound()
    return found


def programmes(session: Session, reader: Person, client: Client) -> list[Programme]:
    """The programmes of `client`, by name."""
    query = access.programmes(reader).where(Programme.client_id == client.id)
    return list(session.scalars(query.order_by(func.lower(Programme.name))))


def programme(session: Session, reader: Person, programme_id: UUID) -> Programme:
    """A programme with its client."""
    query = access.programmes(reader).options(joinedload(Programme.client))
    return access.get(session, query, Programme, programme_id)


def _wave_rows(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.join(Programme.client)
        .join(Wave.version)
        .join(Version.checklist)
        .outerjoin(Visit, Visit.wave_id == Wave.id)
        .outerjoin(Visit.evaluation)
        .with_only_columns(
            Wave.id,
            Wave.name,
            Programme.name.label("programme"),
            Client.id.label("client_id"),
            Client.name.label("client"),
            Client.colour,
            Checklist.name.label("checklist"),
            Version.number.label("version"),
            Wave.starts_on,
            Wave.ends_on,
            *count_columns(),
            maintain_column_froms=True,
        )
        .group_by(Wave.id, Programme.id, Client.id, Version.id, Checklist.id)
        .order_by(Wave.starts_on.desc(), Wave.id.desc())
    )


def _wave_row(row: Any) -> WaveRow:
    values = {name: value for name, value in row._mapping.items() if name not in set(Progress)}
    return WaveRow(**values, counts=read_counts(row))
