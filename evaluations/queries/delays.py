"""How long after seeing something a shopper wrote it down, by the phone's own clock.

A duration was seen when its timer was stopped, everything else at the latest when the shopper checked out. What was
answered before that was answered on the spot, and has no delay.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median_low

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from evaluations import clock
from evaluations.models import Change, Evaluation
from evaluations.queries.capture import Contents

ON_THE_SPOT = timedelta(seconds=5)
"""Stopping a timer and keeping what it measured take a moment."""
LONGEST = timedelta(days=60)
"""A longer one tells of a clock that was changed, and nothing of the shopper."""


class Since(StrEnum):
    TIMER = "timer"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Delay:
    """How long it took until an answer was written, and since when that counts."""

    lasted: timedelta
    since: Since


@dataclass(frozen=True, slots=True)
class Delays:
    """The delays of an evaluation's answers, by question key; what was answered on the spot is not among them."""

    of: Mapping[str, Delay]

    @property
    def longest(self) -> timedelta:
        """The longest of them."""
        return max(delay.lasted for delay in self.of.values())

    @property
    def median(self) -> timedelta:
        """The one in the middle: at least half of the answers took no longer."""
        return median_low(delay.lasted for delay in self.of.values())

    def __bool__(self) -> bool:
        return bool(self.of)


def delays(session: Session, evaluation: Evaluation, found: Contents) -> Delays:
    """How long after seeing it each answer of `found` was written."""
    query = select(Change.register, Change.kind, Change.wall_ms, Change.body).where(
        Change.evaluation_id == evaluation.id,
        Change.author_id == evaluation.shopper_id,
        or_(and_(Change.kind == "answer.set", Change.is_head), Change.kind == "timer.stop"),
    )
    written: dict[str, datetime] = {}
    stopped: dict[str, datetime] = {}
    for register, kind, wall_ms, body in session.execute(query.order_by(Change.arrival)):
        key = register.partition(":")[2]
        at = clock.from_phone(wall_ms)
        if kind == "answer.set" and at is not None:
            written[key] = at
        elif kind == "timer.stop" and (end := _end(json.loads(body)["value"])) is not None:
            stopped[key] = end
    left = found.check_out.at if found.check_out else None
    told = {key: _delay(at, stopped.get(key), left) for key, at in written.items() if key in found.answers}
    return Delays({key: delay for key, delay in told.items() if delay is not None})


def _end(stop: Mapping[str, str | int]) -> datetime | None:
    """The moment in which a timer was stopped."""
    started = clock.from_phone(int(stop["started_ms"]))
    return None if started is None else started + timedelta(seconds=float(stop["seconds"]))


def _delay(at: datetime, stopped: datetime | None, left: datetime | None) -> Delay | None:
    seen = stopped or left
    if seen is None or not ON_THE_SPOT < at - seen <= LONGEST:
        return None
    return Delay(at - seen, Since.TIMER if stopped else Since.LEAVING)
