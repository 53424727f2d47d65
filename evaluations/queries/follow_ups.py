"""What is asked days after a visit: how far each question is, and what of it counts already."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager

from evaluations import access
from evaluations.clock import local_day
from evaluations.document import canonical
from evaluations.document.answers import Answer, AnswerState
from evaluations.document.tree import AnyQuestion, Document, Kind
from evaluations.models import (
    FOLLOWED,
    Evaluation,
    FollowUp,
    FollowUpState,
    Location,
    Person,
    Submission,
    Version,
    Visit,
)
from evaluations.queries.capture import Contents

SHOWN_AFTERWARDS = timedelta(days=14)
"""How long a shopper still sees what was closed."""
OPEN = (FollowUpState.DUE, FollowUpState.SUBMITTED)
ANSWERED_BY_PICTURES = (Kind.PHOTO, Kind.SIGNATURE)
FollowUps = Mapping[str, FollowUp]


@dataclass(frozen=True, slots=True)
class OwnFollowUp:
    """A follow-up on a shopper's list, with its place and question."""

    follow_up: FollowUp
    visit: Visit
    location: Location
    document: Document
    question: AnyQuestion
    is_overdue: bool
    receipt: str | None
    """The digest of its last receipt."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A follow-up as its shopper's phone is told of it."""

    follow_up: FollowUp
    receipt: str | None
    """The digest of its last receipt."""


def of(session: Session, evaluation: Evaluation) -> dict[str, FollowUp]:
    """The follow-ups of an evaluation that was handed in, by the keys of their questions."""
    rows = session.scalars(select(FollowUp).where(FollowUp.evaluation_id == evaluation.id))
    return {row.question_key: row for row in rows}


def asked(session: Session, evaluation: Evaluation) -> list[Asked]:
    """The follow-ups of an evaluation, each with its last receipt, by their day; two queries."""
    receipts = _receipts(session, {evaluation.id})
    rows = sorted(of(session, evaluation).values(), key=lambda row: (row.due_on, row.question_key))
    return [Asked(row, receipts.get((evaluation.id, row.question_key))) for row in rows]


def own(session: Session, shopper: Person, at: datetime) -> list[OwnFollowUp]:
    """What `shopper` is asked after visits, or was asked until lately: what is to be answered first, by its day."""
    visible = access.evaluations(shopper).with_only_columns(Evaluation.id)
    query = (
        select(FollowUp)
        .join(FollowUp.evaluation)
        .join(Evaluation.visit)
        .join(Visit.location)
        .join(Evaluation.version)
        .where(
            Evaluation.id.in_(visible),
            Evaluation.shopper_id == shopper.id,
            Evaluation.state.in_(FOLLOWED),
            or_(FollowUp.state.in_(OPEN), FollowUp.closed_at > at - SHOWN_AFTERWARDS),
        )
        .order_by(FollowUp.due_on, FollowUp.id)
        .options(
            contains_eager(FollowUp.evaluation).options(
                contains_eager(Evaluation.version).undefer(Version.document),
                contains_eager(Evaluation.visit).contains_eager(Visit.location),
            )
        )
    )
    rows = session.scalars(query).all()
    receipts = _receipts(session, {row.evaluation_id for row in rows})
    found = [_own(row, receipts.get((row.evaluation_id, row.question_key)), at) for row in rows]
    known = [one for one in found if one is not None]
    return sorted(known, key=lambda one: one.follow_up.state is not FollowUpState.DUE)


def _receipts(session: Session, evaluations: Collection[UUID]) -> dict[tuple[UUID, str], str]:
    """The digest of the last receipt of each part of these evaluations."""
    if not evaluations:
        return {}
    rows = session.execute(
        select(Submission.evaluation_id, Submission.part, Submission.digest)
        .where(Submission.evaluation_id.in_(evaluations))
        .order_by(Submission.round)
    )
    return {(evaluation, part): digest for evaluation, part, digest in rows}


