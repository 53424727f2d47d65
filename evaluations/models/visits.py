"""One planned shop at one location in a window of dates, and its way from plan to done."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Identified, Moment, word_of
from evaluations.models.clients import Location
from evaluations.models.people import Person
from evaluations.models.programmes import Wave

if TYPE_CHECKING:
    from evaluations.models.evaluations import Evaluation


class VisitState(StrEnum):
    PLANNED = "planned"
    ASSIGNED = "assigned"
    UNDER_WAY = "under_way"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def next(self) -> frozenset[VisitState]:
        """The states that a visit may move to from this one."""
        return NEXT_VISIT_STATES[self]


NEXT_VISIT_STATES: dict[VisitState, frozenset[VisitState]] = {
    VisitState.PLANNED: frozenset({VisitState.ASSIGNED, VisitState.CANCELLED}),
    VisitState.ASSIGNED: frozenset(
        {VisitState.PLANNED, VisitState.UNDER_WAY, VisitState.DONE, VisitState.CANCELLED}
    ),
    VisitState.UNDER_WAY: frozenset({VisitState.DONE, VisitState.CANCELLED}),
    VisitState.DONE: frozenset(),
    VisitState.CANCELLED: frozenset({VisitState.DONE}),
}


class Outcome(StrEnum):
    MADE = "made"
    CLOSED_STORE = "closed_store"
    COULD_NOT = "could_not"


def was_made(outcome: Outcome | None) -> bool:
    """Whether a visit that ended so was made: one of which nothing is said was."""
    return outcome in (None, Outcome.MADE)


class Visit(Identified):
    """One planned shop at one location, between two dates in the store's own calendar."""

    __tablename__ = "visits"

    wave_id: Mapped[UUID] = mapped_column(ForeignKey("waves.id"), index=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id"), index=True)
    shopper_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[VisitState] = mapped_column(word_of(VisitState), default=VisitState.PLANNED, index=True)
    outcome: Mapped[Outcome | None] = mapped_column(word_of(Outcome))
    window_from: Mapped[date]
    window_to: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    """What this one visit needs beyond the wave's briefing, e.g. a scenario; shown to the shopper."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    assigned_at: Mapped[datetime | None] = mapped_column(Moment)

    wave: Mapped[Wave] = relationship()
    location: Mapped[Location] = relationship()
    shopper: Mapped[Person | None] = relationship()
    evaluation: Mapped[Evaluation | None] = relationship(back_populates="visit")
