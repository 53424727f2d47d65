"""The evidence: one row per photo, its bytes named by their hash."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from evaluations.models.base import Base, Moment


class Photo(Base):
    """A photo whose bytes are durable here. Which question it belongs to is in the register `photo:ID`."""

    __tablename__ = "photos"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Made on the phone."""
    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), index=True)
    sent_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    byte_count: Mapped[int]
    mime: Mapped[str] = mapped_column(String(40))
    width: Mapped[int]
    height: Mapped[int]
    """As seen, after orientation is applied."""
    received_at: Mapped[datetime] = mapped_column(Moment)
