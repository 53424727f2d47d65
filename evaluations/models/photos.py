"""The evidence: one row per photo, its bytes named by their hash."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

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
    likeness: Mapped[str | None] = mapped_column(String(16))
    """The 64 bits by which nearly the same photo is known, as hexadecimal; None where too little is to be seen."""
    received_at: Mapped[datetime] = mapped_column(Moment)
    bands: Mapped[list[PhotoBand]] = relationship(lazy="raise_on_sql")


class PhotoBand(Base):
    """One of the bands of a photo's likeness: nearly the same photos have at least one in common."""

    __tablename__ = "photo_bands"

    photo_id: Mapped[UUID] = mapped_column(ForeignKey("photos.id", ondelete="CASCADE"), primary_key=True)
    band: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)
