"""What changed between two hand-ins, question by question."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.document.answers import Answer
from evaluations.document.canonical import canonical_json
from evaluations.document.kinds import read_answer
from evaluations.document.tree import Document
from evaluations.errors import Invalid
from evaluations.fieldwork.registers import Written, fold
from evaluations.models import Change, Submission
from evaluations.queries.capture import Contents


@dataclass(frozen=True, slots=True)
class Before:
    """What a question held at the earlier hand-in, and in what it differs from now."""

    answer: Answer | None
    comment: str
    answer_changed: bool
    comment_changed: bool
    photos_added: int
    photos_removed: int

    @property
    def differs(self) -> bool:
        """Whether anything changed."""
        return bool(self.answer_changed or self.comment_changed or self.photos_added or self.photos_removed)


def changed_since(
    session: Session, earlier: Submission, document: Document, found: Contents
) -> dict[str, Before]:
    """What each question held when `earlier` was handed in, for those that now differ; in journey order."""
    values = _values_at(session, earlier)
    photos = _photos(values)
    befores = {}
    for question in document.questions():
        if question.due_days is not None:
            continue  # it has hand-ins of its own
        key = question.key
        answer = _answer(question, values.get(f"answer:{key}"))
        comment = values.get(f"comment:{key}") or ""
        were, are = photos.get(key, set()), {photo.id for photo in found.photos.get(key, ())}
        before = Before(
            answer,
            comment,
            answer_changed=answer != found.answers.get(key),
            comment_changed=comment != found.comments.get(key, ""),
            photos_added=len(are - were),
            photos_removed=len(were - are),
        )
        if before.differs:
            befores[key] = before
    return befores


def _values_at(session: Session, submission: Submission) -> dict[str, Any]:
    """What each register held, folded from the changes that the receipt names."""
    named = {UUID(change) for change in json.loads(submission.receipt)["changes"]}
    logs: defaultdict[str, list[Written]] = defaultdict(list)
    rows = session.execute(
        select(Change.id, Change.register, Change.body).where(
            Change.evaluation_id == submission.evaluation_id
        )
    )
    for id_, register, body in rows:
        if id_ in named:
            logs[register].append(_written(json.loads(body)))
    folded = {register: fold(register, log).value for register, log in logs.items()}
    return {register: json.loads(value) for register, value in folded.items() if value is not None}


def _written(body: Mapping[str, Any]) -> Written:
    value = body.get("value")
    return Written(body["id"], tuple(body.get("base", ())), None if value is None else canonical_json(value))


def _photos(values: Mapping[str, Any]) -> dict[str, set[UUID]]:
    placed: defaultdict[str, set[UUID]] = defaultdict(set)
    for register, value in values.items():
        if register.startswith("photo:"):
            placed[value.get("question") or ""].add(UUID(register.removeprefix("photo:")))
    return placed


def _answer(question: Any, raw: Any) -> Answer | None:
    try:
        return None if raw is None else read_answer(question, raw)
    except Invalid:
        return None
