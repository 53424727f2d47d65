"""Reports that are owed: rows that workers claim, so that a killed worker loses nothing.

A claim is a lease. Whoever holds it may finish or fail the report; when it runs out, because its
worker was killed, the next worker takes the report up again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Update, and_, or_, select, update
from sqlalchemy.orm import Session

from evaluations.models import Report, ReportState, Scorecard

LEASE = timedelta(minutes=5)
"""Far longer than any report takes to render."""
PAUSE = timedelta(seconds=20)
"""How long after a failed attempt the next one is made."""
MOST_ATTEMPTS = 5
LONGEST_ERROR = 2000
LEASE_RAN_OUT = "the worker was ended while it rendered this report"


def owe(session: Session, scorecard: Scorecard, language: str, *, at: datetime) -> Report:
    """The report of `scorecard` in `language`, promised now if it was not yet, or had failed."""
    query = select(Report).where(Report.scorecard_id == scorecard.id, Report.language == language)
    report = session.scalars(query).one_or_none()
    if report is None:
        report = Report(scorecard_id=scorecard.id, language=language, owed_at=at)
        session.add(report)
    elif report.state is ReportState.FAILED:
        report.state, report.attempts, report.owed_at, report.claimed_at = ReportState.OWED, 0, at, None
    session.flush()
    return report


def is_waiting(session: Session, *, at: datetime) -> bool:
    """Whether there is anything to claim; asked without a lock, before one is taken."""
    return session.scalar(select(Report.id).where(_to_do(at)).limit(1)) is not None


def claim(session: Session, token: UUID, *, at: datetime) -> Report | None:
    """Take up the report that has waited longest; None when there is nothing to do.

    Two workers never get the same one: the update holds only for the row as it was seen.
    """
    _give_up_on_those_that_end_workers(session, at)
    while (seen := _next(session, at)) is not None:
        report_id, attempts = seen
        taken = (
            update(Report)
            .where(Report.id == report_id, Report.attempts == attempts, _to_do(at))
            .values(state=ReportState.RENDERING, claim=token, claimed_at=at, attempts=attempts + 1)
        )
        if _changes_one(session, taken):
            return session.get_one(Report, report_id, populate_existing=True)
    return None


def finish(
    session: Session, report_id: UUID, token: UUID, *, sha256: str, byte_count: int, at: datetime
) -> bool:
    """Note that the report is ready; False when the lease had passed to somebody else."""
    done = (
        update(Report)
        .where(_held(report_id, token))
        .values(
            state=ReportState.READY,
            claim=None,
            sha256=sha256,
            byte_count=byte_count,
            finished_at=at,
            error="",
        )
    )
    return _changes_one(session, done)


def fail(session: Session, report_id: UUID, token: UUID, error: str, *, at: datetime) -> bool:
    """Note why an attempt failed; after the last one the report has failed for good."""
    report = session.scalars(select(Report).where(_held(report_id, token))).one_or_none()
    if report is None:
        return False
    is_last = report.attempts >= MOST_ATTEMPTS
    noted = (
        update(Report)
        .where(_held(report_id, token))
        .values(
            state=ReportState.FAILED if is_last else ReportState.OWED,
            claim=None,
            claimed_at=at,
            finished_at=at if is_last else None,
            error=error[:LONGEST_ERROR],
        )
    )
    return _changes_one(session, noted)


def _to_do(at: datetime) -> ColumnElement[bool]:
    """Owed and not tried a moment ago, or claimed by a worker whose lease ran out."""
    rested = or_(Report.claimed_at.is_(None), Report.claimed_at <= at - PAUSE)
    left = and_(Report.state == ReportState.RENDERING, Report.claimed_at <= at - LEASE)
    return or_(and_(Report.state == ReportState.OWED, rested), and_(left, Report.attempts < MOST_ATTEMPTS))


def _next(session: Session, at: datetime) -> tuple[UUID, int] | None:
    query = select(Report.id, Report.attempts).where(_to_do(at)).order_by(Report.owed_at, Report.id).limit(1)
    row = session.execute(query.with_for_update(skip_locked=True)).one_or_none()
    return None if row is None else (row.id, row.attempts)


def _give_up_on_those_that_end_workers(session: Session, at: datetime) -> None:
    session.execute(
        update(Report)
        .where(
            Report.state == ReportState.RENDERING,
            Report.claimed_at <= at - LEASE,
            Report.attempts >= MOST_ATTEMPTS,
        )
        .values(state=ReportState.FAILED, claim=None, finished_at=at, error=LEASE_RAN_OUT)
    )


def _held(report_id: UUID, token: UUID) -> ColumnElement[bool]:
    return and_(Report.id == report_id, Report.claim == token, Report.state == ReportState.RENDERING)


def _changes_one(session: Session, change: Update) -> bool:
    result: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        change.execution_options(synchronize_session="fetch")
    )
    return result.rowcount == 1
