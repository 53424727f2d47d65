"""Where a client must act: the visits of a wave that failed or missed their target, the worst first."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import case
from sqlalchemy.orm import Session

from evaluations.models import Evaluation, Location, Person, Scorecard, Wave
from evaluations.queries.portal import SHOWN_VERDICT, results, within_areas
from evaluations.queries.results import WaveResult
from evaluations.scoring import scorecard
from evaluations.scoring.bands import Verdict
from evaluations.scoring.worst import worst

MOST = 5


@dataclass(frozen=True, slots=True)
class ToActOn:
    """One visit, and the question of it to begin with."""

    evaluation_id: UUID
    location: str
    verdict: str
    millionths: int | None
    question: str | None
    """By its key; None where no single question lost anything."""


def to_act_on(
    session: Session, reader: Person, wave: WaveResult, areas: Collection[UUID] | None = None
) -> tuple[ToActOn, ...]:
    """At most five released visits of `wave`: those that failed first, then the lowest below their target."""
    failed_first = case((Scorecard.verdict == Verdict.FAILED.value, 0), else_=1)
    query = (
        results(
            reader,
            Evaluation.id.label("evaluation_id"),
            Location.name.label("location"),
            SHOWN_VERDICT.label("verdict"),
            Scorecard.millionths,
            Scorecard.card,
        )
        .where(
            Wave.id == wave.wave_id,
            SHOWN_VERDICT.in_([Verdict.FAILED.value, Verdict.BELOW_TARGET.value]),
        )
        .order_by(failed_first, Scorecard.millionths, Location.name, Evaluation.id)
        .limit(MOST)
    )
    rows = session.execute(within_areas(query, areas))
    return tuple(
        ToActOn(row.evaluation_id, row.location, row.verdict, row.millionths, _worst(row.card))
        for row in rows
    )


def _worst(stored: str) -> str | None:
    found = worst(scorecard.from_json(json.loads(stored)))
    return None if found is None else found.key
