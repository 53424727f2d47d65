"""What is asked days after a visit: each question with the day on which it is due, and how far it is."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.errors import WrongState
from evaluations.models.base import Identified, Moment, word_of
from evaluations.models.evaluations import STANDING, Evaluation

FOLLOWED = STANDING
"""The states of an evaluation whose follow-ups are still wanted."""


class FollowUpState(StrEnum):
    DUE = "due"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    NOT_OBSERVED = "not_observed"

    @property
    def next(self) -> frozenset[FollowUpState]:
        """The states that a follow-up may move to from this one."""
        return NEXT_FOLLOW_UP_STATES[self]


NEXT_FOLLOW_UP_STATES: dict[FollowUpState, frozenset[FollowUpState]] = {
    FollowUpState.DUE: frozenset({FollowUpState.SUBMITTED, FollowUpState.NOT_OBSERVED}),
    FollowUpState.SUBMITTED: frozenset(
        {FollowUpState.DUE, FollowUpState.APPROVED, FollowUpState.NOT_OBSERVED}
    ),
    FollowUpState.APPROVED: frozenset(),
    FollowUpState.NOT_OBSERVED: frozenset({FollowUpState.SUBMITTED}),
}
TAKES_ANSWERS = frozenset({FollowUpState.DUE, FollowUpState.NOT_OBSERVED})
"""What comes after it was closed unanswered is late, and wanted all the same."""


class FollowUp(Identified):
    """One question of an evaluation that is asked days after the visit, with a hand-in of its own."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "question_key"),
        Index("ix_follow_ups_state_due_on", "state", "due_on"),
    )

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"))
    question_key: Mapped[str] = mapped_column(String(40))
    state: Mapped[FollowUpState] = mapped_column(word_of(FollowUpState), default=FollowUpState.DUE)
    round: Mapped[int] = mapped_column(default=1)
    due_on: Mapped[date] = mapped_column(Date)
    """In the calendar of the place."""
    remark: Mapped[str] = mapped_column(Text, default="")
    """What is to be mended, while it is sent back."""
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it was approved, or closed as not observed."""

    evaluation: Mapped[Evaluation] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether its result is still awaited."""
        return self.state in {FollowUpState.DUE, FollowUpState.SUBMITTED}

    def move(self, state: FollowUpState) -> None:
        """Take the step to `state`, or refuse if it does not exist."""
        if state not in self.state.next:
            raise WrongState(being=self.state, wanted=state)
        self.state = state
