"""A standing commission of a client, and its rounds of fieldwork."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Identified, Moment, word_of
from evaluations.models.checklists import Version
from evaluations.models.clients import Client


class Release(StrEnum):
    """When the client sees what was approved."""

    AT_APPROVAL = "at_approval"
    WITH_WAVE = "with_wave"


class Capture(StrEnum):
    """How a visit is captured."""

    OPEN = "open"
    """Answered on the spot."""
    DISCREET = "discreet"
    """Timers and quick photos only while in the store; answered after the check-out."""


class Programme(Identified):
    """A standing commission of a client, and what it settles for all its waves."""

    __tablename__ = "programmes"
    __table_args__ = (UniqueConstraint("client_id", "name"),)

    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Moment)
    release: Mapped[Release] = mapped_column(word_of(Release), default=Release.AT_APPROVAL)
    report_language: Mapped[str | None] = mapped_column(String(8))
    """The language that reports are always made in; None is the checklist's first."""
    target: Mapped[str | None] = mapped_column(String(10))
    """The target of the total in percent, exact, in place of the checklist's own; None keeps that one."""
    shows_targets: Mapped[bool] = mapped_column(default=True)
    """Whether the client is shown targets, and what missed them."""
    report_hours: Mapped[int] = mapped_column(default=24)
    """How long after its window a visit's work is still in time."""
    return_hours: Mapped[int] = mapped_column(default=24)
    """How long a shopper has for what was sent back, unless the editor says otherwise."""
    lockout_days: Mapped[int] = mapped_column(default=90)
    """How long the same shopper should stay away from a location; 0 is no lock-out."""
    longest_minutes: Mapped[int | None]
    """How long reporting one of its visits should take at most, as the question check estimates it; None is any."""

    capture: Mapped[Capture] = mapped_column(word_of(Capture), default=Capture.OPEN)
    """The default of its waves."""

    client: Mapped[Client] = relationship()
    waves: Mapped[list[Wave]] = relationship(back_populates="programme", order_by="Wave.starts_on")


class Wave(Identified):
    """One round of fieldwork, with dates and exactly one published checklist version."""

    __tablename__ = "waves"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("versions.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(Moment)
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    """When what was approved in it was released at once; what is approved later is released by itself."""

    capture: Mapped[Capture] = mapped_column(word_of(Capture), default=Capture.OPEN)
    """Copied from its programme when it was planned, and its own since."""

    programme: Mapped[Programme] = relationship(back_populates="waves")
    version: Mapped[Version] = relationship()
