"""What a phone says that it holds of an evaluation, so that what never comes is known by name."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from evaluations.models.base import Base, Moment


class Announcement(Base):
    """The newest word of one device about one evaluation."""

    __tablename__ = "announcements"

    evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), primary_key=True)
    device_id: Mapped[UUID] = mapped_column(primary_key=True)
    top_seq: Mapped[int]
    """The number of its last change: what is below and not here is still on the phone."""
    photos: Mapped[str] = mapped_column(Text)
    """Its photos as a JSON list of {"id", "taken_ms"}."""
    announced_at: Mapped[datetime] = mapped_column(Moment)
    gone_at: Mapped[datetime | None] = mapped_column(Moment)
    """When another device was met in the same browser: what this one held and had not sent is lost."""
