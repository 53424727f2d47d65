"""The agency's own entries of the touchpoint library, beside those that are built in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Identified, Moment
from evaluations.models.people import Person


class OwnTouchpoint(Identified):
    """A touchpoint with its questions that the agency keeps for its next checklists."""

    __tablename__ = "own_touchpoints"
    __table_args__ = (
        Index(
            "uq_own_touchpoints_folded_name",
            "folded_name",
            unique=True,
            sqlite_where=text("archived_at IS NULL"),
            postgresql_where=text("archived_at IS NULL"),
        ),
    )

    name: Mapped[str] = mapped_column(String(120))
    """What the office calls it; what shoppers read is in `entry`."""
    folded_name: Mapped[str] = mapped_column(String(360))
    """The name without regard to capitals: no two that are in use have the same."""
    entry: Mapped[str] = mapped_column(Text)
    """Canonical JSON; read it with `evaluations.designing.own_touchpoints.entry_of`."""
    edition: Mapped[int] = mapped_column(default=1)
    """Grows with each change, for the optimistic lock."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    archived_at: Mapped[datetime | None] = mapped_column(Moment)

    created_by: Mapped[Person] = relationship(foreign_keys=[created_by_id])
    changed_by: Mapped[Person] = relationship(foreign_keys=[changed_by_id])
