"""The audit trail is written beside the act, in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from evaluations.models import AuditEntry, Person
from evaluations.models.base import Identified


def record(
    session: Session, act: str, subject: Identified, *, by: Person | None, at: datetime, **details: Any
) -> None:
    """Write down that `by` did `act` to `subject`; `details` say before, after and why.

    `act` is a noun and a past participle with a dot between, such as "version.published".
    """
    record_each(session, act, [subject], by=by, at=at, **details)


def record_each(
    session: Session,
    act: str,
    subjects: Sequence[Identified],
    *,
    by: Person | None,
    at: datetime,
    **details: Any,
) -> None:
    """Write down one act that `by` did to many things at once: an entry for each."""
    record_all(session, act, [(subject, details) for subject in subjects], by=by, at=at)


def record_all(
    session: Session,
    act: str,
    told: Iterable[tuple[Identified, Mapping[str, Any]]],
    *,
    by: Person | None,
    at: datetime,
) -> None:
    """Write down one act that `by` did to many things at once, each with details of its own."""
    session.flush()  # the subject of a creation gets its id only now
    session.add_all(
        AuditEntry(
            at=at,
            actor_id=by.id if by else None,
            act=act,
            subject_type=subject.__tablename__,
            subject_id=subject.id,
            details=json.dumps(details, sort_keys=True, default=str, ensure_ascii=False),
        )
        for subject, details in told
    )
