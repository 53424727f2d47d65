"""What right looks like: one row per reference picture, its bytes named by their hash."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from evaluations.models.base import Base, Moment


class ReferencePicture(Base):
    """A picture whose bytes are durable here, in the store of photos. Checklists name it by its hash.

    It stays: published versions never change, and neither does what they show.
    """

    __tablename__ = "reference_pictures"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    byte_count: Mapped[int]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime] = mapped_column(Moment)
