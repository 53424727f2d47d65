"""What was announced and is not here yet: what phones still hold of evaluations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select
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
    rows = session.execute(
        select(Announcement, _arrived(), Photo.id)
        .outerjoin(Photo, Photo.evaluation_id == Announcement.evaluation_id)
        .where(Announcement.evaluation_id.in_(evaluations))
        .order_by(Announcement.announced_at.desc(), Announcement.device_id)
    )
    found: defaultdict[UUID, list[OnPhone]] = defaultdict(list)
    for (announced, count), same in groupby(rows, key=lambda row: (row[0], row[1])):
        held = _held(announced, count, {photo for _announced, _count, photo in same})
        if held.changes or held.photos:
            found[announced.evaluation_id].append(held)
    return found


def _arrived() -> ScalarSelect[int]:
    """How many of the changes of an announcement's device are here."""
    return (
        select(func.count(Change.seq.distinct()))
        .where(Change.evaluation_id == Announcement.evaluation_id, Change.device_id == Announcement.device_id)
        .scalar_subquery()
    )


def _held(one: Announcement, arrived: int, here: Collection[UUID | None]) -> OnPhone:
    photos = [photo for photo in json.loads(one.photos) if UUID(photo["id"]) not in here]
    taken = [photo["taken_ms"] for photo in photos if photo["taken_ms"] is not None]
    return OnPhone(
        device=one.device_id,
        changes=max(0, one.top_seq - arrived),
        photos=len(photos),
        first_taken_at=clock.from_phone(min(taken)) if taken else None,
        last_seen_at=one.announced_at,
    )
