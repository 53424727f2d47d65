"""The editor's decisions, and what is to be mended, question by question."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Identified, Moment, word_of
from evaluations.models.evaluations import Evaluation
from evaluations.models.people import Person


class Decision(StrEnum):
    """What an editor decided."""

    RETURNED = "returned"
    APPROVED = "approved"
    EXCLUDED = "excluded"
    REOPENED = "reopened"
    LEFT = "left"
    """Looked at again, and left as it was."""
    WITHDRAWN = "withdrawn"


class Review(Identified):
    """One decision on one round of an evaluation."""

    __tablename__ = "reviews"

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), index=True)
    editor_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    round: Mapped[int]
    decision: Mapped[Decision] = mapped_column(word_of(Decision))
    note: Mapped[str] = mapped_column(Text, default="")
    """A word to the shopper on a return; the reason for all else: excluding, opening again, withdrawing, approving with
    something open. It is the agency's own."""
    client_note: Mapped[str] = mapped_column(Text, default="")
    """The reason worded for the client, where there is one: of looking again, of withdrawing."""
    decided_at: Mapped[datetime] = mapped_column(Moment)

    evaluation: Mapped[Evaluation] = relationship()
    editor: Mapped[Person] = relationship()
    remarks: Mapped[list[Remark]] = relationship(back_populates="review", cascade="all, delete-orphan")


class Remark(Identified):
    """What is to be mended at one question."""

    __tablename__ = "remarks"

    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), index=True)
    question_key: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)

    review: Mapped[Review] = relationship(back_populates="remarks")
