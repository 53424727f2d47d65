"""What designers did to a draft, step by step, so that it can be taken back; and what they carry between drafts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from evaluations.models.base import Base, Identified, Moment, word_of


class StepState(StrEnum):
    DONE = "done"
    UNDONE = "undone"
    OVERTAKEN = "overtaken"
    """Somebody else has built on it since, so that it can be neither taken back nor done again."""


class Step(Identified):
    """One step of one designer at a draft; a burst of saves in one place is one step."""

    __tablename__ = "draft_steps"

    draft_id: Mapped[UUID] = mapped_column(ForeignKey("versions.id"), index=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    state: Mapped[StepState] = mapped_column(word_of(StepState), default=StepState.DONE)
    first_edition: Mapped[int]
    """The edition of the draft that its first save made."""
    edition: Mapped[int]
    """The edition that its last save made."""
    saved_at: Mapped[datetime] = mapped_column(Moment)
    patch: Mapped[str] = mapped_column(Text)
    """JSON; read it with `evaluations.designing.patches.read`."""


class Clipping(Base):
    """What one person has copied from a checklist to paste into another: touchpoints, or single questions."""

    __tablename__ = "clippings"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    copied_at: Mapped[datetime] = mapped_column(Moment)
    copied_from: Mapped[str] = mapped_column(Text)
    """The name of the checklist that it was copied from, as it was then."""
    holds_touchpoints: Mapped[bool]
    """Whether whole touchpoints were copied; else the questions of its one touchpoint."""
    document: Mapped[str] = mapped_column(Text)
    """Canonical JSON of a document with nothing but what was copied."""
