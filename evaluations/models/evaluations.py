"""What the shopper found: the evaluation, the log of its changes, and their projection."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.errors import WrongState
from evaluations.models.base import Base, Identified, Moment, word_of
from evaluations.models.checklists import Version
from evaluations.models.people import Person
from evaluations.models.visits import Visit


class EvaluationState(StrEnum):
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    RELEASED = "released"
    EXCLUDED = "excluded"
    ABANDONED = "abandoned"
    WITHDRAWN = "withdrawn"

    @property
    def next(self) -> frozenset[EvaluationState]:
        """The states that an evaluation may move to from this one."""
        return NEXT_STATES[self]


State = EvaluationState
NEXT_STATES: dict[EvaluationState, frozenset[EvaluationState]] = {
    State.IN_PROGRESS: frozenset({State.SUBMITTED, State.ABANDONED}),
    State.SUBMITTED: frozenset({State.IN_REVIEW}),
    State.IN_REVIEW: frozenset(
        {
            State.SUBMITTED,
            State.RETURNED,
            State.APPROVED,
            State.EXCLUDED,
            State.RELEASED,  # opened again, and left as it was
            State.WITHDRAWN,  # opened again, and found not to hold
        }
    ),
    State.RETURNED: frozenset({State.IN_PROGRESS, State.SUBMITTED, State.ABANDONED}),
    State.APPROVED: frozenset({State.RELEASED, State.IN_REVIEW}),
    State.RELEASED: frozenset({State.IN_REVIEW, State.WITHDRAWN}),
    State.EXCLUDED: frozenset(),
    State.ABANDONED: frozenset({State.SUBMITTED}),
    State.WITHDRAWN: frozenset(),
}
OPEN_TO_SHOPPER = frozenset({State.IN_PROGRESS, State.RETURNED})
STANDING = frozenset(State) - {State.EXCLUDED, State.ABANDONED, State.WITHDRAWN}
"""The states in which what was released of an evaluation still holds, looked at again or not."""


class Evaluation(Identified):
    """What one shopper found on one visit. Its id is issued with the assignment (`eid`)."""

    __tablename__ = "evaluations"

    visit_id: Mapped[UUID] = mapped_column(ForeignKey("visits.id"), unique=True)
    shopper_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("versions.id"))
    state: Mapped[EvaluationState] = mapped_column(
        word_of(EvaluationState), default=State.IN_PROGRESS, index=True
    )
    round: Mapped[int] = mapped_column(default=1)
    arrivals: Mapped[int] = mapped_column(default=0)
    """The arrival number of the newest change, given under this row's lock."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    visited_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the shopper checked in, by the phone's clock."""
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    claimed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    return_due_at: Mapped[datetime | None] = mapped_column(Moment)
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    """When the client last got an edition; it stays while the evaluation is looked at again."""
    reopened_at: Mapped[datetime | None] = mapped_column(Moment)
    """Since when it is looked at again after its approval; None once that is decided."""

    visit: Mapped[Visit] = relationship(back_populates="evaluation")
    shopper: Mapped[Person] = relationship(foreign_keys=[shopper_id])
    claimed_by: Mapped[Person | None] = relationship(foreign_keys=[claimed_by_id])
    version: Mapped[Version] = relationship()


def move(evaluation: Evaluation, state: EvaluationState) -> None:
    """Move `evaluation` to `state`, or refuse if that step does not exist."""
    if state not in evaluation.state.next:
        raise WrongState(being=evaluation.state, wanted=state)
    evaluation.state = state


INSTALLATION = UUID("00000000-0000-4000-8000-000000000000")
"""The device of what the office writes: no phone ever makes this id for itself."""


class Change(Base):
    """One change of one register, exactly as it arrived; never altered, only superseded."""

    __tablename__ = "changes"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "arrival"),
        Index("ix_changes_device", "evaluation_id", "device_id", "seq"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Made on the phone; the database's own constraint keeps it from being stored twice."""
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    device_id: Mapped[UUID]
    seq: Mapped[int]
    arrival: Mapped[int]
    register: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(Text)
    """The change's canonical JSON, as sent: what a repeat is compared with."""
    disposition: Mapped[str | None] = mapped_column(String(20))
    is_head: Mapped[bool] = mapped_column(default=True, index=True)
    """Whether nothing has superseded it in its register."""
    depth: Mapped[int]
    wall_ms: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(Moment)


class CurrentRegister(Base):
    """The projection: what each register of an evaluation now holds, for reading."""

    __tablename__ = "current_registers"

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), primary_key=True)
    register: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str | None] = mapped_column(Text)
    """The provisional value as canonical JSON; None when cleared or detached."""
    heads: Mapped[str] = mapped_column(Text)
    """The ids of its heads, sorted, as a JSON list."""
    in_conflict: Mapped[bool] = mapped_column(default=False)


class Submission(Base):
    """A hand-in: what the shopper says was handed in, and the receipt that the server gave."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("evaluation_id", "part", "round"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), index=True)
    part: Mapped[str] = mapped_column(String(40), default="visit")
    round: Mapped[int]
    manifest: Mapped[str] = mapped_column(Text)
    receipt: Mapped[str] = mapped_column(Text)
    """Every change id and photo id with hash that the server held, as canonical JSON."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the receipt; its first characters are what the shopper is shown."""
    open_items: Mapped[str] = mapped_column(Text)
    """What was still open or in conflict when it was handed in, for the editor, as JSON."""
    received_at: Mapped[datetime] = mapped_column(Moment)
