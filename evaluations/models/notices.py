"""What the client's people are told of by mail: once for each person, edition and kind."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from evaluations.models.base import Identified, Moment, word_of


class NoticeKind(StrEnum):
    READY = "ready"
    """A scorecard can be read."""
    CRITICAL = "critical"
    """A critical question failed."""


class Notice(Identified):
    """Somebody is to be told of a scorecard; the row stays, so that nobody is told twice."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("person_id", "scorecard_id", "kind"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    scorecard_id: Mapped[UUID] = mapped_column(ForeignKey("scorecards.id"), index=True)
    kind: Mapped[NoticeKind] = mapped_column(word_of(NoticeKind))
    owed_at: Mapped[datetime] = mapped_column(Moment)
    settled_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    """When its mail was written, or there was no reason for one any more."""
    mail_id: Mapped[UUID | None] = mapped_column(ForeignKey("mails.id"))
