"""What becomes of found work: taken over to a visit of the same shopper, or set aside with a reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Conflict, Invalid, WrongState
from evaluations.fieldwork import changes, submitting
from evaluations.fieldwork.changes import Outcome
from evaluations.models import (
    Change,
    Evaluation,
    EvaluationState,
    FoundItem,
    FoundSort,
    FoundState,
    FoundWork,
    Person,
    new_id,
)
from evaluations.models.evaluations import OPEN_TO_SHOPPER
from evaluations.photos import intake
from evaluations.photos.intake import Prepared

HANDED_IN_FROM = OPEN_TO_SHOPPER | {EvaluationState.ABANDONED}


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What a visit got of found work, and how much of it is held there or elsewhere with another content."""

    changes: int
    photos: int
    left: int
    handed_in: bool


def take_over(
    session: Session, work: FoundWork, evaluation: Evaluation, *, by: Person, at: datetime
) -> TakenOver:
    """Send all of `work` into `evaluation` on the road that a phone's work takes, in its shopper's name.

    Only a visit of the same shopper takes it. What came once more since is added when it is done again.
    """
    _lock(session, work)
    if evaluation.shopper_id != work.person_id:
        raise Invalid("found_of_another")
    items = _items(session, work)
    if not items:
        raise Invalid("found_empty")
    stored = changes.store(
        session,
        evaluation,
        [_moved(item, work, evaluation) for item in items[FoundSort.CHANGE]],
        by=work.person,
        at=at,
    )
    taken = [one for one in stored.results if one.outcome is not Outcome.DIFFERS]
    photos = sum(_add_photo(session, evaluation, item, work.person, at) for item in items[FoundSort.PHOTO])
    handed_in = _hand_in(session, evaluation, items, work.person, at)
    _decide(work, FoundState.TAKEN_OVER, by, at)
    work.evaluation_id = evaluation.id
    audit.record(session, "found.taken_over", work, by=by, at=at, evaluation=evaluation.id)
    audit.record(session, "evaluation.work_added", evaluation, by=by, at=at, changes=len(taken), count=photos)
    total = len(items[FoundSort.CHANGE]) + len(items[FoundSort.PHOTO])
    return TakenOver(len(taken), photos, total - len(taken) - photos, handed_in)


def set_aside(session: Session, work: FoundWork, *, reason: str, by: Person, at: datetime) -> None:
    """Say that `work` belongs nowhere, and why; it is kept all the same."""
    _lock(session, work)
    if work.state is not FoundState.OPEN:
        raise WrongState(being=work.state, wanted=FoundState.SET_ASIDE)
    if not reason.strip():
        raise Invalid("reason_missing", field="reason")
    _decide(work, FoundState.SET_ASIDE, by, at)
    work.reason = reason.strip()
    audit.record(session, "found.set_aside", work, by=by, at=at, reason=work.reason)


def _lock(session: Session, work: FoundWork) -> None:
    # More of it may be arriving, and two people may decide at the same moment.
    session.flush()
    session.refresh(work, with_for_update={"of": FoundWork})


def _decide(work: FoundWork, state: FoundState, by: Person, at: datetime) -> None:
    work.state, work.decided_by, work.decided_at, work.reason = state, by, at, ""


def _items(session: Session, work: FoundWork) -> dict[FoundSort, list[FoundItem]]:
    """What was found, in the order of its arrival, by sort; empty where nothing has arrived."""
    query = select(FoundItem).where(FoundItem.found_id == work.id).order_by(FoundItem.arrival)
    items = list(session.scalars(query))
    return {sort: [item for item in items if item.sort is sort] for sort in FoundSort} if items else {}


def _moved(item: FoundItem, work: FoundWork, evaluation: Evaluation) -> dict[str, Any]:
    """The change as one of `evaluation`.

    Its device gets another id there, always the same one: the phone itself counts its changes of that visit from 1.
    """
    body: dict[str, Any] = json.loads(item.body)
    if evaluation.id == work.eid:
        return body
    return body | {"eid": str(evaluation.id), "did": str(uuid5(work.id, body["did"]))}


def _add_photo(
    session: Session, evaluation: Evaluation, item: FoundItem, shopper: Person, at: datetime
) -> bool:
    try:
        prepared = Prepared(**json.loads(item.body))
        intake.record(session, evaluation, UUID(item.name), prepared, by=shopper, at=at)
    except Conflict:
        return False
    return True


def _hand_in(
    session: Session,
    evaluation: Evaluation,
    items: dict[FoundSort, list[FoundItem]],
    shopper: Person,
    at: datetime,
) -> bool:
    """Hand in what its shopper handed in: the visit where it is still open, then what is asked after it."""
    sent = [json.loads(item.body)["sent"] for item in items[FoundSort.HAND_IN]]
    visits = [one for one in sent if one["part"] == submitting.VISIT]
    is_open = evaluation.state in HANDED_IN_FROM
    due = [visits[-1] | {"round": evaluation.round}] if visits and is_open else []
    due += [one for one in sent if one["part"] != submitting.VISIT]
    handed_in = [_submit(session, evaluation, one, shopper, at) for one in due]
    return any(handed_in)


def _submit(
    session: Session, evaluation: Evaluation, sent: dict[str, Any], shopper: Person, at: datetime
) -> bool:
    """Hand in what of `sent` is here; False where this visit takes no such hand-in."""
    here = {str(change) for change in session.scalars(_change_ids(evaluation))}
    changes_here = [change for change in sent["manifest"]["changes"] if change in here]
    manifest = sent["manifest"] | {"changes": changes_here, "photos": []}
    try:
        with session.begin_nested():
            again = submitting.read(sent | {"manifest": manifest})
            submitting.submit(session, evaluation, new_id(), again, by=shopper, at=at)
    except (Conflict, Invalid, WrongState):
        return False
    return True


def _change_ids(evaluation: Evaluation) -> Any:
    return select(Change.id).where(Change.evaluation_id == evaluation.id)
