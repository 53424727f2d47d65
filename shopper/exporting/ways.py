"""Every kind of export and the way in which it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from evaluations.models import Export, ExportKind
from evaluations.photos.store import PhotoStore
from evaluations.reporting import exporting
from evaluations.reporting.store import ExportStore, ReportStore
from shopper.exporting import archive, location, workbook
from shopper.exporting.making import Make, Making
from shopper.language import speaking

WAYS: dict[ExportKind, Make] = {
    ExportKind.ARCHIVE: archive.make,
    ExportKind.WORKBOOK: workbook.make,
    ExportKind.CSV: workbook.make_csv,
    ExportKind.LOCATION_REPORT: location.make,
}


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes exports of every kind, out of and into the stores of one installation."""

    photos: PhotoStore
    reports: ReportStore
    exports: ExportStore
    address: str
    """Where people reach this installation."""

    def make(self, session: Session, export_id: UUID, tell: Callable[[int], None]) -> Mapping[str, Any]:
        """Make one export; what is to be noted of it."""
        export = session.get_one(Export, export_id)
        wanted, held = exporting.wanted_of(export), exporting.held(session, export)
        left_out = export.total - len(held)
        draft = self.exports.draft()
        try:
            with speaking(wanted.language):
                making = Making(
                    session, export, wanted, held, self.photos, self.reports, self.address, draft, tell
                )
                WAYS[export.kind](making)
            sha256, byte_count = self.exports.keep(draft)
        finally:
            draft.unlink(missing_ok=True)
        return {
            "sha256": sha256,
            "byte_count": byte_count,
            "done": len(held),
            "total": len(held),
            "left_out": left_out,
        }
