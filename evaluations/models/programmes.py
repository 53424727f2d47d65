"""A standing commission of a client, and its rounds of fieldwork."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Identified, Moment
from evaluations.models.checklists import Version
from evaluations.models.clients import Client


class Programme(Identified):
    """A standing commission of a client."""

    __tablename__ = "programmes"
    __table_args__ = (UniqueConstraint("client_id", "name"),)

    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Moment)

    client: Mapped[Client] = relationship()
    waves: Mapped[list[Wave]] = relationship(back_populates="programme", order_by="Wave.starts_on")


class Wave(Identified):
    """One round of fieldwork, with dates and exactly one published checklist version."""

    __tablename__ = "waves"
    __table_args__ = (UniqueConstraint("programme_id", "name"),)

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programmes.id"), index=True)
    version_id: Mapped[UUID] = mapped_column(ForeignKey("versions.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(Moment)

    programme: Mapped[Programme] = relationship(back_populates="waves")
    version: Mapped[Version] = relationship()
