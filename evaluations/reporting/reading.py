"""Who of the client has read a result, and taken its report: written down once for each person and edition."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.models import AuditEntry, Evaluation, Person, Scorecard


def is_noted(session: Session, act: str, card: Scorecard, reader: Person) -> bool:
    """Whether the trail says that `reader` has done `act` since this edition was made."""
    query = exists().where(
        AuditEntry.subject_id == card.evaluation_id,
        AuditEntry.actor_id == reader.id,
        AuditEntry.act == act,
        AuditEntry.at >= card.scored_at,
    )
    return bool(session.scalar(select(query)))


def note_reading(session: Session, evaluation: Evaluation, *, by: Person, at: datetime) -> None:
    """Write down that somebody of the client looked at the result."""
    audit.record(session, "evaluation.read", evaluation, by=by, at=at)


def note_download(session: Session, evaluation: Evaluation, *, by: Person, at: datetime) -> None:
    """Write down that somebody of the client took the report."""
    audit.record(session, "report.downloaded", evaluation, by=by, at=at)
