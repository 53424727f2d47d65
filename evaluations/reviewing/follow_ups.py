"""What an editor does with what was asked after a visit: approve it, send it back, close what never came.

Each decision on a visit that is approved already makes a new edition of its scorecard; the earlier ones are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, undefer

from evaluations import audit, clock
from evaluations.document import canonical
from evaluations.document.kinds import Finding, finding
from evaluations.errors import Conflict, Invalid, NotFound, WrongState
from evaluations.fieldwork import changes
from evaluations.models import (
    FOLLOWED,
    Cause,
    Evaluation,
    EvaluationState,
    FollowUp,
    FollowUpState,
    Location,
    Person,
    Programme,
    Scorecard,
    Version,
    Visit,
    Wave,
)
from evaluations.queries import capture
from evaluations.queries import follow_ups as queries
from evaluations.reviewing import filing, notifying, reckoning

GRACE = timedelta(days=14)
"""How long after its day an unanswered follow-up is waited for; then it is closed as not observed."""
LONGEST_REMARK = 2000
AT_ONCE = 50
SCORED = frozenset({EvaluationState.APPROVED, EvaluationState.RELEASED})


def approve(
    session: Session, evaluation: Evaluation, key: str, *, by: Person, at: datetime
) -> Scorecard | None:
    """Let the answer count; the new edition of the scorecard, where the visit has one already."""
    row = _take(session, evaluation, key, FollowUpState.APPROVED)
    if not _is_answered(session, evaluation, key):
        raise Conflict("follow_up_unanswered")
    told = _close(session, evaluation, [row], FollowUpState.APPROVED, at)
    audit.record(session, "follow_up.approved", evaluation, by=by, at=at, question=key, **told.details)
    return told.card


def send_back(
    session: Session, evaluation: Evaluation, key: str, remark: str, *, by: Person, at: datetime
) -> FollowUp:
    """Return it to the shopper with what is to be mended; it is due again after the time for mending."""
    row = _take(session, evaluation, key, FollowUpState.DUE)
    remark = remark.strip()
    if not remark:
        raise Invalid("follow_up_remark_needed", field="remark")
    if len(remark) > LONGEST_REMARK:
        raise Invalid("note_too_long", field="remark", longest=LONGEST_REMARK, length=len(remark))
    given = row.round
    row.move(FollowUpState.DUE)
    row.round, row.remark = given + 1, remark
    row.due_on = clock.local_day(at + _time_to_mend(evaluation), evaluation.visit.location.time_zone)
    changes.take_in(session, evaluation, follow_up=key)
    audit.record(
        session, "follow_up.returned", evaluation, by=by, at=at, question=key, round=given, note=remark
    )
    return row


def close(
    session: Session, evaluation: Evaluation, key: str, *, by: Person, at: datetime
) -> Scorecard | None:
    """Close it as not observed: what never came, or came and says nothing. Refused while its day is not over."""
    row = _take(session, evaluation, key, FollowUpState.NOT_OBSERVED)
    today = clock.local_day(at, evaluation.visit.location.time_zone)
    if row.state is FollowUpState.DUE and not queries.is_overdue(row, today):
        raise Conflict("follow_up_not_over")
    return _not_observed(session, evaluation, [row], by=by, at=at)


def is_any_forgotten(session: Session, *, at: datetime) -> bool:
    """Whether there is something that `close_forgotten` would look at; for a look without a lock."""
    return session.scalar(_forgotten_evaluations(at).limit(1)) is not None


def close_forgotten(session: Session, *, at: datetime) -> int:
    """Close what nobody answered until the end of its grace, in a few evaluations; how many follow-ups it was."""
    count = 0
    for evaluation, found in groupby(_forgotten(session, at), key=lambda row: row.evaluation):
        changes.lock(session, evaluation)
        rows = list(found)
        for row in rows:  # one may have been handed in since they were looked for
            session.refresh(row)
        today = clock.local_day(at, evaluation.visit.location.time_zone)
        over = [row for row in rows if row.state is FollowUpState.DUE and row.due_on + GRACE < today]
        if over and evaluation.state in FOLLOWED:
            _not_observed(session, evaluation, over, by=None, at=at)
            count += len(over)
    return count


def _forgotten(session: Session, at: datetime) -> Sequence[FollowUp]:
    query = (
        select(FollowUp)
        .join(FollowUp.evaluation)
        .join(Evaluation.version)
        .join(Evaluation.visit)
        .join(Visit.location)
        .join(Location.client)
        .join(Visit.wave)
        .join(Wave.programme)
        .where(
            FollowUp.evaluation_id.in_(_forgotten_evaluations(at).limit(AT_ONCE)),
            FollowUp.state == FollowUpState.DUE,
            FollowUp.due_on < _over(at),
        )
        .order_by(FollowUp.evaluation_id, FollowUp.id)
        .options(
            contains_eager(FollowUp.evaluation).options(
                contains_eager(Evaluation.version).options(undefer(Version.document)),
                contains_eager(Evaluation.visit).options(
                    contains_eager(Visit.location).contains_eager(Location.client),
                    contains_eager(Visit.wave)
                    .contains_eager(Wave.programme)
                    .contains_eager(Programme.client),
                ),
            )
        )
    )
    return session.scalars(query).all()


def _forgotten_evaluations(at: datetime) -> Select[UUID]:
    return (
        select(FollowUp.evaluation_id)
        .join(FollowUp.evaluation)
        .where(
            FollowUp.state == FollowUpState.DUE,
            FollowUp.due_on < _over(at),
            Evaluation.state.in_(FOLLOWED),
        )
        .distinct()
        .order_by(FollowUp.evaluation_id)
    )


def _over(at: datetime) -> date:
    """Days before this one are over everywhere on earth, grace included; hours count for nothing after two weeks."""
    return at.date() - GRACE - timedelta(days=1)


def _take(session: Session, evaluation: Evaluation, key: str, wanted: FollowUpState) -> FollowUp:
    """The follow-up under the evaluation's lock, in a state from which `wanted` can be reached."""
    changes.lock(session, evaluation)
    row = queries.of(session, evaluation).get(key)
    if row is None:
        raise NotFound()
    session.refresh(row)
    if evaluation.state not in FOLLOWED:
        raise WrongState(being=evaluation.state, wanted=wanted)
    if wanted not in row.state.next:
        raise WrongState(being=row.state, wanted=wanted)
    return row


