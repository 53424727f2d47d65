"""The heaps that the review desk's work lies in, and the parts of each that are counted and shown alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_
from sqlalchemy.orm import Session

from evaluations import access
from evaluations.models import FOLLOWED, Evaluation, EvaluationState, FollowUp, FollowUpState, Person

TIME_TO_DECIDE = timedelta(hours=72)
SOON = timedelta(hours=24)
A_DAY = timedelta(days=1)
HOLD = timedelta(hours=8)
"""A claim lapses after a working day, so that whoever went home with it keeps it from nobody."""


class Tab(StrEnum):
    """The heaps that the queue is sorted into."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    RETURNED = "returned"
    DECIDED = "decided"
    FOLLOW_UPS = "follow_ups"


HANDED_IN_HEAPS = (Tab.WAITING, Tab.CLAIMED, Tab.RETURNED, Tab.DECIDED)
"""Each evaluation that was handed in lies in one of these; follow-ups make a heap across them."""


class Part(StrEnum):
    """A part of one heap that is worth a look of its own."""

    OVERDUE = "overdue"
    SOON = "soon"
    FRESH = "fresh"
    BACK = "back"
    MINE = "mine"
    OTHERS = "others"
    LATE = "late"

    @property
    def tab(self) -> Tab:
        """The heap that it is a part of."""
        return HEAP_OF.get(self, Tab.WAITING)


HEAP_OF = {Part.MINE: Tab.CLAIMED, Part.OTHERS: Tab.CLAIMED, Part.LATE: Tab.RETURNED}
State = EvaluationState
REWORKED = and_(Evaluation.state == State.IN_PROGRESS, Evaluation.round > 1)
DECIDED = [State.APPROVED, State.RELEASED, State.EXCLUDED, State.WITHDRAWN]
HANDED_IN = or_(
    Evaluation.state.in_([State.SUBMITTED, State.IN_REVIEW, State.RETURNED, *DECIDED]),
    REWORKED,
)
"""Whether an editor may look at it: nothing before it was handed in."""


SINCE = case(
    (Evaluation.reopened_at > Evaluation.submitted_at, Evaluation.reopened_at), else_=Evaluation.submitted_at
)
"""Since when a decision is owed: the hand-in, or the opening again after it."""


def is_lapsed(evaluation: Evaluation, at: datetime) -> bool:
    """Whether the editor who claimed the evaluation has held it for so long that anybody may take it."""
    return evaluation.claimed_at is not None and evaluation.claimed_at <= at - HOLD


def belongs(tab: Tab, at: datetime) -> ColumnElement[bool]:
    """Whether an evaluation lies in the heap `tab` at this moment; a lapsed claim is no claim."""
    held = Evaluation.claimed_at > at - HOLD
    match tab:
        case Tab.WAITING:
            lapsed = and_(Evaluation.state == State.IN_REVIEW, ~held)
            return or_(Evaluation.state == State.SUBMITTED, lapsed)
        case Tab.CLAIMED:
            return and_(Evaluation.state == State.IN_REVIEW, held)
        case Tab.RETURNED:
            return or_(Evaluation.state == State.RETURNED, REWORKED)
        case Tab.DECIDED:
            return Evaluation.state.in_(DECIDED)
        case Tab.FOLLOW_UPS:
            return and_(Evaluation.state.in_(FOLLOWED), wants_a_decision(at))


def wants_a_decision(at: datetime) -> ColumnElement[bool]:
    """Whether an evaluation has a follow-up that was handed in, or that is over unanswered everywhere on earth."""
    over = and_(FollowUp.state == FollowUpState.DUE, FollowUp.due_on < at.date() - A_DAY)
    wanted = or_(FollowUp.state == FollowUpState.SUBMITTED, over)
    return exists().where(FollowUp.evaluation_id == Evaluation.id, wanted)


def is_part(part: Part, reader: Person, at: datetime) -> ColumnElement[bool]:
    """Whether an evaluation lies in this part of its heap, as `reader` sees it."""
    overdue = at - TIME_TO_DECIDE > SINCE
    fresh = at - TIME_TO_DECIDE + SOON <= SINCE
    narrower: dict[Part, ColumnElement[bool]] = {
        Part.OVERDUE: overdue,
        Part.SOON: and_(~overdue, ~fresh),
        Part.FRESH: fresh,
        Part.BACK: Evaluation.round > 1,
        Part.MINE: Evaluation.claimed_by_id == reader.id,
        Part.OTHERS: Evaluation.claimed_by_id != reader.id,
        Part.LATE: Evaluation.return_due_at < at,
    }
    return and_(belongs(part.tab, at), narrower[part])


def count(session: Session, reader: Person, at: datetime) -> dict[Tab | Part, int]:
    """How many evaluations lie in each heap and each part, in one query."""
    wanted: dict[Tab | Part, ColumnElement[bool]] = {tab: belongs(tab, at) for tab in Tab}
    wanted |= {part: is_part(part, reader, at) for part in Part}
    columns: list[Any] = [func.count().filter(test).label(heap.value) for heap, test in wanted.items()]
    row = session.execute(access.evaluations(reader).with_only_columns(*columns)).one()
    return {heap: row._mapping[heap.value] for heap in wanted}
