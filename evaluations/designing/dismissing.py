"""Dismissing: a finding that gives pause is left as it is, with a reason, until the words that it was about change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from evaluations import audit
from evaluations.designing.outline import question_wordings
from evaluations.designing.problems import Problem
from evaluations.document.tree import Document
from evaluations.errors import Invalid, NotFound
from evaluations.models import Checklist, Dismissal, Person

LONGEST_REASON = 500
BY_CONDITION = frozenset({"always_asked"})
"""The findings that are about a condition, too."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the check found, apart from what was dismissed."""

    standing: tuple[Problem, ...]
    dismissed: tuple[tuple[Problem, Dismissal], ...]


def judged(problems: Iterable[Problem], document: Document, dismissals: Sequence[Dismissal]) -> Judged:
    """Which of `problems` stand; what stands in the way of publishing is never dismissed."""
    known = {each.fingerprint: each for each in dismissals}
    standing: list[Problem] = []
    dismissed: list[tuple[Problem, Dismissal]] = []
    for problem in problems:
        found = None if problem.blocks or not known else known.get(fingerprint(problem, document))
        if found is None:
            standing.append(problem)
        else:
            dismissed.append((problem, found))
    return Judged(tuple(standing), tuple(dismissed))


def fingerprint(problem: Problem, document: Document) -> str:
    """The finding with the words that it is about, as a hash: the same as long as they are the same."""
    told = [
        problem.code,
        problem.touchpoint,
        problem.question,
        dict(problem.values),
        _about(problem, document),
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _about(problem: Problem, document: Document) -> list[Any]:
    question = document.question(problem.question or "")
    touchpoint = next((each for each in document.touchpoints if each.key == problem.touchpoint), None)
    thing = question or touchpoint
    if question is not None:
        words: list[Any] = list(question_wordings(question))
    else:
        words = [touchpoint.name, touchpoint.guidance] if touchpoint is not None else []
    if thing is not None and thing.show_if is not None and problem.code in BY_CONDITION:
        words.append(thing.show_if.model_dump(mode="json"))
    return words


def of_checklists(session: Session, checklists: Iterable[UUID]) -> dict[UUID, list[Dismissal]]:
    """What was dismissed, by the checklist, the newest first."""
    found: dict[UUID, list[Dismissal]] = {each: [] for each in checklists}
    query = (
        select(Dismissal)
        .where(Dismissal.checklist_id.in_(found))
        .options(joinedload(Dismissal.dismissed_by))
        .order_by(Dismissal.dismissed_at.desc(), Dismissal.id)
    )
    for each in session.scalars(query):
        found[each.checklist_id].append(each)
    return found


def dismiss(
    session: Session,
    checklist: Checklist,
    wanted: str,
    reason: str,
    among: Mapping[str, Problem],
    *,
    by: Person,
    at: datetime,
) -> Dismissal:
    """Leave the finding with the fingerprint `wanted`, which has to be `among` those that stand now.

    Refused with `finding_is_gone` where it is not, and with `dismissed_without_reason`.
    """
    problem = among.get(wanted)
    if problem is None or problem.blocks:
        raise Invalid("finding_is_gone")
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid("dismissed_without_reason", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid("dismissal_too_long", field="reason", limit=LONGEST_REASON)
    session.refresh(checklist, with_for_update={"of": Checklist})
    known = of_checklists(session, [checklist.id])[checklist.id]
    if same := next((each for each in known if each.fingerprint == wanted), None):
        return same
    made = Dismissal(checklist_id=checklist.id, fingerprint=wanted, code=problem.code, reason=reason)
    made.touchpoint, made.question = problem.touchpoint, problem.question
    made.dismissed_at, made.dismissed_by_id = at, by.id
    session.add(made)
    audit.record(
        session, "finding.dismissed", checklist, by=by, at=at, reason=reason, **_named(problem.code, made)
    )
    return made


def bring_back(
    session: Session, checklist: Checklist, dismissal_id: UUID, *, by: Person, at: datetime
) -> None:
    """Let a dismissed finding stand again."""
    made = session.get(Dismissal, dismissal_id)
    if made is None or made.checklist_id != checklist.id:
        raise NotFound()
    audit.record(
        session,
        "finding.brought_back",
        checklist,
        by=by,
        at=at,
        reason=made.reason,
        **_named(made.code, made),
    )
    session.delete(made)


def _named(code: str, made: Dismissal) -> dict[str, str]:
    """The finding in the audit trail: its code and where it was, as far as that is somewhere."""
    told = {"finding": code, "touchpoint": made.touchpoint, "question": made.question}
    return {name: value for name, value in told.items() if value}