def _own(row: FollowUp, receipt: str | None, at: datetime) -> OwnFollowUp | None:
    visit, document = row.evaluation.visit, canonical.read(row.evaluation.version.document)
    question = document.question(row.question_key)
    if question is None:
        return None
    today = local_day(at, visit.location.time_zone)
    return OwnFollowUp(row, visit, visit.location, document, question, is_overdue(row, today), receipt)


def is_overdue(follow_up: FollowUp, today: date) -> bool:
    """Whether it should have been answered by now, `today` being the day at the place."""
    return follow_up.state is FollowUpState.DUE and follow_up.due_on < today


def asked_later(document: Document) -> list[AnyQuestion]:
    """The questions of `document` that are asked days after the visit, in journey order."""
    return [
        one for one in document.questions() if one.due_days is not None and one.kind is not Kind.INSTRUCTION
    ]


def without(found: Contents, keys: Collection[str | None]) -> Contents:
    """`found` without everything that belongs to the questions `keys`."""
    return replace(
        found,
        answers={key: one for key, one in found.answers.items() if key not in keys},
        comments={key: one for key, one in found.comments.items() if key not in keys},
        photos={key: one for key, one in found.photos.items() if key not in keys},
        timings={key: one for key, one in found.timings.items() if key not in keys},
        conflicts=tuple(one for one in found.conflicts if one.question not in keys),
        unreadable=tuple(one for one in found.unreadable if one.question not in keys),
    )


def only(found: Contents, key: str) -> Contents:
    """What of `found` belongs to the one question `key`; what is said of the visit as a whole stays."""
    named: set[str | None] = {*found.answers, *found.comments, *found.photos, *found.timings}
    in_conflict, unreadable = (
        {one.question for one in found.conflicts},
        {one.question for one in found.unreadable},
    )
    return without(found, (named | in_conflict | unreadable) - {key})


def of_the_visit(document: Document, found: Contents) -> Contents:
    """What was found during the visit, without what is asked after it."""
    return without(found, {question.key for question in asked_later(document)})


def counting(document: Document, found: Contents, rows: FollowUps) -> tuple[Document, Contents]:
    """What of `found` counts now, and the document by which it is scored.

    A follow-up counts when it was approved. One that was closed unanswered was not observed, even where the question
    does not offer that; so are all of them where the visit was not made, since nobody is asked then.
    """
    later = asked_later(document)
    closed = {one.key for one in later if _is_closed(rows.get(one.key), was_made=found.was_made)}
    approved = {one.key for one in later if _state(rows.get(one.key)) is FollowUpState.APPROVED}
    counted = without(found, {one.key for one in later} - approved)
    answers = dict(counted.answers)
    for question in later:
        if question.key in closed:
            answers[question.key] = Answer(state=AnswerState.NOT_OBSERVED)
        elif question.key in approved and question.kind in ANSWERED_BY_PICTURES:
            answers.setdefault(question.key, Answer(state=AnswerState.ANSWERED))
    return _allowing(document, closed), replace(counted, answers=answers)


def as_decided(document: Document, found: Contents, rows: FollowUps) -> Contents:
    """`found` with what was closed unanswered as not observed; what arrived and is not decided stays."""
    _, counted = counting(document, found, rows)
    closed = {key for key, row in rows.items() if row.state is FollowUpState.NOT_OBSERVED}
    return replace(
        found, answers=found.answers | {key: one for key, one in counted.answers.items() if key in closed}
    )


def _state(row: FollowUp | None) -> FollowUpState | None:
    return None if row is None else row.state


def _is_closed(row: FollowUp | None, *, was_made: bool) -> bool:
    return not was_made if row is None else row.state is FollowUpState.NOT_OBSERVED


def _allowing(document: Document, closed: Collection[str]) -> Document:
    """`document` with "did not observe" allowed at the questions `closed`."""
    if not closed:
        return document
    return document.model_copy(
        update={
            "touchpoints": tuple(
                touchpoint.model_copy(
                    update={
                        "questions": tuple(
                            one.model_copy(update={"not_observed_allowed": True})
                            if one.key in closed
                            else one
                            for one in touchpoint.questions
                        )
                    }
                )
                for touchpoint in document.touchpoints
            )
        }
    )
