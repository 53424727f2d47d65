"""Stored results: the scorecard at approval with its facts, and the reports that are owed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Identified, Moment, word_of
from evaluations.models.evaluations import Evaluation
from evaluations.models.owed import Owed


class Cause(StrEnum):
    """Why an edition was filed."""

    APPROVED = "approved"
    FOLLOW_UP = "follow_up"
    REOPENED = "reopened"
    WITHHELD = "withheld"
    """Something in it was hidden or blurred for the client; the figures stayed."""


class Scorecard(Identified):
    """The result of one evaluation as it was approved; a later approval makes a new edition."""

    __tablename__ = "scorecards"
    __table_args__ = (UniqueConstraint("evaluation_id", "edition"),)

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), index=True)
    edition: Mapped[int] = mapped_column(default=1)
    verdict: Mapped[str] = mapped_column(String(20), index=True)
    """failed, not_scored, below_target or passed."""
    band: Mapped[str | None] = mapped_column(String(10))
    score: Mapped[str | None] = mapped_column(Text)
    """The exact share as a fraction, e.g. 41/50, however long; None when there is no score."""
    millionths: Mapped[int | None] = mapped_column(BigInteger)
    """The percentage in millionths, half up: 82 % is 82000000; a bonus may take it far above 100 %."""
    earned: Mapped[str] = mapped_column(Text)
    possible: Mapped[str] = mapped_column(Text)
    card: Mapped[str] = mapped_column(Text)
    """The whole scorecard as canonical JSON, as `shopper score` prints it."""
    scored_at: Mapped[datetime] = mapped_column(Moment)
    contents: Mapped[str | None] = mapped_column(Text, deferred=True)
    """What was found as it stood then, as canonical JSON; None in old rows: then nothing has moved since."""
    check_code: Mapped[str] = mapped_column(String(14), default="", index=True)
    """By which whoever holds a report learns whether it is genuine and current."""
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    """Since when the client sees this edition, or saw it until the next; None for one that was never released."""
    cause: Mapped[Cause] = mapped_column(word_of(Cause), default=Cause.APPROVED)
    client_reason: Mapped[str] = mapped_column(Text, default="")
    """Why it followed on the one before, worded for the client; may be empty."""

    evaluation: Mapped[Evaluation] = relationship()
    facts: Mapped[list[Fact]] = relationship(back_populates="scorecard", cascade="all, delete-orphan")


class FactKind(StrEnum):
    TOUCHPOINT = "touchpoint"
    LENS = "lens"
    QUESTION = "question"


class Fact(Identified):
    """One stored figure of a scorecard: dashboards sum these and never score again."""

    __tablename__ = "facts"
    __table_args__ = (UniqueConstraint("scorecard_id", "kind", "key"),)

    scorecard_id: Mapped[UUID] = mapped_column(ForeignKey("scorecards.id"), index=True)
    kind: Mapped[FactKind] = mapped_column(word_of(FactKind))
    key: Mapped[str] = mapped_column(String(40))
    place: Mapped[int]
    """Its place in journey order."""
    earned: Mapped[str] = mapped_column(Text)
    possible: Mapped[str] = mapped_column(Text)
    counted: Mapped[bool]
    failed: Mapped[bool] = mapped_column(default=False)
    score: Mapped[str | None] = mapped_column(Text)
    millionths: Mapped[int | None] = mapped_column(BigInteger)

    scorecard: Mapped[Scorecard] = relationship(back_populates="facts")


class ReportState(StrEnum):
    OWED = "owed"
    RENDERING = "rendering"
    READY = "ready"
    FAILED = "failed"


class Report(Owed):
    """A PDF that is owed or made."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("scorecard_id", "language"),)

    scorecard_id: Mapped[UUID] = mapped_column(ForeignKey("scorecards.id"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[ReportState] = mapped_column(word_of(ReportState), default=ReportState.OWED, index=True)
    sha256: Mapped[str | None] = mapped_column(String(64))
    byte_count: Mapped[int | None]

    scorecard: Mapped[Scorecard] = relationship()
