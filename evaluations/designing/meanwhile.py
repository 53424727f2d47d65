"""Meanwhile: what was saved in a draft after a page of it was made, as the audit trail tells it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.designing import patches
from evaluations.designing.comparing import Sort
from evaluations.models import AuditEntry, Person, Step, Version

SAVES = ("draft.saved", "step.undone", "step.redone")


@dataclass(frozen=True, slots=True)
class Save:
    """One saved edition: who made it when, and which things it changed."""

    edition: int
    by_id: UUID | None
    who: str
    at: datetime
    changes: tuple[Mapping[str, object], ...]

    def touched(self, *, touchpoint: str | None = None, question: str | None = None) -> bool:
        """Whether it changed this question, this touchpoint with its questions, or (neither given) the settings."""
        return any(_is_about(change, touchpoint, question) for change in self.changes)


def saves_since(session: Session, draft: Version, edition: int) -> tuple[Save, ...]:
    """What was saved in `draft` after `edition`, the newest first."""
    saves = {
        save.edition: save for save in (*_told(session, draft, edition), *_going_on(session, draft, edition))
    }
    return tuple(saves[edition] for edition in sorted(saves, reverse=True))


def _told(session: Session, draft: Version, edition: int) -> Iterator[Save]:
    """The saves that the audit trail tells of."""
    rows = session.execute(
        select(AuditEntry, Person.name)
        .join(Person, AuditEntry.actor_id == Person.id)
        .where(AuditEntry.subject_id == draft.id, AuditEntry.act.in_(SAVES))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(max(0, draft.edition - edition))
    )
    for entry, name in rows:
        details = json.loads(entry.details)
        if details["edition"] > edition:
            yield Save(details["edition"], entry.actor_id, name, entry.at, tuple(details["changes"]))


def _going_on(session: Session, draft: Version, edition: int) -> Iterator[Save]:
    """The steps that had begun by then and went on since: the trail tells of their beginning alone."""
    rows = session.execute(
        select(Step, Person.name)
        .join(Person, Step.by_id == Person.id)
        .where(Step.draft_id == draft.id, Step.first_edition <= edition, Step.edition > edition)
    )
    for step, name in rows:
        changes = patches.read(step.patch).changes
        yield Save(
            step.edition, step.by_id, name, step.saved_at, tuple(change.as_json() for change in changes)
        )


def _is_about(change: Mapping[str, object], touchpoint: str | None, question: str | None) -> bool:
    has_only_moved = change["sort"] == Sort.MOVED
    if question is not None:  # where it stands has no part in what it says
        return change.get("question") == question and not has_only_moved
    if touchpoint is not None:  # but a question that moved in would go with its touchpoint
        return change.get("touchpoint") == touchpoint and (not has_only_moved or "question" in change)
    return "touchpoint" not in change
