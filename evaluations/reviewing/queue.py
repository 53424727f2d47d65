"""The review desk's queue: what was handed in, what is being reviewed, and what went back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, type_coerce
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, undefer

from evaluations import access
from evaluations.errors import NotFound
from evaluations.fieldwork.proof import Doubt, doubts
from evaluations.models import (
    Client,
    CurrentRegister,
    Evaluation,
    EvaluationState,
    FollowUp,
    FollowUpState,
    Location,
    Person,
    Photo,
    Programme,
    Review,
    Submission,
    Version,
    Visit,
    Wave,
)
from evaluations.queries import capture
from evaluations.queries.paging import nearest, pages
from evaluations.reviewing import heaps
from evaluations.reviewing.heaps import TIME_TO_DECIDE, Part, Tab

PAGE = 50
State = EvaluationState


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One evaluation in the queue. Who the shopper was is not part of it."""

    evaluation_id: UUID
    state: EvaluationState
    round: int
    client: str
    location: str
    city: str
    time_zone: str
    programme: str
    wave: str
    submitted_at: datetime | None
    reopened_at: datetime | None
    since: datetime | None
    """Since when a decision is owed."""
    decided_at: datetime | None
    return_due_at: datetime | None
    holder_id: UUID | None
    holder: str | None
    claimed_at: datetime | None
    photos: int
    open_items: str | None
    """What was open at the newest hand-in, as stored."""
    latitude: float | None
    longitude: float | None
    follow_ups: int
    """How many follow-ups were handed in and wait for a decision."""
    doubts: tuple[Doubt, ...] = ()
    """What of the proof of visit wants a look."""

    @property
    def due_at(self) -> datetime | None:
        """When the next step is owed: the decision, or the returned work."""
        if self.state in (State.RETURNED, State.IN_PROGRESS):
            return self.return_due_at
        return None if self.since is None else self.since + TIME_TO_DECIDE


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of one heap or of a part of it, and how many there are in each."""

    tab: Tab
    part: Part | None
    rows: tuple[QueueRow, ...]
    counts: Mapping[Tab | Part, int]
    page: int
    size: int

    @property
    def total(self) -> int:
        """How many there are of what is shown."""
        return self.counts[self.part or self.tab]

    @property
    def pages(self) -> int:
        """How many pages that is, at least one."""
        return pages(self.total, self.size)


def queue(
    session: Session,
    reader: Person,
    tab: Tab,
    page: int = 1,
    *,
    at: datetime,
    part: Part | None = None,
    size: int = PAGE,
) -> Queue:
    """One page of `tab`, or of a part of it: what is due first comes first; what is decided, newest first."""
    tab = part.tab if part else tab
    counts = heaps.count(session, reader, at)
    page = nearest(page, counts[part or tab], size)
    wanted = heaps.is_part(part, reader, at) if part else heaps.belongs(tab, at)
    query = _rows(reader).where(wanted).order_by(*_order(tab)).limit(size).offset((page - 1) * size)
    rows = tuple(QueueRow(**row._mapping) for row in session.execute(query))
    return Queue(tab, part, _with_doubts(session, rows), counts, page, size)


def _with_doubts(session: Session, rows: tuple[QueueRow, ...]) -> tuple[QueueRow, ...]:
    visits = capture.comings_and_goings(session, [row.evaluation_id for row in rows])
    return tuple(replace(row, doubts=doubts(visits[row.evaluation_id], row)) for row in rows)


def next_waiting(session: Session, reader: Person, *, at: datetime) -> UUID | None:
    """The evaluation that has waited longest and is held by nobody."""
    waiting = access.evaluations(reader).where(heaps.belongs(Tab.WAITING, at))
    return session.scalar(waiting.order_by(*_order(Tab.WAITING)).limit(1).with_only_columns(Evaluation.id))


def evaluation(session: Session, reader: Person, evaluation_id: UUID) -> Evaluation:
    """A handed-in evaluation with its place, wave, holder and document; nothing before hand-in."""
    query = (
        access.evaluations(reader)
        .join(Evaluation.visit)
        .join(Visit.location)
        .join(Location.client)
        .join(Visit.wave)
        .join(Wave.programme)
        .join(Evaluation.version)
        .where(Evaluation.id == evaluation_id, heaps.HANDED_IN)
        .options(
            contains_eager(Evaluation.version).options(undefer(Version.document)),
            contains_eager(Evaluation.visit).options(
                contains_eager(Visit.location).contains_eager(Location.client),
                contains_eager(Visit.wave).contains_eager(Wave.programme),
            ),
            joinedload(Evaluation.claimed_by),
        )
    )
    found = session.scalars(query).one_or_none()
    if found is None:
        raise NotFound()
    return found


def hand_ins(session: Session, evaluation: Evaluation) -> list[Submission]:
    """The hand-ins of the visit, one per round, oldest first."""
    query = select(Submission).where(Submission.evaluation_id == evaluation.id, Submission.part == "visit")
    return list(session.scalars(query.order_by(Submission.round)))


def hand_ins_later(session: Session, evaluation: Evaluation) -> dict[str, Submission]:
    """The newest hand-in of each question that is asked after the visit, by its key."""
    query = select(Submission).where(Submission.evaluation_id == evaluation.id, Submission.part != "visit")
    return {one.part: one for one in session.scalars(query.order_by(Submission.round))}


def decisions(session: Session, evaluation: Evaluation) -> list[Review]:
    """What editors decided so far, oldest first, with their remarks."""
    query = (
        select(Review)
        .where(Review.evaluation_id == evaluation.id)
        .options(joinedload(Review.remarks), joinedload(Review.editor))
        .order_by(Review.decided_at, Review.id)
    )
    return list(session.scalars(query).unique())


def photo(session: Session, reader: Person, photo_id: UUID) -> Photo:
    """A photo of an evaluation that `reader` sees."""
    visible = access.evaluations(reader).with_only_columns(Evaluation.id)
    found = session.scalars(
        select(Photo).where(Photo.id == photo_id, Photo.evaluation_id.in_(visible))
    ).one_or_none()
    if found is None:
        raise NotFound()
    return found


def _order(tab: Tab) -> tuple[Any, ...]:
    if tab is Tab.DECIDED:
        return (_DECIDED.desc(), Evaluation.id.desc())
    if tab is Tab.RETURNED:
        return (Evaluation.return_due_at, Evaluation.id)
    return (heaps.SINCE, Evaluation.id)


_DECIDED = func.coalesce(Evaluation.released_at, Evaluation.approved_at, Evaluation.submitted_at)
_HOLDER = aliased(Person)
_PHOTOS = (
    select(func.count())
    .where(
        CurrentRegister.evaluation_id == Evaluation.id,
        CurrentRegister.register.startswith("photo:"),
        CurrentRegister.value.is_not(None),
    )
    .scalar_subquery()
)
_OPEN_ITEMS = (
    select(Submission.open_items)
    .where(Submission.evaluation_id == Evaluation.id, Submission.part == "visit")
    .order_by(Submission.round.desc())
    .limit(1)
    .scalar_subquery()
)
_FOLLOW_UPS = (
    select(func.count())
    .where(FollowUp.evaluation_id == Evaluation.id, FollowUp.state == FollowUpState.SUBMITTED)
    .scalar_subquery()
)
_DECIDED_AT = (
    select(func.max(Review.decided_at)).where(Review.evaluation_id == Evaluation.id).scalar_subquery()
)
_COLUMNS = (
    Evaluation.id.label("evaluation_id"),
    Evaluation.state,
    Evaluation.round,
    Client.name.label("client"),
    Location.name.label("location"),
    Location.city,
    Location.time_zone,
    Location.latitude,
    Location.longitude,
    Programme.name.label("programme"),
    Wave.name.label("wave"),
    Evaluation.submitted_at,
    Evaluation.reopened_at,
    type_coerce(heaps.SINCE, Evaluation.submitted_at.type).label("since"),
    _DECIDED_AT.label("decided_at"),
    Evaluation.return_due_at,
    _HOLDER.id.label("holder_id"),
    _HOLDER.name.label("holder"),
    Evaluation.claimed_at,
    _PHOTOS.label("photos"),
    _OPEN_ITEMS.label("open_items"),
    _FOLLOW_UPS.label("follow_ups"),
)


def _rows(reader: Person) -> Select[*tuple[Any, ...]]:
    return (
        access.evaluations(reader)
        .join(Visit, Evaluation.visit_id == Visit.id)
        .join(Location, Visit.location_id == Location.id)
        .join(Client, Location.client_id == Client.id)
        .join(Wave, Visit.wave_id == Wave.id)
        .join(Programme, Wave.programme_id == Programme.id)
        .outerjoin(_HOLDER, Evaluation.claimed_by_id == _HOLDER.id)
        .with_only_columns(*_COLUMNS, maintain_column_froms=True)
    )
