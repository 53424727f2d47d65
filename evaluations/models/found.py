"""Work that a shopper's phone sent for a visit that is unknown or not theirs: kept apart, until somebody decides."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Base, Identified, Moment, word_of
from evaluations.models.people import Person


class FoundState(StrEnum):
    OPEN = "open"
    TAKEN_OVER = "taken_over"
    SET_ASIDE = "set_aside"


class FoundSort(StrEnum):
    CHANGE = "change"
    PHOTO = "photo"
    HAND_IN = "hand_in"


class FoundWork(Identified):
    """All that one shopper sent under one `eid` which is not an evaluation of theirs."""

    __tablename__ = "found_works"
    __table_args__ = (UniqueConstraint("person_id", "eid"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    eid: Mapped[UUID]
    """As the phone names it; no evaluation, or somebody else's, or one that this server does not know any more."""
    state: Mapped[FoundState] = mapped_column(word_of(FoundState), default=FoundState.OPEN)
    first_at: Mapped[datetime] = mapped_column(Moment)
    last_at: Mapped[datetime] = mapped_column(Moment)
    arrivals: Mapped[int] = mapped_column(default=0)
    byte_count: Mapped[int] = mapped_column(BigInteger, default=0)
    announced: Mapped[str] = mapped_column(Text, default="{}")
    """What each device says that it holds, as JSON: {device: {"top_seq", "photos"}}."""
    evaluation_id: Mapped[UUID | None] = mapped_column(ForeignKey("evaluations.id", ondelete="SET NULL"))
    """Where it was taken over to."""
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was set aside."""
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])


class FoundItem(Base):
    """One change, photo or hand-in of found work, exactly as it arrived."""

    __tablename__ = "found_items"

    found_id: Mapped[UUID] = mapped_column(ForeignKey("found_works.id"), primary_key=True)
    sort: Mapped[FoundSort] = mapped_column(word_of(FoundSort), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    """The id of the change or photo; the part and round of a hand-in."""
    arrival: Mapped[int]
    device_id: Mapped[UUID | None]
    seq: Mapped[int | None]
    register: Mapped[str] = mapped_column(String(60), default="")
    body: Mapped[str] = mapped_column(Text)
    """Canonical JSON: the change as sent, what was found of a photo on its arrival, or the hand-in with its receipt."""
    sha256: Mapped[str] = mapped_column(String(64), default="")
    """Of a photo's bytes, which are in the store."""
    byte_count: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(Moment)
