"""Who sees what: every query that loads something for somebody starts from one of these.

What a reader may not see is simply not selected, so foreign and missing look alike.
"""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session

from evaluations.errors import NotFound
from evaluations.models import (
    Checklist,
    Client,
    Evaluation,
    EvaluationState,
    Location,
    OwnTouchpoint,
    Person,
    Programme,
    Role,
    Visit,
    Wave,
)
from evaluations.models.base import Identified

Thing = TypeVar("Thing", bound=Identified)


def clients(reader: Person) -> Select[Client]:
    """All clients for designers, schedulers and editors; the own one for a client user."""
    query = select(Client)
    if reader.may_act_as(Role.DESIGNER, Role.SCHEDULER, Role.EDITOR):
        return query
    return query.where(Client.id == reader.client_id) if _is_client(reader) else query.where(false())


def locations(reader: Person) -> Select[Location]:
    """The locations of the clients that `reader` sees."""
    query = select(Location)
    if reader.may_act_as(Role.DESIGNER, Role.SCHEDULER, Role.EDITOR):
        return query
    return query.where(Location.client_id == reader.client_id) if _is_client(reader) else query.where(false())


def checklists(reader: Person) -> Select[Checklist]:
    """Every checklist for designers and schedulers, none for others."""
    query = select(Checklist)
    return query if reader.may_act_as(Role.DESIGNER, Role.SCHEDULER) else query.where(false())


def own_touchpoints(reader: Person) -> Select[OwnTouchpoint]:
    """The agency's own touchpoints for designers, none for others."""
    query = select(OwnTouchpoint)
    return query if reader.may_act_as(Role.DESIGNER) else query.where(false())


def programmes(reader: Person) -> Select[Programme]:
    """Every programme for schedulers and editors, none for others."""
    query = select(Programme)
    return query if reader.may_act_as(Role.SCHEDULER, Role.EDITOR) else query.where(false())


def waves(reader: Person) -> Select[Wave]:
    """Every wave for schedulers and editors, none for others."""
    query = select(Wave)
    return query if reader.may_act_as(Role.SCHEDULER, Role.EDITOR) else query.where(false())


def visits(reader: Person) -> Select[Visit]:
    """Every visit for schedulers and editors; the own ones for a shopper."""
    query = select(Visit)
    if reader.may_act_as(Role.SCHEDULER, Role.EDITOR):
        return query
    return (
        query.where(Visit.shopper_id == reader.id) if Role.SHOPPER in reader.roles else query.where(false())
    )


def evaluations(reader: Person) -> Select[Evaluation]:
    """Every evaluation for editors, a shopper's own ones, the released ones of a client user's client."""
    query = select(Evaluation)
    if reader.may_act_as(Role.EDITOR):
        return query
    if Role.SHOPPER in reader.roles:
        return query.where(Evaluation.shopper_id == reader.id)
    if _is_client(reader):
        return (
            query.join(Visit, Evaluation.visit_id == Visit.id)
            .join(Location, Visit.location_id == Location.id)
            .where(Location.client_id == reader.client_id, Evaluation.state == EvaluationState.RELEASED)
        )
    return query.where(false())


def people(reader: Person) -> Select[Person]:
    """Everybody for the owner; the shoppers for schedulers; nobody for others."""
    query = select(Person)
    if Role.OWNER in reader.roles:
        return query
    if reader.may_act_as(Role.SCHEDULER):
        return query.where(Person.roles == frozenset({Role.SHOPPER}))
    return query.where(false())


def get(session: Session, visible: Select[Thing], model: type[Thing], thing_id: UUID) -> Thing:
    """The one of `visible` with this id; `NotFound` when there is none, whatever the reason."""
    found = session.scalars(visible.where(model.id == thing_id)).unique().one_or_none()
    if found is None:
        raise NotFound()
    return found


def _is_client(reader: Person) -> bool:
    return Role.CLIENT in reader.roles and reader.client_id is not None