def _is_answered(session: Session, evaluation: Evaluation, key: str) -> bool:
    found = capture.contents(session, evaluation)
    question = canonical.read(evaluation.version.document).question(key)
    if question is None:
        return False
    if question.kind in queries.ANSWERED_BY_PICTURES and found.photos.get(key):
        return True
    is_signed_only = question.kind in queries.ANSWERED_BY_PICTURES
    state = finding(question, found.answers.get(key))
    return state is not Finding.DUE and not (is_signed_only and state is Finding.ANSWERED)


def _not_observed(
    session: Session, evaluation: Evaluation, rows: Sequence[FollowUp], *, by: Person | None, at: datetime
) -> Scorecard | None:
    told = _close(session, evaluation, rows, FollowUpState.NOT_OBSERVED, at)
    for row in rows:
        audit.record(
            session,
            "follow_up.not_observed",
            evaluation,
            by=by,
            at=at,
            question=row.question_key,
            **told.details,
        )
    return told.card


@dataclass(frozen=True, slots=True)
class Closing:
    """What came of closing follow-ups: the new edition, where the visit was scored already."""

    card: Scorecard | None

    @property
    def details(self) -> dict[str, Any]:
        """The same for the trail."""
        return {} if self.card is None else {"edition": self.card.edition}


def _close(
    session: Session, evaluation: Evaluation, rows: Sequence[FollowUp], state: FollowUpState, at: datetime
) -> Closing:
    """Take the step for each of `rows`, and let one new edition tell of all."""
    for row in rows:
        row.move(state)
        row.closed_at, row.remark = at, ""
    session.flush()
    return Closing(_score_again(session, evaluation, at) if evaluation.state in SCORED else None)


def _score_again(session: Session, evaluation: Evaluation, at: datetime) -> Scorecard:
    """The next edition; where the client sees the result already, its report is promised too."""
    found, rows = capture.contents(session, evaluation), queries.of(session, evaluation)
    card = reckoning.reckon(evaluation, found, rows)
    stored = filing.file(session, evaluation, card, at=at, cause=Cause.FOLLOW_UP)
    if evaluation.state is EvaluationState.RELEASED:
        filing.owe_reports(session, [stored], at=at)
        notifying.owe(session, [stored], at=at)
    return stored


def _time_to_mend(evaluation: Evaluation) -> timedelta:
    return timedelta(hours=evaluation.visit.wave.programme.return_hours)
