"""What arrived from a visit's phones and what became of it, as rows tell it, beside the audit trail.

Changes and photos come in batches; those of one device within half an hour are told as one arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from sqlalchemy import Uuid, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from evaluations.models import (
    INSTALLATION,
    Change,
    Evaluation,
    Photo,
    Report,
    ReportState,
    Scorecard,
    Submission,
)
from evaluations.queries import capture
from evaluations.queries.capture import Contents

PAUSE = timedelta(minutes=30)
CHANGES, PHOTOS = "changes", "photos"


@dataclass(frozen=True, slots=True)
class Arrival:
    """Changes of one device, or photos, that came without a longer pause between them."""

    first: datetime
    last: datetime
    what: str
    """CHANGES or PHOTOS."""
    number: int
    device: int | None
    """Devices are numbered in the order in which they first sent something; photos come without."""


@dataclass(frozen=True, slots=True)
class Presence:
    """The shopper at the place, by the phone's own clock."""

    at: datetime
    is_coming: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made."""

    at: datetime
    language: str
    edition: int


@dataclass(frozen=True, slots=True)
class Story:
    """All that rows tell of a visit, each part in the order of time."""

    arrivals: tuple[Arrival, ...] = ()
    presences: tuple[Presence, ...] = ()
    reports: tuple[Made, ...] = ()
    receipts: Mapping[int, str] = field(default_factory=dict)
    """The digest of each round's receipt."""
    stay: Contents = field(default_factory=Contents)
    """When and where the shopper came and went, and how that ended; nothing else of what was found."""


def story(session: Session, evaluation: Evaluation | None) -> Story:
    """What arrived of `evaluation`, when the shopper came and went, and which reports were made."""
    if evaluation is None:
        return Story()
    found = capture.comings_and_goings(session, [evaluation.id])[evaluation.id]
    stays = ((found.check_in, True), (found.check_out, False))
    return Story(
        arrivals=tuple(_arrivals(session, evaluation.id)),
        presences=tuple(Presence(one.at, coming) for one, coming in stays if one and one.at),
        reports=_reports(session, evaluation.id),
        receipts=_receipts(session, evaluation.id),
        stay=found,
    )


def _arrivals(session: Session, evaluation_id: UUID) -> list[Arrival]:
    """Every arrival, in the order in which it began."""
    changes = (
        select(literal(CHANGES), Change.device_id, Change.received_at, func.count())
        .where(Change.evaluation_id == evaluation_id, Change.device_id != INSTALLATION)
        .group_by(Change.device_id, Change.received_at)
    )
    photos = (
        select(literal(PHOTOS), null().cast(Uuid), Photo.received_at, func.count())
        .where(Photo.evaluation_id == evaluation_id)
        .group_by(Photo.received_at)
    )
    batches = union_all(changes, photos).subquery("batches")
    what, device, at, number = batches.columns
    return _joined(session.execute(select(what, device, at, number).order_by(at, what, device)))


def _joined(batches: Iterable[tuple[str, UUID | None, datetime, int]]) -> list[Arrival]:
    numbers, devices = count(1), dict[UUID, int]()
    told: list[Arrival] = []
    running: dict[tuple[str, int | None], int] = {}
    for what, device_id, at, number in batches:
        device = None
        if device_id is not None:
            device = devices.get(device_id) or devices.setdefault(device_id, next(numbers))
        place = running.get((what, device))
        if place is not None and at - told[place].last <= PAUSE:
            told[place] = replace(told[place], last=at, number=told[place].number + number)
        else:
            running[what, device] = len(told)
            told.append(Arrival(at, at, what, number, device))
    return told


def _reports(session: Session, evaluation_id: UUID) -> tuple[Made, ...]:
    query = (
        select(Report.finished_at, Report.language, Scorecard.edition)
        .join(Report.scorecard)
        .where(Scorecard.evaluation_id == evaluation_id, Report.state == ReportState.READY)
        .order_by(Report.finished_at)
    )
    return tuple(Made(at, language, edition) for at, language, edition in session.execute(query) if at)


def _receipts(session: Session, evaluation_id: UUID) -> dict[int, str]:
    query = select(Submission.round, Submission.digest).where(
        Submission.evaluation_id == evaluation_id, Submission.part == "visit"
    )
    return dict(session.execute(query).all())
