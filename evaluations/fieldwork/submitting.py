"""Handing in: what the device still holds must have arrived, everything else is accepted and listed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit, clock
from evaluations.database import insert_into
from evaluations.document import canonical
from evaluations.document.canonical import canonical_json
from evaluations.document.evidence import Id, Sha256
from evaluations.document.sent import Sent
from evaluations.document.tree import Document
from evaluations.errors import Conflict, Invalid
from evaluations.fieldwork import follow_ups, short_path
from evaluations.fieldwork.changes import lock, take_in
from evaluations.fieldwork.completeness import missing
from evaluations.models import (
    Change,
    Evaluation,
    EvaluationState,
    FollowUpState,
    Outcome,
    Person,
    Photo,
    Submission,
    VisitState,
    move,
)
from evaluations.queries import capture
from evaluations.queries import follow_ups as follow_up_queries

MOST_NAMED = 20_000
VISIT = "visit"


class NamedPhoto(Sent):
    """A photo by its id and hash."""

    id: Id
    sha256: Sha256


class LeftOut(Sent):
    """What the shopper hands in without, because it could not be sent."""

    id: Id
    what: Literal["photo", "change"]
    reason: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,60}$")]


class Manifest(Sent):
    """What one device made and wants to be in the hand-in."""

    did: Id
    changes: Annotated[list[Id], Field(max_length=MOST_NAMED)]
    photos: Annotated[list[NamedPhoto], Field(max_length=MOST_NAMED)]
    left_out: Annotated[list[LeftOut], Field(max_length=MOST_NAMED, default_factory=list)]


class HandIn(Sent):
    """A hand-in as the phone sends it."""

    part: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")] = VISIT
    """The visit itself, or the key of a question that is asked after it."""
    round: Annotated[int, Field(ge=1, le=10_000)]
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the server held of an evaluation when it was handed in."""

    submission: UUID
    evaluation: UUID
    part: str
    round: int
    changes: tuple[str, ...]
    photos: tuple[tuple[str, str], ...]
    """Each photo's id and hash."""
    at: datetime
    digest: str

    @classmethod
    def written(cls, held: Mapping[str, Any], digest: str) -> Receipt:
        """The receipt that was written down as `held`, with the digest of that text."""
        return cls(
            submission=UUID(held["submission"]),
            evaluation=UUID(held["evaluation"]),
            part=held["part"],
            round=held["round"],
            changes=tuple(held["changes"]),
            photos=tuple((photo["id"], photo["sha256"]) for photo in held["photos"]),
            at=datetime.fromisoformat(held["at"]),
            digest=digest,
        )


def read(raw: object) -> HandIn:
    """The hand-in that `raw` is; `unreadable_hand_in` when it is none."""
    try:
        return HandIn.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise Invalid("unreadable_hand_in", where=where, reason=first["msg"]) from None


def submit(
    session: Session, evaluation: Evaluation, submission_id: UUID, sent: HandIn, *, by: Person, at: datetime
) -> Receipt:
    """Close the present round and answer what was held; a closed round answers with its own receipt.

    Refused with `incomplete` while something that this device still holds has not arrived. A round that
    the server does not know yet counts as the present one: a restored server may lag behind its phones.
    """
    lock(session, evaluation)
    if sent.part != VISIT:
        return _submit_follow_up(session, evaluation, submission_id, sent, by=by, at=at)
    if given := _given(session, evaluation, submission_id, sent, evaluation.round):
        return _receipt(given)
    _refuse_incomplete(session, evaluation, sent.manifest)
    if evaluation.state is EvaluationState.RETURNED:
        take_in(session, evaluation)
    found = capture.contents(session, evaluation)
    items = open_items(evaluation, found, sent.manifest.left_out)
    submission = _insert(session, evaluation, submission_id, sent, evaluation.round, items, at)
    _close_round(evaluation, found, at)
    follow_ups.plan(session, evaluation, evaluation.visit.outcome or Outcome.MADE, at=at)
    audit.record(
        session,
        "evaluation.submitted",
        evaluation,
        by=by,
        at=at,
        round=submission.round,
        receipt=submission.digest,
    )
    return _receipt(submission)


def receipts(session: Session, evaluation: Evaluation) -> list[Receipt]:
    """Every receipt that was given for an evaluation and what is asked after it, oldest first."""
    query = (
        select(Submission)
        .where(Submission.evaluation_id == evaluation.id)
        .order_by(Submission.received_at, Submission.round, Submission.part)
    )
    return [_receipt(submission) for submission in session.scalars(query)]


def _submit_follow_up(
    session: Session, evaluation: Evaluation, submission_id: UUID, sent: HandIn, *, by: Person, at: datetime
) -> Receipt:
    """The same for one question that is asked after the visit; one that was closed unanswered may still come."""
    follow_up = follow_ups.find(session, evaluation, sent.part)
    if given := _given(session, evaluation, submission_id, sent, follow_up.round):
        return _receipt(given)
    _refuse_incomplete(session, evaluation, sent.manifest)
    document = follow_ups.asked_alone(canonical.read(evaluation.version.document), sent.part)
    found = follow_up_queries.only(capture.contents(session, evaluation), sent.part)
    items = _open_items(document, found, sent.manifest.left_out)
    submission = _insert(session, evaluation, submission_id, sent, follow_up.round, items, at)
    follow_up.move(FollowUpState.SUBMITTED)
    follow_up.submitted_at, follow_up.closed_at, follow_up.remark = at, None, ""
    audit.record(
        session,
        "follow_up.submitted",
        evaluation,
        by=by,
        at=at,
        question=sent.part,
        round=submission.round,
        receipt=submission.digest,
    )
    return _receipt(submission)


