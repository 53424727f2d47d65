"""How far visits are, from plan to result, as one rule that the database applies."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from evaluations.models import Evaluation, EvaluationState, Visit, VisitState, Wave


class Progress(StrEnum):
    """How far one visit is, from plan to result, read from its own state and its evaluation's."""

    PLANNED = "planned"
    ASSIGNED = "assigned"
    UNDER_WAY = "under_way"
    RETURNED = "returned"
    HANDED_IN = "handed_in"
    APPROVED = "approved"
    EXCLUDED = "excluded"
    CANCELLED = "cancelled"


WITH_SHOPPER = frozenset({Progress.PLANNED, Progress.ASSIGNED, Progress.UNDER_WAY, Progress.RETURNED})
"""As long as it is one of these, the visit's window matters."""
_State = EvaluationState
how_far: ColumnElement[str] = case(
    (Visit.state == VisitState.CANCELLED, Progress.CANCELLED.value),
    (Evaluation.state.in_([_State.APPROVED, _State.RELEASED]), Progress.APPROVED.value),
    (Evaluation.state.in_([_State.EXCLUDED, _State.WITHDRAWN]), Progress.EXCLUDED.value),
    (Evaluation.state.in_([_State.SUBMITTED, _State.IN_REVIEW]), Progress.HANDED_IN.value),
    (
        or_(
            Evaluation.state == _State.RETURNED,
            and_(Evaluation.state == _State.IN_PROGRESS, Evaluation.round > 1),
        ),
        Progress.RETURNED.value,
    ),
    (Visit.state == VisitState.DONE, Progress.HANDED_IN.value),
    (Visit.state == VisitState.UNDER_WAY, Progress.UNDER_WAY.value),
    (Visit.state == VisitState.ASSIGNED, Progress.ASSIGNED.value),
    else_=Progress.PLANNED.value,
)


class Counts(dict[Progress, int]):
    """How many visits are how far."""

    @property
    def standing(self) -> int:
        """How many visits there are that were not cancelled."""
        return sum(self.values()) - self[Progress.CANCELLED]


def counts(session: Session, wave: Wave) -> Counts:
    """How many visits of `wave` are how far."""
    query = select(*count_columns()).select_from(Visit).outerjoin(Visit.evaluation)
    return read_counts(session.execute(query.where(Visit.wave_id == wave.id)).one())


def count_columns() -> list[ColumnElement[int]]:
    """A column for each state that counts the visits which are that far."""
    return [
        func.count(Visit.id).filter(how_far == progress.value).label(progress.value) for progress in Progress
    ]


def read_counts(row: Any) -> Counts:
    """The counts that a row holds in those columns."""
    return Counts({progress: row._mapping[progress.value] for progress in Progress})
