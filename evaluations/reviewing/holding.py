"""Who holds an evaluation under review, and how a decision of theirs is written down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from evaluations.errors import Conflict, Invalid, WrongState
from evaluations.fieldwork import changes
from evaluations.models import Decision, Evaluation, EvaluationState, Person, Review

LONGEST_NOTE = 2000


def begin(session: Session, evaluation: Evaluation, by: Person, wanted: EvaluationState) -> None:
    """Lock the evaluation for a decision; refused unless it is in review and `by` holds it."""
    changes.lock(session, evaluation)
    if evaluation.state is not EvaluationState.IN_REVIEW:
        raise WrongState(being=evaluation.state, wanted=wanted)
    refuse_unless_held(evaluation, by)


def refuse_unless_held(evaluation: Evaluation, by: Person) -> None:
    """Refuse where somebody else holds it, naming them."""
    if evaluation.claimed_by_id != by.id:
        holder = evaluation.claimed_by.name if evaluation.claimed_by else ""
        raise Conflict("held_by_another", holder=holder)


def hold(evaluation: Evaluation, by: Person, at: datetime) -> None:
    """Let `by` hold it from now on."""
    evaluation.claimed_by = by
    evaluation.claimed_at = at


def let_go(evaluation: Evaluation) -> None:
    """Let nobody hold it."""
    evaluation.claimed_by = None
    evaluation.claimed_at = None


def decide(
    session: Session,
    evaluation: Evaluation,
    decision: Decision,
    note: str,
    by: Person,
    at: datetime,
    *,
    client_note: str = "",
) -> Review:
    """Write a decision down; `note` is the agency's own, `client_note` is what the client reads."""
    review = Review(
        evaluation=evaluation,
        editor=by,
        round=evaluation.round,
        decision=decision,
        note=note,
        client_note=client_note,
        decided_at=at,
    )
    session.add(review)
    return review


def short(text: str, field: str) -> str:
    """`text` without blanks at its ends; refused where it is too long for a note."""
    text = text.strip()
    if len(text) > LONGEST_NOTE:
        raise Invalid("note_too_long", field=field, longest=LONGEST_NOTE, length=len(text))
    return text
