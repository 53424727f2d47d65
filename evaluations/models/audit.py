"""The audit trail: it only grows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from evaluations.models.base import Identified, Moment


class AuditEntry(Identified):
    """Who did what to which thing, when, and what it was before and after."""

    __tablename__ = "audit_entries"

    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    """None when the installation itself acted."""
    act: Mapped[str] = mapped_column(String(60), index=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[UUID] = mapped_column(index=True)
    details: Mapped[str] = mapped_column(Text, default="{}")
    """Before, after and why, as canonical JSON."""
