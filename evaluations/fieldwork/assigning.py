"""Giving a visit to a shopper, and taking it back while nothing has arrived."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Conflict, Invalid, WrongState
from evaluations.fieldwork.changes import lock
from evaluations.models import (
    Announcement,
    Change,
    Evaluation,
    Person,
    Photo,
    Role,
    Submission,
    Visit,
    VisitState,
)


def assign(session: Session, visit: Visit, shopper: Person, *, by: Person, at: datetime) -> Evaluation:
    """Give a planned visit to `shopper` and issue the evaluation that all of that shopper's devices fill."""
    if Role.SHOPPER not in shopper.roles:
        raise Invalid("not_a_shopper", field="shopper", name=shopper.name)
    if not shopper.is_active:
        raise Invalid("shopper_inactive", field="shopper", name=shopper.name)
    _lock(session, visit)
    _step(visit, VisitState.PLANNED, VisitState.ASSIGNED)
    visit.shopper, visit.assigned_at = shopper, at
    evaluation = Evaluation(visit=visit, shopper=shopper, version=visit.wave.version, created_at=at)
    session.add(evaluation)
    session.flush()  # it has its id only now
    audit.record(session, "visit.assigned", visit, by=by, at=at, shopper=shopper.id, evaluation=evaluation.id)
    return evaluation


def take_back(session: Session, visit: Visit, *, by: Person, at: datetime) -> None:
    """Take an assigned visit back, so that it can be given to somebody else.

    Once anything has arrived from the shopper's phone it is refused: that work would have no place.
    """
    evaluation = session.scalars(select(Evaluation).where(Evaluation.visit_id == visit.id)).one_or_none()
    if evaluation is None:
        raise WrongState(being=visit.state, wanted=VisitState.PLANNED)
    lock(session, evaluation)
    _lock(session, visit)
    _step(visit, VisitState.ASSIGNED, VisitState.PLANNED)
    if _has_arrivals(session, evaluation):
        raise Conflict("work_has_arrived")
    before, visit.shopper, visit.assigned_at = visit.shopper_id, None, None
    audit.record(session, "visit.taken_back", visit, by=by, at=at, shopper=before, evaluation=evaluation.id)
    # What a phone announced and never sent will come as found work, should it come.
    session.execute(delete(Announcement).where(Announcement.evaluation_id == evaluation.id))
    session.delete(evaluation)
    session.flush()
    session.expire(visit, ["evaluation"])


def _lock(session: Session, visit: Visit) -> None:
    # Two schedulers may press at the same moment: the second must read what the first one did.
    session.flush()
    session.refresh(visit, ["state", "shopper_id"], with_for_update={"of": Visit})


def _step(visit: Visit, here: VisitState, there: VisitState) -> None:
    if visit.state is not here:
        raise WrongState(being=visit.state, wanted=there)
    visit.state = there


def _has_arrivals(session: Session, evaluation: Evaluation) -> bool:
    return any(
        session.scalar(select(exists().where(table.evaluation_id == evaluation.id)))
        for table in (Change, Photo, Submission)
    )
