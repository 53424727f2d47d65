"""What was announced and is not here yet: what phones still hold of evaluations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from evaluations import clock
from evaluations.models import Announcement, Change, Evaluation, Photo

Range = tuple[int, int]
Device = tuple[UUID, UUID]
"""An evaluation and a device that holds something of it."""


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
    gone_at: datetime | None = None
    """When it was noticed that the phone's storage was cleared, with all of this in it."""


def of(session: Session, evaluation: Evaluation) -> list[OnPhone]:
    """The devices that hold something of `evaluation` which is not here, the latest seen first."""
    return on_phones(session, [evaluation.id]).get(evaluation.id, [])


def on_phones(session: Session, evaluations: Collection[UUID]) -> dict[UUID, list[OnPhone]]:
    """For each of `evaluations` the devices that hold something which is not here, the latest seen first."""
    rows = session.execute(
        select(Announcement, _number_arrived(), Photo.id)
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


def gaps(present: Collection[int], top: int) -> tuple[Range, ...]:
    """The numbers from 1 to `top` that are not in `present`, as ranges with both ends."""
    found, expected = [], 1
    for number in (*sorted({one for one in present if 1 <= one <= top}), top + 1):
        if number > expected:
            found.append((expected, number - 1))
        expected = number + 1
    return tuple(found)


def arrived(session: Session, devices: Iterable[Device]) -> Mapping[Device, dict[str, int]]:
    """The changes that are here and their numbers, for each device of an evaluation."""
    wanted = set(devices)
    rows = session.execute(
        select(Change.evaluation_id, Change.device_id, Change.id, Change.seq).where(
            Change.evaluation_id.in_({evaluation for evaluation, _device in wanted}),
            Change.device_id.in_({device for _evaluation, device in wanted}),
        )
    )
    found: defaultdict[Device, dict[str, int]] = defaultdict(dict)
    for evaluation, device, change, seq in rows:
        found[evaluation, device][str(change)] = seq
    return found


def _number_arrived() -> ScalarSelect[int]:
    """How many of the changes that an announcement tells of are here: all that `gaps` would not name."""
    return (
        select(func.count(Change.seq.distinct()))
        .where(
            Change.evaluation_id == Announcement.evaluation_id,
            Change.device_id == Announcement.device_id,
            Change.seq <= Announcement.top_seq,
        )
        .scalar_subquery()
    )


def _held(one: Announcement, number_arrived: int, here: Collection[UUID | None]) -> OnPhone:
    photos = [photo for photo in json.loads(one.photos) if UUID(photo["id"]) not in here]
    taken = [photo["taken_ms"] for photo in photos if photo["taken_ms"] is not None]
    return OnPhone(
        device=one.device_id,
        changes=one.top_seq - number_arrived,
        photos=len(photos),
        first_taken_at=clock.from_phone(min(taken)) if taken else None,
        last_seen_at=one.announced_at,
        gone_at=one.gone_at,
    )
