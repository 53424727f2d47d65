"""Who uses a version: the waves that were planned on it, how far each is, and the evaluations that answered it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from evaluations.models import Client, Evaluation, Programme, Version, Visit, Wave
from evaluations.queries.progress import WITH_SHOPPER, Counts, Progress, count_columns, read_counts

TO_BEGIN = frozenset({Progress.PLANNED, Progress.ASSIGNED})


class WaveStage(StrEnum):
    """How far a wave is, in a word."""

    TO_BEGIN = "to_begin"
    UNDER_WAY = "under_way"
    DONE = "done"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class WaveUse:
    """A wave that was planned on a version."""

    id: UUID
    version_id: UUID
    name: str
    client: str
    starts_on: date
    ends_on: date
    stage: WaveStage


@dataclass(frozen=True, slots=True)
class Use:
    """What became of one version."""

    waves: Sequence[WaveUse] = ()
    answered: int = 0
    """How many evaluations of it were handed in."""


def uses(session: Session, checklist_id: UUID) -> Mapping[UUID, Use]:
    """For each version of a checklist the waves that use it, the latest first, and the evaluations that answered it."""
    of_checklist = Version.checklist_id == checklist_id
    waves: dict[UUID, list[WaveUse]] = defaultdict(list)
    for wave in _waves(session, select(Wave).where(of_checklist)):
        waves[wave.version_id].append(wave)
    counted = session.execute(
        select(Evaluation.version_id, func.count(Evaluation.id).label("count"))
        .join(Evaluation.version)
        .where(of_checklist, Evaluation.submitted_at.is_not(None))
        .group_by(Evaluation.version_id)
    )
    answered = {row.version_id: int(row._mapping["count"]) for row in counted}
    return {key: Use(waves.get(key, ()), answered.get(key, 0)) for key in waves.keys() | answered.keys()}


def waves_to_begin(session: Session, version: Version) -> list[WaveUse]:
    """The waves that were planned on `version` and have not begun."""
    found = _waves(session, select(Wave).where(Wave.version_id == version.id))
    return [wave for wave in found if wave.stage is WaveStage.TO_BEGIN]


def _waves(session: Session, query: Select[Wave]) -> list[WaveUse]:
    rows = session.execute(
        query.join(Wave.programme)
        .join(Programme.client)
        .join(Wave.version)
        .outerjoin(Visit, Visit.wave_id == Wave.id)
        .outerjoin(Visit.evaluation)
        .with_only_columns(
            Wave.id,
            Wave.version_id,
            Wave.name,
            Client.name.label("client"),
            Wave.starts_on,
            Wave.ends_on,
            *count_columns(),
        )
        .group_by(Wave.id, Client.id)
        .order_by(Wave.starts_on.desc(), Wave.id.desc())
    )
    return [_wave(row) for row in rows]


def _wave(row: Any) -> WaveUse:
    values = {name: value for name, value in row._mapping.items() if name not in set(Progress)}
    return WaveUse(**values, stage=_stage(read_counts(row)))


def _stage(counts: Counts) -> WaveStage:
    """Where nobody has begun anything a wave is still to begin; where no visit is with a shopper it is done."""
    standing = {progress for progress, count in counts.items() if count} - {Progress.CANCELLED}
    if not standing and counts[Progress.CANCELLED]:
        return WaveStage.CALLED_OFF
    if standing <= TO_BEGIN:
        return WaveStage.TO_BEGIN
    return WaveStage.UNDER_WAY if standing & WITH_SHOPPER else WaveStage.DONE
