"""Exports: asked for by somebody who may see their results, made by whoever holds the claim, kept for some days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from evaluations.clock import local_day
from evaluations.document import canonical
from evaluations.errors import Conflict
from evaluations.leases import Leasing
from evaluations.models import (
    Evaluation,
    Export,
    ExportItem,
    ExportKind,
    ExportState,
    Location,
    Person,
    Programme,
    Report,
    ReportState,
    Scorecard,
    Version,
    Visit,
    Wave,
)
from evaluations.queries import exports, portal
from evaluations.reporting import owing

LEASE = timedelta(minutes=2)
KEPT_FOR = timedelta(days=7)
LEASE_RAN_OUT = "the worker was ended while it made this"
WAITING = (ReportState.OWED, ReportState.RENDERING)


class Wanted(BaseModel):
    """Which results somebody wants, and in which language; what is not named is not narrowed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: str
    wave: UUID | None = None
    programme: UUID | None = None
    area: UUID | None = None
    location: UUID | None = None
    since: date | None = None
    until: date | None = None


class Found(NamedTuple):
    """A result that fits."""

    scorecard: UUID
    version: UUID
    day: date


def _all_pdfs_are_made() -> ColumnElement[bool]:
    unmade = (
        select(ExportItem.export_id)
        .join(Report, ExportItem.report_id == Report.id)
        .where(ExportItem.export_id == Export.id, Report.state.in_(WAITING))
        .correlate(Export)
    )
    return ~unmade.exists()


LEASING = Leasing(
    model=Export,
    owed=ExportState.OWED,
    held=ExportState.MAKING,
    done=ExportState.READY,
    failed=ExportState.FAILED,
    lease=LEASE,
    pauses=tuple(timedelta(seconds=seconds) for seconds in (20, 60, 300)),
    ran_out=LEASE_RAN_OUT,
    only_when=_all_pdfs_are_made,
)


def ask(
    session: Session, kind: ExportKind, wanted: Wanted, *, by: Person, file_name: str, at: datetime
) -> Export:
    """Owe `by` a file with the results that are wanted, as they stand now; refused where there are none.

    An archive makes the PDFs owed that are not there yet. The same, asked for again while it is still being
    made, is the one that was asked for first.
    """
    asked = canonical.canonical_json(wanted.model_dump(mode="json", exclude_none=True))
    if (twin := _under_way(session, kind, asked, by)) is not None:
        return twin
    found = _matching(session, wanted, by)
    if not found:
        raise Conflict("nothing_to_export")
    export = Export(
        asked_by_id=by.id,
        kind=kind,
        parameters=asked,
        total=len(found),
        file_name=file_name,
        owed_at=at,
        expires_at=at + KEPT_FOR,
    )
    session.add(export)
    session.flush()
    made = _owe_pdfs(session, found, wanted.language, at) if kind is ExportKind.ARCHIVE else {}
    items = [
        {"export_id": export.id, "scorecard_id": one.scorecard, "report_id": made.get(one.scorecard)}
        for one in found
    ]
    session.execute(insert(ExportItem), items)
    return export


def wanted_of(export: Export) -> Wanted:
    """What was asked for."""
    return Wanted.model_validate_json(export.parameters)


def held(session: Session, export: Export) -> list[tuple[UUID, UUID | None]]:
    """The scorecards that the export holds and their PDFs, by place and day, without what is no longer its reader's."""
    visible = exports.visible(export.asked_by)
    query = (
        select(Scorecard.id, ExportItem.report_id)
        .join(ExportItem, ExportItem.scorecard_id == Scorecard.id)
        .join(Scorecard.evaluation)
        .join(Evaluation.visit)
        .join(Visit.location)
        .where(ExportItem.export_id == export.id, Scorecard.id.in_(visible))
        .order_by(Location.name, Location.id, Evaluation.visited_at, Evaluation.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def drop_what_is_not_theirs(session: Session, export: Export) -> None:
    """Leave out, for good, what the reader of the export may no longer see."""
    session.execute(
        delete(ExportItem).where(
            ExportItem.export_id == export.id,
            ExportItem.scorecard_id.not_in(exports.visible(export.asked_by)),
        )
    )


def expire(session: Session, *, at: datetime) -> int:
    """Let go of what was kept long enough; how many exports it was."""
    over = select(Export.id).where(
        Export.state.in_((ExportState.READY, ExportState.FAILED)), Export.expires_at <= at
    )
    ids = list(session.scalars(over))
    if ids:
        session.execute(delete(ExportItem).where(ExportItem.export_id.in_(ids)))
        session.execute(update(Export).where(Export.id.in_(ids)).values(state=ExportState.EXPIRED))
    return len(ids)


def kept(session: Session) -> frozenset[str]:
    """The hashes of the files that are still to be had."""
    ready = select(Export.sha256).where(Export.state == ExportState.READY, Export.sha256.is_not(None))
    return frozenset(filter(None, session.scalars(ready)))


def language_of(languages: Sequence[str], wanted: str) -> str:
    """The language of one result's PDF: the wanted one where its checklist has it, else that one's first."""
    return wanted if wanted in languages else languages[0]


def _under_way(session: Session, kind: ExportKind, asked: str, by: Person) -> Export | None:
    return session.scalars(
        select(Export)
        .where(
            Export.asked_by_id == by.id,
            Export.kind == kind,
            Export.parameters == asked,
            Export.state.in_((ExportState.OWED, ExportState.MAKING)),
        )
        .limit(1)
    ).one_or_none()


def _matching(session: Session, wanted: Wanted, reader: Person) -> list[Found]:
    """The newest editions of the released results that fit, as far as the reader may see them."""
    visited_at = func.coalesce(Evaluation.visited_at, Evaluation.submitted_at, Evaluation.released_at)
    query = portal.results(reader, Scorecard.id, Evaluation.version_id, visited_at, Location.time_zone)
    for column, value in (
        (Wave.id, wanted.wave),
        (Programme.id, wanted.programme),
        (Location.id, wanted.location),
    ):
        if value is not None:
            query = query.where(column == value)
    areas = None if wanted.area is None else portal.within(portal.areas(session, reader), wanted.area)
    rows = session.execute(portal.within_areas(query, areas).order_by(Scorecard.id))
    found = [Found(scorecard, version, local_day(moment, zone)) for scorecard, version, moment, zone in rows]
    since, until = wanted.since or date.min, wanted.until or date.max
    return [one for one in found if since <= one.day <= until]


def _owe_pdfs(session: Session, found: Sequence[Found], language: str, at: datetime) -> dict[UUID, UUID]:
    texts = session.execute(
        select(Version.id, Version.document).where(Version.id.in_({one.version for one in found}))
    )
    spoken = {version: canonical.read(text).languages for version, text in texts}
    asked = [(one.scorecard, language_of(spoken[one.version], language)) for one in found]
    reports = owing.owe_all(session, asked, at=at)
    return {scorecard: reports[scorecard, language] for scorecard, language in asked}
