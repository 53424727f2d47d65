"""What a wave came to at all locations of its client: the context in which one of them is read.

These are figures of the whole wave, whoever reads them; no location is named in them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from evaluations.inference.means import Apart, Estimate, apart, estimate
from evaluations.models import Evaluation, Fact, FactKind, Scorecard, Visit
from evaluations.queries import editions
from evaluations.queries.means import mean

WHOLE = ""
"""What stands in place of a touchpoint's key; it sorts before all of them."""
NO_CRITICAL = '"criticals":[]'
"""How the canonical JSON of a scorecard on which no critical took effect reads."""


@dataclass(frozen=True, slots=True)
class WaveContext:
    """All locations of a wave: the share at which a critical took effect, and the means of the rest."""

    total: Apart
    touchpoints: Mapping[str, Estimate]


def of_waves(session: Session, waves: Collection[UUID]) -> dict[UUID, WaveContext]:
    """The context of each of these waves, over the newest editions of their released visits.

    A location is one figure, the mean of its visits in the wave. One with a critical at any of its
    visits is counted apart, and is in no mean.
    """
    totals: dict[UUID, dict[UUID, tuple[int | None, bool]]] = defaultdict(dict)
    reached: dict[UUID, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in session.execute(_figures(waves)):
        average = mean(int(row.total or 0), row.scored)
        if row.key == WHOLE:
            totals[row.wave_id][row.location_id] = average, row.hit > 0
        elif not totals[row.wave_id][row.location_id][1] and average is not None:
            reached[row.wave_id][row.key].append(average)
    return {
        wave: WaveContext(apart(totals[wave].values()), _estimates(reached[wave].items())) for wave in waves
    }


def is_free_of_criticals(card: Scorecard) -> bool:
    """Whether no critical answer failed, zeroed or capped anything, an internal one included."""
    return NO_CRITICAL in card.card


def _estimates(figures: Iterable[tuple[str, list[int]]]) -> dict[str, Estimate]:
    return {key: estimate(scores) for key, scores in figures}


def _newest(waves: Collection[UUID]) -> Select[UUID]:
    """The newest edition of each released result of these waves."""
    released = select(Evaluation.id).join(Evaluation.visit).where(Visit.wave_id.in_(waves), editions.holds())
    return editions.current(released)


def _figures(waves: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    """A row for the whole of each location, before those for its touchpoints."""
    both = union_all(_totals(waves), _touchpoints(waves)).subquery()
    return select(both).order_by(both.c.wave_id, both.c.location_id, both.c.key)


def _totals(waves: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Visit.wave_id,
            Visit.location_id,
            literal(WHOLE).label("key"),
            func.sum(Scorecard.millionths).label("total"),
            func.count(Scorecard.millionths).label("scored"),
            func.sum(case((Scorecard.card.contains(NO_CRITICAL, autoescape=True), 0), else_=1)).label("hit"),
        )
        .select_from(Scorecard)
        .join(Evaluation, Scorecard.evaluation_id == Evaluation.id)
        .join(Visit, Evaluation.visit_id == Visit.id)
        .where(Scorecard.id.in_(_newest(waves)))
        .group_by(Visit.wave_id, Visit.location_id)
    )


def _touchpoints(waves: Collection[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Visit.wave_id,
            Visit.location_id,
            Fact.key,
            func.sum(Fact.millionths).label("total"),
            func.count(Fact.millionths).label("scored"),
            literal(0).label("hit"),
        )
        .select_from(Fact)
        .join(Scorecard, Fact.scorecard_id == Scorecard.id)
        .join(Evaluation, Scorecard.evaluation_id == Evaluation.id)
        .join(Visit, Evaluation.visit_id == Visit.id)
        .where(
            Scorecard.id.in_(_newest(waves)),
            Fact.kind == FactKind.TOUCHPOINT,
            Fact.millionths.is_not(None),
        )
        .group_by(Visit.wave_id, Visit.location_id, Fact.key)
    )
