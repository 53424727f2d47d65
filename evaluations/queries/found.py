"""Found work as the office sees it: whose it is, how much, where it seems to belong, and where it may go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from evaluations import access, clock
from evaluations.models import (
    AuditEntry,
    Change,
    Checklist,
    Evaluation,
    EvaluationState,
    FoundItem,
    FoundSort,
    FoundState,
    FoundWork,
    Location,
    Person,
    Version,
    Visit,
    Wave,
)
from evaluations.queries.on_phones import gaps
from evaluations.queries.paging import Page, nearest

SIZE = 25
MOST_TARGETS = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One shopper's found work in the list."""

    work: FoundWork
    counts: Mapping[FoundSort, int]


@dataclass(frozen=True, slots=True)
class Target:
    """A visit of the same shopper, which could take the work over."""

    evaluation_id: UUID
    visit_id: UUID
    location: str
    wave: str
    visited_at: datetime | None
    state: EvaluationState


@dataclass(frozen=True, slots=True)
class Contents:
    """What is known of found work without reading what it says."""

    counts: Mapping[FoundSort, int]
    answers: int
    comments: int
    check_in: datetime | None
    checklist: str | None
    """The checklist and version that it answers, where that is one of ours."""
    devices: int
    still_on_phones: int
    """How many entries and photos were announced and are not here."""


def found(session: Session, reader: Person, number: int, *, waiting: bool = True) -> Page[Row]:
    """What waits for a decision, or what was decided; the latest first."""
    query = access.found_works(reader).where((FoundWork.state == FoundState.OPEN) == waiting)
    total = session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    number = nearest(number, total, SIZE)
    works = session.scalars(
        query.options(joinedload(FoundWork.person), joinedload(FoundWork.decided_by))
        .order_by(FoundWork.last_at.desc(), FoundWork.id)
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    ).all()
    counts = _counts(session, [work.id for work in works])
    return Page(tuple(Row(work, counts.get(work.id, {})) for work in works), total, number, SIZE)


def waiting(session: Session, reader: Person) -> int:
    """How many found works wait for a decision."""
    query = access.found_works(reader).where(FoundWork.state == FoundState.OPEN)
    return session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True)) or 0


def work(session: Session, reader: Person, found_id: UUID) -> FoundWork:
    """The found work with this id."""
    return access.get(session, access.found_works(reader), FoundWork, found_id)


def contents(session: Session, work: FoundWork) -> Contents:
    """What `work` is made of."""
    items = session.scalars(
        select(FoundItem).where(FoundItem.found_id == work.id).order_by(FoundItem.arrival)
    ).all()
    changes = [item for item in items if item.sort is FoundSort.CHANGE]
    bodies = [json.loads(item.body) for item in changes]
    at_ms = next((body["value"]["at_ms"] for body in reversed(bodies) if body["kind"] == "check_in"), None)
    registers = {item.register for item in changes}
    return Contents(
        counts={sort: sum(item.sort is sort for item in items) for sort in FoundSort},
        answers=sum(name.startswith("answer:") for name in registers),
        comments=sum(name.startswith("comment:") for name in registers),
        check_in=clock.from_phone(at_ms),
        checklist=_checklist(session, bodies[-1]["vid"]) if bodies else None,
        devices=len({item.device_id for item in changes}),
        still_on_phones=_still_on_phones(work, items),
    )


def origin(session: Session, work: FoundWork) -> Visit | None:
    """The visit for which this `eid` was issued, to whomever: by its evaluation, else by what the trail tells."""
    visit_id = session.scalar(select(Evaluation.visit_id).where(Evaluation.id == work.eid))
    if visit_id is None:
        visit_id = session.scalar(
            select(AuditEntry.subject_id).where(
                AuditEntry.act == "visit.assigned",
                AuditEntry.details.contains(f'"evaluation": "{work.eid}"', autoescape=True),
            )
        )
    if visit_id is None:
        return None
    return session.get(Visit, visit_id, options=[joinedload(Visit.location), joinedload(Visit.wave)])


def targets(session: Session, work: FoundWork) -> list[Target]:
    """The visits of the same shopper, those that nothing has arrived of first, then the latest."""
    begun = select(Change.id).where(Change.evaluation_id == Evaluation.id).exists()
    rows = session.execute(
        select(Evaluation.id, Visit.id, Location.name, Wave.name, Evaluation.visited_at, Evaluation.state)
        .join(Visit, Evaluation.visit_id == Visit.id)
        .join(Location, Visit.location_id == Location.id)
        .join(Wave, Visit.wave_id == Wave.id)
        .where(Evaluation.shopper_id == work.person_id)
        .order_by(begun, Visit.window_to.desc(), Visit.id)
        .limit(MOST_TARGETS)
    )
    return [Target(*row) for row in rows]


def _counts(session: Session, works: list[UUID]) -> dict[UUID, dict[FoundSort, int]]:
    rows = session.execute(
        select(FoundItem.found_id, FoundItem.sort, func.count())
        .where(FoundItem.found_id.in_(works))
        .group_by(FoundItem.found_id, FoundItem.sort)
    )
    found: dict[UUID, dict[FoundSort, int]] = {}
    for work_id, sort, number in rows:
        found.setdefault(work_id, {})[sort] = number
    return found


def _checklist(session: Session, content_hash: str) -> str | None:
    row = session.execute(
        select(Checklist.name, Version.number)
        .join(Version, Version.checklist_id == Checklist.id)
        .where(Version.content_hash == content_hash)
        .limit(1)
    ).one_or_none()
    return f"{row.name} {row.number}" if row else None


def _still_on_phones(work: FoundWork, items: Sequence[FoundItem]) -> int:
    here = {item.name for item in items if item.sort is FoundSort.PHOTO}
    photos: set[str] = set()
    changes = 0
    for device, held in json.loads(work.announced).items():
        seqs = {item.seq for item in items if item.seq is not None and str(item.device_id) == device}
        changes += sum(last - first + 1 for first, last in gaps(seqs, held["top_seq"]))
        photos |= {photo["id"] for photo in held["photos"]} - here
    return changes + len(photos)
