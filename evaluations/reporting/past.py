"""What the same location reached before a visit: on each earlier visit, and in the wave before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from evaluations.models import Evaluation, Fact, FactKind, Scorecard, Visit, Wave
from evaluations.queries import editions
from evaluations.queries.means import mean_of
from evaluations.reporting.parts import EarlierVisit, PreviousWave
from evaluations.scoring.bands import Band, Verdict

_VISITED = func.coalesce(Evaluation.visited_at, Evaluation.submitted_at, Scorecard.scored_at)


@dataclass(frozen=True, slots=True)
class _Result:
    """What holds of one visit of the location."""

    visit: EarlierVisit
    wave_id: UUID
    starts_on: date
    touchpoints: dict[str, int | None] = field(default_factory=dict)


def of(
    session: Session, visit: Visit, before: datetime
) -> tuple[PreviousWave | None, tuple[EarlierVisit, ...]]:
    """The location's newest earlier wave in the programme, and its visits before this moment, the newest first."""
    results = _results(session, visit, before)
    earlier = [one.visit for one in results if one.visit.visited_at < before]
    return _previous_wave(one for one in results if one.starts_on < visit.wave.starts_on), tuple(earlier)


def _previous_wave(results: Iterable[_Result]) -> PreviousWave | None:
    known = list(results)
    if not known:
        return None
    newest = max(known, key=lambda one: (one.starts_on, one.wave_id))
    before = [one for one in known if one.wave_id == newest.wave_id]
    total = mean_of(one.visit.millionths for one in before)
    return PreviousWave(newest.visit.wave, len(before), total, _means(before))


def _means(results: Iterable[_Result]) -> Mapping[str, int]:
    """The mean of each touchpoint over these results."""
    figures: dict[str, list[int | None]] = defaultdict(list)
    for one in results:
        for key, millionths in one.touchpoints.items():
            figures[key].append(millionths)
    return {key: mean for key, found in figures.items() if (mean := mean_of(found)) is not None}


def _results(session: Session, visit: Visit, before: datetime) -> list[_Result]:
    """The other results of the location in the programme, by moment, the newest first; asked in one query."""
    found: dict[UUID, _Result] = {}
    for row in session.execute(_rows(visit, before)):
        if row.evaluation_id not in found:
            band = Band(row.band) if row.band else None
            has_failed = row.verdict == Verdict.FAILED
            earlier = EarlierVisit(
                row.evaluation_id, row.wave, row.visited_at, row.millionths, band, has_failed
            )
            found[row.evaluation_id] = _Result(earlier, row.wave_id, row.starts_on)
        if row.key is not None:
            found[row.evaluation_id].touchpoints[row.key] = row.reached
    return list(found.values())


def _rows(visit: Visit, before: datetime) -> Select[*tuple[Any, ...]]:
    """A row for each touchpoint of each result."""
    here = select(Evaluation.id).join(Evaluation.visit)
    here = here.where(Visit.location_id == visit.location_id, editions.holds())
    return (
        select(
            Evaluation.id.label("evaluation_id"),
            Wave.id.label("wave_id"),
            Wave.name.label("wave"),
            Wave.starts_on,
            _VISITED.label("visited_at"),
            Scorecard.millionths,
            Scorecard.band,
            Scorecard.verdict,
            Fact.key,
            Fact.millionths.label("reached"),
        )
        .select_from(Scorecard)
        .join(Evaluation, Scorecard.evaluation_id == Evaluation.id)
        .join(Visit, Evaluation.visit_id == Visit.id)
        .join(Wave, Visit.wave_id == Wave.id)
        .outerjoin(Fact, (Fact.scorecard_id == Scorecard.id) & (Fact.kind == FactKind.TOUCHPOINT))
        .where(
            Scorecard.id.in_(editions.current(here)),
            Wave.programme_id == visit.wave.programme_id,
            Visit.id != visit.id,
            or_(before > _VISITED, Wave.starts_on < visit.wave.starts_on),
        )
        .order_by(_VISITED.desc(), Evaluation.id.desc(), Fact.place)
    )
