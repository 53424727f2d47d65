"""What every way of making an export is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from evaluations.models import Export, Report, Scorecard
from evaluations.photos.store import PhotoStore
from evaluations.reporting.exporting import Wanted
from evaluations.reporting.store import ReportStore

TOLD_EVERY = 10


@dataclass(frozen=True, slots=True)
class Making:
    """An export in the making: what was asked for, what goes into it, and where to write it."""

    session: Session
    export: Export
    wanted: Wanted
    held: list[tuple[UUID, UUID | None]]
    """The scorecards by place and day, each with its PDF where the kind has those."""
    photos: PhotoStore
    reports: ReportStore
    address: str
    """Where people reach this installation, for links into it."""
    file: Path
    """Where to write; what is there at the end is what the reader gets."""
    tell: Callable[[int], None]
    """Says how many of the results are done; `results` does so."""

    def results(self) -> Iterator[tuple[Scorecard, Report | None]]:
        """The results one after the other; none is held any longer than its turn, however many there are."""
        for number, (scorecard_id, report_id) in enumerate(self.held, start=1):
            card = self.session.get_one(Scorecard, scorecard_id)
            yield card, None if report_id is None else self.session.get_one(Report, report_id)
            self.session.expunge_all()
            if number % TOLD_EVERY == 0:
                self.tell(number)


Make = Callable[[Making], None]
