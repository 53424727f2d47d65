"""What was announced and is not here yet: what phones still hold of evaluations."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
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


def of(session: Session, evaluation: Evaluation) -> list[OnPhone]:
    """The devices that hold something of `evaluation` which is not here, the latest seen first."""
    return on_phones(session, [evaluation.id]).get(evaluation.id, [])


def on_phones(session: Session, evaluations: Collection[UUID]) -> dict[UUID, list[OnPhone]]:
    """For each of `evaluations` the devices that hold something which is not here, the latest seen first."""
    rows = session.execute(
        select(Announcement, Photo.id)
        .outerjoin(Photo, Photo.evaluation_id == Announcement.evaluation_id)
        .where(Announcement.evaluation_id.in_(evaluations))
        .order_by(Announcement.announced_at.desc(), Announcement.device_id)
    ).all()
    here = arrived(session, {(announced.evaluation_id, announced.device_id) for announced, _photo in rows})
    found: defaultdict[UUID, list[OnPhone]] = defaultdict(list)
    for announced, same in groupby(rows, key=lambda row: row[0]):
        seqs = here[announced.evaluation_id, announced.device_id]
        held = _held(announced, seqs, {photo for _announced, photo in same})
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


def arrived(session: Session, devices: Iterable[Device]) -> Mapping[Device, set[int]]:
    """The numbers of the changes that are here, for each device of an evaluation."""
    wanted = set(devices)
    rows = session.execute(
        select(Change.evaluation_id, Change.device_id, Change.seq).where(
            Change.evaluation_id.in_({evaluation for evaluation, _device in wanted}),
            Change.device_id.in_({device for _evaluation, device in wanted}),
        )
    )
    found: defaultdict[Device, set[int]] = defaultdict(set)
    for evaluation, device, seq in rows:
        found[evaluation, device].add(seq)
    return found


def _held(one: Announcement, seqs: Collection[int], here: Collection[UUID | None]) -> OnPhone:
    photos = [photo for photo in json.loads(one.photos) if UUID(photo["id"]) not in here]
    taken = [photo["taken_ms"] for photo in photos if photo["taken_ms"] is not None]
    return OnPhone(
        device=one.device_id,
        changes=sum(last - first + 1 for first, last in gaps(seqs, one.top_seq)),
        photos=len(photos),
        first_taken_at=clock.from_phone(min(taken)) if taken else None,
        last_seen_at=one.announced_at,
    )
