"""Mail that is owed to somebody, or was sent."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from evaluations.models.base import word_of
from evaluations.models.owed import Owed

PLACE_OF_THE_LINK = "\x1f"
"""Stands in a stored text where the mail itself has its link; nobody can type this sign."""


class MailState(StrEnum):
    OWED = "owed"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Mail(Owed):
    """One mail to one person, written in the same transaction as what it tells."""

    __tablename__ = "mails"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(254))
    """The address that it goes to, as it was when the mail was written."""
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    link: Mapped[str | None] = mapped_column(Text)
    """The secret address that opens something for the recipient; erased once the mail is sent or given up."""
    state: Mapped[MailState] = mapped_column(word_of(MailState), default=MailState.OWED, index=True)