def _given(
    session: Session, evaluation: Evaluation, submission_id: UUID, sent: HandIn, present: int
) -> Submission | None:
    """The hand-in that this one repeats, or that closed its round, at most the `present` one, before it."""
    same = session.scalars(
        select(Submission).where(Submission.id == submission_id, Submission.evaluation_id == evaluation.id)
    ).one_or_none()
    return (
        same
        or session.scalars(
            select(Submission).where(
                Submission.evaluation_id == evaluation.id,
                Submission.part == sent.part,
                Submission.round == min(sent.round, present),
            )
        ).one_or_none()
    )


def _refuse_incomplete(session: Session, evaluation: Evaluation, manifest: Manifest) -> None:
    changes = {str(change) for change in session.scalars(_change_ids(evaluation))}
    photos = set(_photos(session, evaluation))
    missing_changes = [change for change in manifest.changes if change not in changes]
    missing_photos = [photo.id for photo in manifest.photos if (photo.id, photo.sha256) not in photos]
    if missing_changes or missing_photos:
        raise Conflict("incomplete", missing_changes=missing_changes, missing_photos=missing_photos)


def _insert(
    session: Session,
    evaluation: Evaluation,
    submission_id: UUID,
    sent: HandIn,
    round_: int,
    items: Sequence[Mapping[str, Any]],
    at: datetime,
) -> Submission:
    held = {
        "submission": str(submission_id),
        "evaluation": str(evaluation.id),
        "part": sent.part,
        "round": round_,
        "changes": [str(change) for change in session.scalars(_change_ids(evaluation))],
        "photos": [{"id": photo, "sha256": sha256} for photo, sha256 in _photos(session, evaluation)],
        "at": clock.written(at),
    }
    text = canonical_json(held)
    row = {
        "id": submission_id,
        "evaluation_id": evaluation.id,
        "part": sent.part,
        "round": round_,
        "manifest": canonical_json(sent.manifest.model_dump(mode="json")),
        "receipt": text,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "open_items": canonical_json(items),
        "received_at": at,
    }
    query = (
        insert_into(session, Submission).values(row).on_conflict_do_nothing(index_elements=[Submission.id])
    )
    submission: Submission | None = session.scalars(query.returning(Submission)).one_or_none()
    if submission is None:  # another evaluation was handed in under this id
        raise Conflict("hand_in_differs")
    return submission


def _change_ids(evaluation: Evaluation) -> Any:
    return select(Change.id).where(Change.evaluation_id == evaluation.id).order_by(Change.id)


def _photos(session: Session, evaluation: Evaluation) -> list[tuple[str, str]]:
    rows = session.execute(
        select(Photo.id, Photo.sha256).where(Photo.evaluation_id == evaluation.id).order_by(Photo.id)
    )
    return [(str(photo), sha256) for photo, sha256 in rows]


def _close_round(evaluation: Evaluation, found: capture.Contents, at: datetime) -> None:
    """The evaluation is submitted and its visit done, with the outcome that the shopper gave."""
    move(evaluation, EvaluationState.SUBMITTED)
    evaluation.submitted_at = at
    evaluation.visit.outcome = found.outcome or Outcome.MADE
    evaluation.visit.state = VisitState.DONE


def open_items(
    evaluation: Evaluation, found: capture.Contents, left_out: Sequence[LeftOut] = ()
) -> list[dict[str, Any]]:
    """What an editor should know is open: each with a `code`, and the question or register concerned."""
    document = canonical.read(evaluation.version.document)
    made = follow_up_queries.of_the_visit(document, found)
    short: list[dict[str, Any]] = [{"code": lack.value} for lack in short_path.lacks_of(found)]
    return short + _open_items(document, made, left_out)


def _open_items(
    document: Document, found: capture.Contents, left_out: Sequence[LeftOut]
) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    if found.was_made:  # any other visit leaves every question open
        items += [
            {
                "code": lack.code.value,
                "touchpoint": lack.touchpoint,
                "question": lack.question,
                "needed": lack.needed,
                "have": lack.have,
            }
            for lack in missing(document, found.answers, found.comments, found.photo_counts)
        ]
    items += [
        {"code": "in_conflict", "register": one.register, "question": one.question} for one in found.conflicts
    ]
    items += [
        {"code": "photo_owed", "photo": str(photo.id), "question": photo.question or None}
        for photo in found.owed
    ]
    items += [
        {"code": "unreadable", "register": one.register, "question": one.question, "reason": one.code}
        for one in found.unreadable
    ]
    items += [{"code": "left_out", "what": one.what, "id": one.id, "reason": one.reason} for one in left_out]
    return items


def _receipt(submission: Submission) -> Receipt:
    return Receipt.written(json.loads(submission.receipt), submission.digest)
