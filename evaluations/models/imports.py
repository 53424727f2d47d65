"""Locations brought in from a file: what the file holds, how its columns are read, and what was done."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Identified, Moment, word_of
from evaluations.models.clients import Client
from evaluations.models.people import Person


class ImportState(StrEnum):
    OPEN = "open"
    APPLIED = "applied"
    UNDONE = "undone"


class Import(Identified):
    """One file of locations for a client; an open one waits for its columns and for somebody's word."""

    __tablename__ = "imports"

    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[ImportState] = mapped_column(word_of(ImportState), default=ImportState.OPEN)
    started_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    """When an open one is forgotten."""
    content: Mapped[str] = mapped_column(Text)
    """The file as read, as JSON; empty once it was applied."""
    columns: Mapped[str] = mapped_column(Text, default="{}")
    """Which column of the file gives which field, as JSON."""
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    done: Mapped[str] = mapped_column(Text, default="{}")
    """What was added and changed, before and after, as JSON: what undoing needs."""

    client: Mapped[Client] = relationship()
    person: Mapped[Person] = relationship()
