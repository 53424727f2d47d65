"""What every promise of work has: who holds it until when is a claim on its row."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from evaluations.models.base import Identified, Moment


class Owed(Identified):
    """A piece of work that is owed: the row is the promise, and a lapsed claim is taken up again."""

    __abstract__ = True

    attempts: Mapped[int] = mapped_column(default=0)
    owed_at: Mapped[datetime] = mapped_column(Moment)
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    claim: Mapped[UUID | None]
    """The worker's token: only who holds it may finish the work."""
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str] = mapped_column(Text, default="")
