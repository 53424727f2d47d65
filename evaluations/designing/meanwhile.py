"""Meanwhile: what was saved in a draft after a page of it was made, as the audit trail tells it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.designing.comparing import Sort
from evaluations.models import AuditEntry, Person, Version


@dataclass(frozen=True, slots=True)
class Save:
    """One saved edition: who made it when, and which things it changed."""

    edition: int
    who: str
    at: datetime
    changes: tuple[dict[str, object], ...]

    def touched(self, *, touchpoint: str | None = None, question: str | None = None) -> bool:
        """Whether it changed this question, this touchpoint with its questions, or (neither given) the settings."""
        return any(_is_about(change, touchpoint, question) for change in self.changes)


def saves_since(session: Session, draft: Version, edition: int) -> tuple[Save, ...]:
    """What was saved in `draft` after `edition`, the newest first."""
    rows = session.execute(
        select(AuditEntry, Person.name)
        .join(Person, AuditEntry.actor_id == Person.id)
        .where(AuditEntry.subject_id == draft.id, AuditEntry.act == "draft.saved")
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(max(0, draft.edition - edition))
    )
    saves = []
    for entry, name in rows:
        details = json.loads(entry.details)
        if details["edition"] > edition:
            saves.append(Save(details["edition"], name, entry.at, tuple(details["changes"])))
    return tuple(saves)


def _is_about(change: dict[str, object], touchpoint: str | None, question: str | None) -> bool:
    has_only_moved = change["sort"] == Sort.MOVED
    if question is not None:  # where it stands has no part in what it says
        return change.get("question") == question and not has_only_moved
    if touchpoint is not None:  # but a question that moved in would go with its touchpoint
        return change.get("touchpoint") == touchpoint and (not has_only_moved or "question" in change)
    return "touchpoint" not in change
