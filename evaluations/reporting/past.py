"""What the same location reached before a visit: in the wave before it, and on each earlier visit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from evaluations.models import Evaluation, Fact, FactKind, Scorecard, Visit, Wave
from evaluations.queries import editions
from evaluations.queries.means import mean_of
from evaluations.reporting.parts import EarlierVisit, PreviousWave
from evaluations.scoring.bands import Band, Verdict

_VISITED = func.coalesce(Evaluation.visited_at, Evaluation.submitted_at, Scorecard.scored_at)


def previous_wave(session: Session, visit: Visit) -> PreviousWave | None:
    """The newest earlier wave of the programme in which the location was visited."""
    query = _results(visit, Wave.id, Wave.name, Scorecard.id.label("scorecard"), Scorecard.millionths)
    rows = session.execute(
        query.where(Wave.starts_on < visit.wave.starts_on).order_by(Wave.starts_on.desc(), Wave.id.desc())
    ).all()
    before = [row for row in rows if row.id == rows[0].id]
    if not before:
        return None
    touchpoints = _touchpoints(session, [row.scorecard for row in before])
    total = mean_of(row.millionths for row in before)
    return PreviousWave(before[0].name, len(before), total, touchpoints)


def earlier_visits(session: Session, visit: Visit, before: datetime) -> tuple[EarlierVisit, ...]:
    """The location's visits in the programme that were made before this moment, the newest first."""
    columns = (
        Evaluation.id.label("evaluation_id"),
        Wave.name.label("wave"),
        _VISITED.label("visited_at"),
        Scorecard.millionths,
        Scorecard.band,
        Scorecard.verdict,
    )
    query = _results(visit, *columns).where(before > _VISITED, Visit.id != visit.id)
    return tuple(
        EarlierVisit(
            row.evaluation_id,
            row.wave,
            row.visited_at,
            row.millionths,
            Band(row.band) if row.band else None,
            row.verdict == Verdict.FAILED,
        )
        for row in session.execute(query.order_by(_VISITED.desc(), Evaluation.id.desc()))
    )


def _results(visit: Visit, *columns: Any) -> Select[*tuple[Any, ...]]:
    """`columns` of what holds of the location's visits in the programme."""
    here = select(Evaluation.id).join(Evaluation.visit)
    here = here.where(Visit.location_id == visit.location_id, editions.holds())
    return (
        select(*columns)
        .select_from(Scorecard)
        .join(Evaluation, Scorecard.evaluation_id == Evaluation.id)
        .join(Visit, Evaluation.visit_id == Visit.id)
        .join(Wave, Visit.wave_id == Wave.id)
        .where(
            Scorecard.id.in_(editions.current(here)),
            Wave.programme_id == visit.wave.programme_id,
        )
    )


def _touchpoints(session: Session, scorecards: Collection[UUID]) -> Mapping[str, int]:
    """The mean of each touchpoint over these results."""
    facts = session.execute(
        select(Fact.key, Fact.millionths).where(
            Fact.scorecard_id.in_(scorecards), Fact.kind == FactKind.TOUCHPOINT
        )
    )
    figures: dict[str, list[int | None]] = defaultdict(list)
    for key, millionths in facts:
        figures[key].append(millionths)
    return {key: mean for key, found in figures.items() if (mean := mean_of(found)) is not None}
