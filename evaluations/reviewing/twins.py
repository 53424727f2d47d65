"""Photos that are nearly the same as another one, of this visit or of any other of the agency."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from evaluations.models import CurrentRegister, Evaluation, Location, Photo, PhotoBand, Visit
from evaluations.photos.likeness import NEAR, distance
from evaluations.queries.capture import PhotoPlacement
from evaluations.reviewing import heaps

MOST_PAIRS = 5_000
"""Pairs with a band in common that are compared for one page."""
SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Twin:
    """Where a photo stands that is nearly the same as the one that is looked at."""

    evaluation_id: UUID
    question: str | None
    location: str
    time_zone: str
    received_at: datetime
    is_open: bool
    """Whether its evaluation was handed in, so that an editor may look at it."""


class _Pair(NamedTuple):
    mine: UUID
    twin: UUID
    evaluation_id: UUID
    received_at: datetime


def twins(session: Session, placed: Iterable[PhotoPlacement]) -> dict[UUID, tuple[Twin, ...]]:
    """For each photo of `placed` that has any: the photos that are nearly the same, the newest first.

    Signatures look alike by nature, and what a shopper removed was meant to go: neither counts.
    """
    pairs = _pairs(session, [photo.id for photo in placed if photo.held and photo.source != SIGNATURE])
    standing = _standing(session, pairs)
    found: defaultdict[UUID, list[Twin]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: pair.received_at, reverse=True):
        if (row := standing.get(pair.twin)) is not None:
            found[pair.mine].append(Twin(pair.evaluation_id, received_at=pair.received_at, **row))
    return {photo: tuple(others) for photo, others in found.items()}


def _pairs(session: Session, photos: Collection[UUID]) -> list[_Pair]:
    """The photos of `photos` with those that are nearly the same, by the index of their bands."""
    if not photos:
        return []
    mine, theirs, one, other = aliased(PhotoBand), aliased(PhotoBand), aliased(Photo), aliased(Photo)
    query = (
        select(one.id, one.likeness, other.id, other.likeness, other.evaluation_id, other.received_at)
        .select_from(mine)
        .join(theirs, (theirs.band == mine.band) & (theirs.photo_id != mine.photo_id))
        .join(one, one.id == mine.photo_id)
        .join(other, other.id == theirs.photo_id)
        .where(mine.photo_id.in_(photos))
        .distinct()
        .limit(MOST_PAIRS)
    )
    return [
        _Pair(photo, twin, evaluation, received_at)
        for photo, likeness, twin, its_likeness, evaluation, received_at in session.execute(query)
        if likeness and its_likeness and distance(likeness, its_likeness) <= NEAR
    ]


def _standing(session: Session, pairs: Collection[_Pair]) -> Mapping[UUID, dict[str, Any]]:
    """Where the twins stand now, by photo; those that were removed or are signatures are not in it."""
    if not pairs:
        return {}
    query = (
        select(
            CurrentRegister.register,
            CurrentRegister.value,
            Location.name,
            Location.time_zone,
            heaps.HANDED_IN.label("is_open"),
        )
        .join(Evaluation, CurrentRegister.evaluation_id == Evaluation.id)
        .join(Visit, Evaluation.visit_id == Visit.id)
        .join(Location, Visit.location_id == Location.id)
        .where(
            CurrentRegister.evaluation_id.in_({pair.evaluation_id for pair in pairs}),
            CurrentRegister.register.in_({f"photo:{pair.twin}" for pair in pairs}),
            CurrentRegister.value.is_not(None),
        )
    )
    standing = {}
    for register, value, location, time_zone, is_open in session.execute(query):
        placing = json.loads(value or "null")
        if placing["photo"].get("source") != SIGNATURE:
            standing[UUID(register.removeprefix("photo:"))] = {
                "question": placing.get("question"),
                "location": location,
                "time_zone": time_zone,
                "is_open": bool(is_open),
            }
    return standing
