"""What an editor may do with a handed-in evaluation: claim it, send it back, approve it, exclude it.

Every decision is taken by whoever holds the claim, so that two editors never decide the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.errors import Conflict, Invalid, WrongState
from evaluations.fieldwork import changes
from evaluations.models import (
    Cause,
    Decision,
    Evaluation,
    EvaluationState,
    Person,
    Remark,
    Review,
    Scorecard,
    move,
)
from evaluations.queries import capture, follow_ups
from evaluations.queries.capture import Contents
from evaluations.reviewing import filing, holding, reckoning, releasing
from evaluations.reviewing import queue as queries
from evaluations.reviewing.heaps import is_lapsed
from evaluations.reviewing.openness import openness


def claim(session: Session, evaluation: Evaluation, *, by: Person, at: datetime) -> None:
    """Take a handed-in evaluation to review it; refused while another editor's claim on it stands."""
    changes.lock(session, evaluation)
    before = evaluation.claimed_by_id
    if evaluation.state is EvaluationState.IN_REVIEW:
        if not is_lapsed(evaluation, at):
            holding.refuse_unless_held(evaluation, by)
            return
    elif evaluation.state is EvaluationState.SUBMITTED:
        move(evaluation, EvaluationState.IN_REVIEW)
    else:  # a released one is opened again by another act
        raise WrongState(being=evaluation.state, wanted=EvaluationState.IN_REVIEW)
    holding.hold(evaluation, by, at)
    lapsed = {} if before is None else {"before": before}
    audit.record(session, "evaluation.claimed", evaluation, by=by, at=at, round=evaluation.round, **lapsed)


def take_over(session: Session, evaluation: Evaluation, *, by: Person, at: datetime) -> None:
    """Take the claim from the editor who holds it; the trail keeps from whom."""
    changes.lock(session, evaluation)
    if evaluation.state is not EvaluationState.IN_REVIEW:
        raise WrongState(being=evaluation.state, wanted=EvaluationState.IN_REVIEW)
    before = evaluation.claimed_by_id
    if before == by.id:
        return
    holding.hold(evaluation, by, at)
    audit.record(session, "evaluation.taken_over", evaluation, by=by, at=at, before=before)


def put_back(session: Session, evaluation: Evaluation, *, by: Person, at: datetime) -> None:
    """Let go of the claim undecided, so that any editor can take the evaluation."""
    holding.begin(session, evaluation, by, EvaluationState.SUBMITTED)
    move(evaluation, EvaluationState.SUBMITTED)
    holding.let_go(evaluation)
    audit.record(session, "evaluation.put_back", evaluation, by=by, at=at)


def send_back(
    session: Session,
    evaluation: Evaluation,
    remarks: Mapping[str, str],
    *,
    by: Person,
    at: datetime,
    note: str = "",
    due_at: datetime | None = None,
) -> Review:
    """Return the evaluation to its shopper with what is to be mended; the next round begins.

    `remarks` holds a sentence per question key; at least one of them, or a note, is needed.
    """
    holding.begin(session, evaluation, by, EvaluationState.RETURNED)
    note, due_at = holding.short(note, "note"), due_at or at + time_to_mend(evaluation)
    told = _told(document_of(evaluation), remarks)
    if not told and not note:
        raise Invalid("remark_needed", field="note")
    if due_at <= at:
        raise Invalid("deadline_past", field="due_at")
    review = holding.decide(session, evaluation, Decision.RETURNED, note, by, at)
    review.remarks = [Remark(question_key=key, text=text) for key, text in told.items()]
    move(evaluation, EvaluationState.RETURNED)
    holding.let_go(evaluation)
    evaluation.return_due_at = due_at
    evaluation.round += 1
    changes.take_in(session, evaluation)
    audit.record(
        session, "evaluation.returned", evaluation, by=by, at=at, round=review.round, remarks=told, note=note
    )
    return review


def approve(
    session: Session,
    evaluation: Evaluation,
    *,
    by: Person,
    at: datetime,
    note: str = "",
    client_reason: str = "",
) -> Scorecard:
    """Score what was found and keep the result; the client sees it at once, or with its wave.

    Where something is open or contradicts itself, `note` must say why it is approved all the same. Of one that was
    opened again `client_reason` tells the client why a new edition follows.
    """
    holding.begin(session, evaluation, by, EvaluationState.APPROVED)
    note, document = holding.short(note, "note"), document_of(evaluation)
    cause = Cause.REOPENED if evaluation.reopened_at else Cause.APPROVED
    client_reason = holding.short(client_reason, "client_reason") if cause is Cause.REOPENED else ""
    found = capture.contents(session, evaluation)
    passed_over = _passed_over(session, evaluation, document, found, note)
    review = holding.decide(session, evaluation, Decision.APPROVED, note, by, at)
    card = reckoning.reckon(evaluation, found, follow_ups.of(session, evaluation))
    stored = filing.file(session, evaluation, card, at=at, cause=cause, client_reason=client_reason)
    move(evaluation, EvaluationState.APPROVED)
    holding.let_go(evaluation)
    evaluation.approved_at, evaluation.reopened_at = at, None
    audit.record(
        session,
        "evaluation.approved",
        evaluation,
        by=by,
        at=at,
        round=review.round,
        edition=stored.edition,
        **passed_over,
    )
    if releasing.is_due(session, evaluation.visit.wave):
        releasing.release(session, [stored], by=by, at=at)
    return stored


def time_to_mend(evaluation: Evaluation) -> timedelta:
    """How long the shopper has for what is sent back, unless the editor says otherwise."""
    return timedelta(hours=evaluation.visit.wave.programme.return_hours)


def exclude(session: Session, evaluation: Evaluation, reason: str, *, by: Person, at: datetime) -> Review:
    """Leave the evaluation out for good, with the reason; no score comes of it.

    What the client has seen is withdrawn instead, so that they are told.
    """
    holding.begin(session, evaluation, by, EvaluationState.EXCLUDED)
    if evaluation.released_at is not None:
        raise Conflict("withdraw_instead")
    if not (reason := holding.short(reason, "reason")):
        raise Invalid("reason_needed", field="reason")
    review = holding.decide(session, evaluation, Decision.EXCLUDED, reason, by, at)
    move(evaluation, EvaluationState.EXCLUDED)
    holding.let_go(evaluation)
    evaluation.reopened_at = None
    audit.record(session, "evaluation.excluded", evaluation, by=by, at=at, reason=reason)
    return review


def document_of(evaluation: Evaluation) -> Document:
    """The frozen document that this evaluation answers."""
    return canonical.read(evaluation.version.document)


def _passed_over(
    session: Session, evaluation: Evaluation, document: Document, found: Contents, reason: str
) -> dict[str, Any]:
    """What the trail keeps of an approval that passes over something open; refused without a reason."""
    hand_ins = queries.hand_ins(session, evaluation)
    made = follow_ups.of_the_visit(document, found)
    left_open = openness(document, hand_ins[-1] if hand_ins else None, made)
    if not left_open:
        return {}
    if not reason:
        raise Invalid("approval_reason_needed", field="note", questions=len(left_open.questions))
    return {"reason": reason, "open": list(left_open.questions)}


def _told(document: Document, remarks: Mapping[str, str]) -> dict[str, str]:
    """The remarks that say something, in journey order."""
    known = [question.key for question in document.questions()]
    for key in remarks:
        if key not in known:
            raise Invalid("remark_on_unknown_question", field=key, question=key)
    kept = {key: holding.short(remarks[key], key) for key in known if key in remarks}
    return {key: text for key, text in kept.items() if text}
