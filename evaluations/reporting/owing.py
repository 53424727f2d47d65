"""Reports that are owed: one per scorecard and language, rendered by whoever holds the claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.database import insert_into
from evaluations.leases import Leasing
from evaluations.models import Report, ReportState, Scorecard, new_id

LEASE = timedelta(minutes=1)
"""How long a worker that says nothing may hold a report; one that is at work renews its claim."""
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (20, 60, 300, 900))
"""How long after each failed attempt the next one is made."""
AT_ONCE = 200
"""How many rows one statement names."""
LEASE_RAN_OUT = "the worker was ended while it rendered this report"
LEASING = Leasing(
    model=Report,
    owed=ReportState.OWED,
    held=ReportState.RENDERING,
    done=ReportState.READY,
    failed=ReportState.FAILED,
    lease=LEASE,
    pauses=PAUSES,
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
    else:
        LEASING.try_again(session, report, at=at)
    session.flush()
    return report


def owe_all(
    session: Session, wanted: Sequence[tuple[UUID, str]], *, at: datetime
) -> dict[tuple[UUID, str], UUID]:
    """The same for many scorecards, each with its language, at once; the ids of their reports."""
    for start in range(0, len(wanted), AT_ONCE):
        rows = [
            {"id": new_id(), "scorecard_id": scorecard_id, "language": language, "owed_at": at}
            for scorecard_id, language in wanted[start : start + AT_ONCE]
        ]
        session.execute(insert_into(session, Report).values(rows).on_conflict_do_nothing())
    found: dict[tuple[UUID, str], UUID] = {}
    for start in range(0, len(wanted), AT_ONCE):
        cards = [scorecard_id for scorecard_id, _language in wanted[start : start + AT_ONCE]]
        for report in session.scalars(select(Report).where(Report.scorecard_id.in_(cards))):
            if report.state is ReportState.FAILED:
                LEASING.try_again(session, report, at=at)
            found[report.scorecard_id, report.language] = report.id
    return found


def finish(
    session: Session, report_id: UUID, token: UUID, *, sha256: str, byte_count: int, at: datetime
) -> bool:
    """Note that the report is ready; False when the lease had passed to somebody else."""
    return LEASING.finish(session, report_id, token, at=at, sha256=sha256, byte_count=byte_count)
