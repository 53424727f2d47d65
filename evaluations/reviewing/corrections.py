"""What an editor puts right in an evaluation under review: an answer or a comment, with the reason.

A correction is a change like a phone's, so nothing is overwritten: what was there before stays in the log, and
before, after, why and who are in the trail.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.document import canonical
from evaluations.document.answers import LONGEST_TEXT, Answer
from evaluations.document.kinds import read_answer
from evaluations.document.tree import AnyQuestion, Kind
from evaluations.errors import Conflict, Invalid, NotFound
from evaluations.fieldwork import changes
from evaluations.models import AuditEntry, Evaluation, EvaluationState, FollowUpState, Person
from evaluations.queries import capture, follow_ups
from evaluations.reviewing import holding

ACT = "evaluation.corrected"
WITHOUT_VALUE = frozenset({Kind.PHOTO, Kind.SIGNATURE, Kind.PLACE})
"""Kinds that nobody can answer in an office: an editor says at most that they do not count."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One question put right, as the trail tells it; answers as JSON values, None for blank."""

    at: datetime
    editor: str
    reason: str
    before: Answer | None
    after: Answer | None
    comment_changed: bool


def correct(
    session: Session,
    evaluation: Evaluation,
    key: str,
    answer: object,
    comment: str,
    reason: str,
    *,
    by: Person,
    at: datetime,
) -> None:
    """Put `answer` (its JSON value; None: blank) and `comment` in the place of what the question holds.

    By whoever holds the review. Refused without a reason, where nothing differs, and where the answer is none to the
    question.
    """
    holding.begin(session, evaluation, by, EvaluationState.IN_REVIEW)
    question = _question(session, evaluation, key)
    if not (reason := holding.short(reason, "reason")):
        raise Invalid("correction_reason_needed", field="reason")
    found = capture.contents(session, evaluation)
    was, now = found.answers.get(key), None if answer is None else read_answer(question, answer)
    comment, before_comment = _fitting(comment), found.comments.get(key, "")
    in_conflict = any(one.question == key for one in found.conflicts)
    if was == now and comment == before_comment and not in_conflict:
        raise Invalid("nothing_corrected", field="reason")
    told = {"question": key, "before": _json(was), "after": _json(now), "reason": reason}
    if was != now or in_conflict:
        kind = "answer.clear" if now is None else "answer.set"
        changes.write(session, evaluation, f"answer:{key}", kind, _json(now), by=by, at=at)
    if comment != before_comment:
        changes.write(session, evaluation, f"comment:{key}", "comment.set", comment, by=by, at=at)
        told |= {"before_comment": before_comment, "comment": comment}
    audit.record(session, ACT, evaluation, by=by, at=at, **told)


def of(session: Session, evaluation: Evaluation) -> Mapping[str, Sequence[Correction]]:
    """What was put right in `evaluation`, by question, oldest first."""
    rows = session.execute(
        select(AuditEntry, Person.name)
        .outerjoin(Person, AuditEntry.actor_id == Person.id)
        .where(AuditEntry.subject_id == evaluation.id, AuditEntry.act == ACT)
        .order_by(AuditEntry.at, AuditEntry.id)
    )
    told: dict[str, list[Correction]] = {}
    for entry, editor in rows:
        details = json.loads(entry.details)
        told.setdefault(details["question"], []).append(
            Correction(
                entry.at,
                editor or "",
                details["reason"],
                _answer(details["before"]),
                _answer(details["after"]),
                "comment" in details,
            )
        )
    return told


def _question(session: Session, evaluation: Evaluation, key: str) -> AnyQuestion:
    question = canonical.read(evaluation.version.document).question(key)
    if question is None or question.kind is Kind.INSTRUCTION:
        raise NotFound()
    row = follow_ups.of(session, evaluation).get(key)
    if question.due_days is not None and (row is None or row.state is not FollowUpState.APPROVED):
        raise Conflict("follow_up_decided_first")
    return question


def _fitting(comment: str) -> str:
    if len(comment := comment.strip()) > LONGEST_TEXT:
        raise Invalid("note_too_long", field="comment", longest=LONGEST_TEXT, length=len(comment))
    return comment


def _json(answer: Answer | None) -> Any:
    return None if answer is None else answer.model_dump(mode="json")


def _answer(raw: Any) -> Answer | None:
    return None if raw is None else Answer.model_validate(raw)
