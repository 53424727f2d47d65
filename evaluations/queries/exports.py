"""What somebody asked to take away, as they may see it: how far it is, and whether it is still theirs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from evaluations import access
from evaluations.errors import NotFound
from evaluations.models import (
    Evaluation,
    Export,
    ExportItem,
    ExportState,
    Person,
    Report,
    ReportState,
    Scorecard,
)
from evaluations.queries import editions

MOST = 50
"""How many a reader is shown; older ones are long expired."""
OVER = (ReportState.READY, ReportState.FAILED)


@dataclass(frozen=True, slots=True)
class Asked:
    """One export as its reader sees it."""

    export: Export
    done: int
    """How many of its results are done."""

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to come."""
        return self.export.state in (ExportState.OWED, ExportState.MAKING)

    @property
    def percent(self) -> int:
        """How far it is, in whole per cent."""
        return 100 * self.done // self.export.total if self.export.total else 0


def listed(session: Session, reader: Person) -> tuple[Asked, ...]:
    """What the reader asked for, the newest first."""
    newest_first = _own(reader).order_by(Export.owed_at.desc(), Export.id.desc()).limit(MOST)
    return tuple(Asked(row[0], row.done) for row in session.execute(newest_first))


def one(session: Session, reader: Person, export_id: UUID) -> Asked:
    """One that the reader asked for; of anybody else it does not exist."""
    row = session.execute(_own(reader).where(Export.id == export_id)).one_or_none()
    if row is None:
        raise NotFound()
    return Asked(row[0], row.done)


def is_still_theirs(session: Session, reader: Person, export: Export) -> bool:
    """Whether every result that the export holds still holds itself, and is one that the reader may see."""
    return not no_longer_theirs(session, reader, [export.id])


def no_longer_theirs(session: Session, reader: Person, exports: Collection[UUID]) -> frozenset[UUID]:
    """Those of `exports` with a result that was withdrawn or kept back, or is not for the reader to see any more."""
    query = (
        select(ExportItem.export_id)
        .distinct()
        .where(ExportItem.export_id.in_(exports), ExportItem.scorecard_id.not_in(visible(reader)))
    )
    return frozenset(session.scalars(query))


def visible(reader: Person) -> Select[UUID]:
    """The scorecards of results that hold, of any edition whose files are given out, that the reader may see."""
    released = access.evaluations(reader).where(editions.holds()).with_only_columns(Evaluation.id)
    return select(Scorecard.id).where(Scorecard.evaluation_id.in_(released), editions.is_given_out())


def _own(reader: Person) -> Select[Export, int]:
    """The reader's exports, each with how far it is: counted in PDFs until all of those are there."""
    rendered = (
        select(func.count())
        .select_from(ExportItem)
        .join(Report, ExportItem.report_id == Report.id)
        .where(ExportItem.export_id == Export.id, Report.state.in_(OVER))
        .correlate(Export)
        .scalar_subquery()
    )
    done = case((Export.state == ExportState.OWED, rendered), else_=Export.done)
    return select(Export, done.label("done")).where(Export.asked_by_id == reader.id)
