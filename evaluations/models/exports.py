"""What somebody asked to take away: many results in one file, made by a worker and kept for some days."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Base, Moment, word_of
from evaluations.models.owed import Owed
from evaluations.models.people import Person


class ExportKind(StrEnum):
    ARCHIVE = "archive"
    """The PDFs of all results, in one ZIP file."""
    WORKBOOK = "workbook"
    """Visits, touchpoints, questions and answers as the sheets of one workbook."""
    CSV = "csv"
    """The same as text files with commas, in one ZIP file."""
    LOCATION_REPORT = "location_report"
    """One location over a wave or a span, as a PDF."""


class ExportState(StrEnum):
    OWED = "owed"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class Export(Owed):
    """A file that is owed to whoever asked for it, or was made."""

    __tablename__ = "exports"

    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[ExportKind] = mapped_column(word_of(ExportKind))
    parameters: Mapped[str] = mapped_column(Text)
    """What was asked for, as canonical JSON."""
    state: Mapped[ExportState] = mapped_column(word_of(ExportState), default=ExportState.OWED, index=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    """How many results it holds."""
    left_out: Mapped[int] = mapped_column(default=0)
    """How many it was asked for and does not hold: they were not its reader's any more when it was made."""
    sha256: Mapped[str | None] = mapped_column(String(64))
    byte_count: Mapped[int | None] = mapped_column(BigInteger)
    file_name: Mapped[str] = mapped_column(String(200))
    expires_at: Mapped[datetime] = mapped_column(Moment)

    asked_by: Mapped[Person] = relationship()


class ExportItem(Base):
    """A result that an export holds, as it stood when it was asked for; and its PDF, where it holds that."""

    __tablename__ = "export_items"

    export_id: Mapped[UUID] = mapped_column(ForeignKey("exports.id"), primary_key=True)
    scorecard_id: Mapped[UUID] = mapped_column(ForeignKey("scorecards.id"), primary_key=True, index=True)
    report_id: Mapped[UUID | None] = mapped_column(ForeignKey("reports.id"), index=True)
