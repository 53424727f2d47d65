"""Own questions: what the agency asks again and again, kept by itself, in all its languages and versions."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.designing import keeping
from evaluations.document.tree import AnyQuestion
from evaluations.errors import Conflict
from evaluations.models import OwnQuestion, Person
from evaluations.photos import pictures

MOST = 500
QUESTION: TypeAdapter[AnyQuestion] = TypeAdapter(AnyQuestion)


def question_of(own: OwnQuestion) -> AnyQuestion:
    """The question that `own` holds."""
    return read(own.question)


def read(content: str) -> AnyQuestion:
    """The question that one of its versions holds."""
    return QUESTION.validate_json(content)


def alone(question: AnyQuestion) -> AnyQuestion:
    """A question of a draft by itself: its condition, and where it was taken from, stay behind."""
    return question.model_copy(update={"show_if": None, "origin": None})


def keep(session: Session, name: str, question: AnyQuestion, *, by: Person, at: datetime) -> OwnQuestion:
    """A new own question; refused when the name is taken or the library is full."""
    pictures.refuse_missing(session, [question])
    own = OwnQuestion(question=keeping.written(alone(question)))
    keeping.add(session, own, name, most=MOST, by=by, at=at)
    audit.record(session, "own_question.saved", own, by=by, at=at, name=own.name, question=own.question)
    return own


def replace(
    session: Session, own: OwnQuestion, question: AnyQuestion, edition: int, *, by: Person, at: datetime
) -> bool:
    """Make `question` the next version of `own`, of which `edition` was seen, and say whether it differs."""
    keeping.hold(session, own, edition)
    if question.kind is not question_of(own).kind:
        raise Conflict("kind_is_fixed", key=question.key, kind=question_of(own).kind.value)
    pictures.refuse_missing(session, [question])
    named = alone(question).model_copy(update={"key": question_of(own).key})
    before = keeping.put(session, own, keeping.written(named), by=by, at=at)
    if before is None:
        return False
    audit.record(session, "own_question.changed", own, by=by, at=at, before=before, after=own.question)
    return True


def rename(session: Session, own: OwnQuestion, name: str, edition: int, *, by: Person, at: datetime) -> bool:
    """Give `own` another name in the office, and say whether it is another."""
    keeping.hold(session, own, edition)
    before = keeping.rename(session, own, name, by=by, at=at)
    if before is None:
        return False
    audit.record(session, "own_question.renamed", own, by=by, at=at, before=before, after=own.name)
    return True


def archive(session: Session, own: OwnQuestion, *, by: Person, at: datetime) -> None:
    """Take `own` out of the library; checklists keep what they took from it, and its name is free again."""
    if keeping.archive(session, own, by=by, at=at):
        audit.record(session, "own_question.archived", own, by=by, at=at, name=own.name)


def restore(session: Session, own: OwnQuestion, name: str | None = None, *, by: Person, at: datetime) -> None:
    """Put an archived one back, if need be under another `name`; refused when that is taken or the library is full."""
    if told := keeping.restore(session, own, name, most=MOST, by=by, at=at):
        audit.record(session, "own_question.restored", own, by=by, at=at, **told)
