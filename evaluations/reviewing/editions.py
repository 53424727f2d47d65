"""What follows after an approval: looking again, leaving it as it was, withdrawing, filing the same once more.

While an evaluation is looked at again the client keeps the edition that they have, and reads that it is being looked
at. A new approval makes the next edition; every earlier one is kept.
"""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Conflict, Invalid, WrongState
from evaluations.fieldwork import changes
from evaluations.models import (
    Cause,
    Decision,
    Evaluation,
    EvaluationState,
    Person,
    Review,
    Scorecard,
    move,
)
from evaluations.queries import editions
from evaluations.reviewing import filing, holding, releasing
from evaluations.scoring import scorecard

DECIDED = frozenset({EvaluationState.APPROVED, EvaluationState.RELEASED})


def open_again(
    session: Session,
    evaluation: Evaluation,
    reason: str,
    *,
    by: Person,
    at: datetime,
    client_reason: str = "",
) -> Review:
    """Take an approved evaluation back into review, held by `by`; nothing changes at the shopper's or the client's.

    `reason` is the agency's own; `client_reason`, which may be empty, is what the client reads meanwhile.
    """
    changes.lock(session, evaluation)
    if evaluation.state not in DECIDED:
        raise WrongState(being=evaluation.state, wanted=EvaluationState.IN_REVIEW)
    if not (reason := holding.short(reason, "reason")):
        raise Invalid("reopening_reason_needed", field="reason")
    client_reason = holding.short(client_reason, "client_reason")
    _keep_contents(session, evaluation)
    review = holding.decide(session, evaluation, Decision.REOPENED, reason, by, at, client_note=client_reason)
    move(evaluation, EvaluationState.IN_REVIEW)
    holding.hold(evaluation, by, at)
    evaluation.reopened_at = at
    audit.record(
        session, "evaluation.reopened", evaluation, by=by, at=at, reason=reason, client_reason=client_reason
    )
    return review


def leave(session: Session, evaluation: Evaluation, *, by: Person, at: datetime) -> Review:
    """Close the second look without a new edition; refused where something changed meanwhile."""
    wanted = EvaluationState.RELEASED if evaluation.released_at else EvaluationState.APPROVED
    holding.begin(session, evaluation, by, wanted)
    newest = editions.newest(session, evaluation)
    if evaluation.reopened_at is None or newest is None:
        raise WrongState(being=evaluation.state, wanted=wanted)
    if newest.contents != editions.standing(session, evaluation):
        raise Conflict("changed_since_edition", edition=newest.edition)
    review = holding.decide(session, evaluation, Decision.LEFT, "", by, at)
    holding.let_go(evaluation)
    evaluation.reopened_at = None
    if newest.released_at is None:  # its wave may have been released meanwhile
        move(evaluation, EvaluationState.APPROVED)
    else:
        move(evaluation, EvaluationState.RELEASED)
    audit.record(session, "evaluation.left", evaluation, by=by, at=at, edition=newest.edition)
    if newest.released_at is None and releasing.is_due(session, evaluation.visit.wave):
        releasing.release(session, [newest], by=by, at=at)
    return review


def withdraw(
    session: Session, evaluation: Evaluation, reason: str, client_reason: str, *, by: Person, at: datetime
) -> Review:
    """Take a released result back for good: the client reads that it was withdrawn, and why; no mean holds it.

    Straight from its release, or by whoever looks at it again.
    """
    changes.lock(session, evaluation)
    if evaluation.state is EvaluationState.IN_REVIEW and evaluation.released_at is not None:
        holding.refuse_unless_held(evaluation, by)
    elif evaluation.state is not EvaluationState.RELEASED:
        raise WrongState(being=evaluation.state, wanted=EvaluationState.WITHDRAWN)
    if not (reason := holding.short(reason, "reason")):
        raise Invalid("withdrawal_reason_needed", field="reason")
    if not (client_reason := holding.short(client_reason, "client_reason")):
        raise Invalid("client_reason_needed", field="client_reason")
    review = holding.decide(
        session, evaluation, Decision.WITHDRAWN, reason, by, at, client_note=client_reason
    )
    move(evaluation, EvaluationState.WITHDRAWN)
    holding.let_go(evaluation)
    evaluation.reopened_at = None
    audit.record(
        session, "evaluation.withdrawn", evaluation, by=by, at=at, reason=reason, client_reason=client_reason
    )
    return review


def file_again(
    session: Session, evaluation: Evaluation, cause: Cause, *, at: datetime, client_reason: str = ""
) -> Scorecard | None:
    """The edition that the client sees, filed once more as the next, with its reports promised anew.

    For what changes how a result is shown and none of its figures, as hiding a photo does; whoever calls it writes the
    act into the trail. None where the client was given nothing yet: then the first edition will be without it.
    """
    changes.lock(session, evaluation)
    seen = editions.shown(session, evaluation)
    if seen is None:
        return None
    _keep_contents(session, evaluation)
    pending = editions.newest(session, evaluation)
    stored = _copy(session, seen, cause, client_reason, at)
    stored.released_at = at
    filing.owe_reports(session, [stored], at=at)
    if pending is not None and pending.released_at is None:  # it stays the one that is released next
        _copy(session, pending, pending.cause, pending.client_reason, at)
    return stored


def _copy(session: Session, card: Scorecard, cause: Cause, client_reason: str, at: datetime) -> Scorecard:
    return filing.file(
        session,
        card.evaluation,
        scorecard.from_json(json.loads(card.card)),
        at=at,
        cause=cause,
        client_reason=client_reason,
        contents=card.contents,
    )


def reopened(session: Session, evaluation: Evaluation) -> Review | None:
    """The newest opening again of `evaluation`."""
    return _newest(session, evaluation, Decision.REOPENED)


def withdrawn(session: Session, evaluation: Evaluation) -> Review | None:
    """The withdrawal of `evaluation`."""
    return _newest(session, evaluation, Decision.WITHDRAWN)


def _newest(session: Session, evaluation: Evaluation, decision: Decision) -> Review | None:
    query = select(Review).where(Review.evaluation_id == evaluation.id, Review.decision == decision)
    return session.scalars(query.order_by(Review.decided_at.desc()).limit(1)).one_or_none()


def _keep_contents(session: Session, evaluation: Evaluation) -> None:
    """Give editions of before there were snapshots theirs, as long as nothing has moved."""
    for edition in editions.every(session, evaluation.id):
        if edition.scorecard.contents is None:
            edition.scorecard.contents = editions.standing(session, evaluation)
