"""What every way of making an export is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from evaluations.models import Export, Report, Scorecard
from evaluations.photos.store import PhotoStore
from evaluations.reporting.exporting import Wanted
from evaluations.reporting.store import ReportStore


@dataclass(frozen=True, slots=True)
class Making:
    """An export in the making: what was asked for, what goes into it, and where to write it."""

    session: Session
    export: Export
    wanted: Wanted
    held: list[tuple[Scorecard, Report | None]]
    """The results by place and day, each with its PDF where the kind has those."""
    photos: PhotoStore
    reports: ReportStore
    file: Path
    """Where to write; what is there at the end is what the reader gets."""
    tell: Callable[[int], None]
    """Says how many of the results are done; call it at least every few seconds."""


Make = Callable[[Making], None]
