"""Reports that are owed: one per scorecard and language, rendered by whoever holds the claim."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.leases import Leasing
from evaluations.models import Report, ReportState, Scorecard

LEASE = timedelta(minutes=5)
"""Far longer than any report takes to render."""
PAUSE = timedelta(seconds=20)
"""How long after a failed attempt the next one is made."""
MOST_ATTEMPTS = 5
LEASE_RAN_OUT = "the worker was ended while it rendered this report"
LEASING = Leasing(
    model=Report,
    owed=ReportState.OWED,
    held=ReportState.RENDERING,
    done=ReportState.READY,
    failed=ReportState.FAILED,
    lease=LEASE,
    pauses=(PAUSE,) * (MOST_ATTEMPTS - 1),
    ran_out=LEASE_RAN_OUT,
)
is_waiting = LEASING.is_waiting
claim = LEASING.claim
fail = LEASING.fail


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


def finish(
    session: Session, report_id: UUID, token: UUID, *, sha256: str, byte_count: int, at: datetime
) -> bool:
    """Note that the report is ready; False when the lease had passed to somebody else."""
    return LEASING.finish(session, report_id, token, at=at, sha256=sha256, byte_count=byte_count)
