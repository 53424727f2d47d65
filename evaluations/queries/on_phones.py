"""What was announced and is not here yet: what phones still hold of evaluations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations import clock
from evaluations.models import Announcement, Change, Evaluation, Photo


@dataclass(frozen=True, slots=True)
class OnPhone:
    """What one device still holds of one evaluation."""

    device: UUID
    changes: int
    photos: int
    first_taken_at: datetime | None
    """When the first of these photos was taken, by the phone's clock."""
    last_seen_at: datetime
    """When the device last announced anything."""


def of(session: Session, evaluation: Evaluation) -> list[OnPhone]:
    """The devices that hold something of `evaluation` which is not here, the latest seen first."""
    return on_phones(session, [evaluation.id]).get(evaluation.id, [])


def on_phones(session: Session, evaluations: Collection[UUID]) -> dict[UUID, list[OnPhone]]:
    """For each of `evaluations` the devices that hold something which is not here, the latest seen first."""
    announced = session.scalars(
        select(Announcement)
        .where(Announcement.evaluation_id.in_(evaluations))
        .order_by(Announcement.announced_at.desc(), Announcement.device_id)
    ).all()
    counts = _arrived(session, evaluations) if announced else {}
    here = (
        set(session.scalars(select(Photo.id).where(Photo.evaluation_id.in_(evaluations))))
        if announced
        else set()
    )
    found: defaultdict[UUID, list[OnPhone]] = defaultdict(list)
    for one in announced:
        held = _held(one, counts.get((one.evaluation_id, one.device_id), 0), here)
        if held.changes or held.photos:
            found[one.evaluation_id].append(held)
    return found


def _held(one: Announcement, arrived: int, here: Collection[UUID]) -> OnPhone:
    photos = [photo for photo in json.loads(one.photos) if UUID(photo["id"]) not in here]
    taken = [photo["taken_ms"] for photo in photos if photo["taken_ms"] is not None]
    return OnPhone(
        device=one.device_id,
        changes=max(0, one.top_seq - arrived),
        photos=len(photos),
        first_taken_at=clock.from_phone(min(taken)) if taken else None,
        last_seen_at=one.announced_at,
    )


def _arrived(session: Session, evaluations: Collection[UUID]) -> dict[tuple[UUID, UUID], int]:
    rows = session.execute(
        select(Change.evaluation_id, Change.device_id, func.count(Change.seq.distinct()))
        .where(Change.evaluation_id.in_(evaluations))
        .group_by(Change.evaluation_id, Change.device_id)
    )
    return {(evaluation, device): count for evaluation, device, count in rows}
