"""Who sees what: every query that loads something for somebody starts from one of these.

What a reader may not see is simply not selected, so foreign and missing look alike.
"""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session

from evaluations.errors import NotFound
from evaluations.models import (
    Area,
    AuditEntry,
    Checklist,
    Client,
    Evaluation,
    EvaluationState,
    FoundWork,
    Import,
    Location,
    Mail,
    OwnQuestion,
    OwnTouchpoint,
    Person,
    PersonArea,
    PersonLocation,
    Programme,
    Role,
    Template,
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
    """Every location for the office; for a client user the own client's, or those that were given."""
    query = select(Location)
    if reader.may_act_as(Role.DESIGNER, Role.SCHEDULER, Role.EDITOR):
        return query
    return query.where(_is_given(reader)) if _is_client(reader) else query.where(false())


def areas(reader: Person) -> Select[Area]:
    """Every area for the office; for a client user the own client's, or those with something that was given."""
    query = select(Area)
    if reader.may_act_as(Role.DESIGNER, Role.SCHEDULER, Role.EDITOR):
        return query
    if not _is_client(reader):
        return query.where(false())
    holding = select(Location.area_id).where(Location.id.in_(_given_locations(reader)))
    given = or_(_is_unlimited(reader), Area.id.in_(_given_areas(reader)), Area.id.in_(holding))
    return query.where(Area.client_id == reader.client_id, given)


def imports(reader: Person) -> Select[Import]:
    """Every import of locations for designers and schedulers, none for others."""
    query = select(Import)
    return query if reader.may_act_as(Role.DESIGNER, Role.SCHEDULER) else query.where(false())


def checklists(reader: Person) -> Select[Checklist]:
    """Every checklist for designers and schedulers, none for others."""
    query = select(Checklist)
    return query if reader.may_act_as(Role.DESIGNER, Role.SCHEDULER) else query.where(false())


def own_touchpoints(reader: Person) -> Select[OwnTouchpoint]:
    """The agency's own touchpoints for designers, none for others."""
    query = select(OwnTouchpoint)
    return query if reader.may_act_as(Role.DESIGNER) else query.where(false())


def own_questions(reader: Person) -> Select[OwnQuestion]:
    """The agency's own questions for designers, none for others."""
    query = select(OwnQuestion)
    return query if reader.may_act_as(Role.DESIGNER) else query.where(false())


def templates(reader: Person) -> Select[Template]:
    """Templates of whole checklists for designers, none for others."""
    query = select(Template)
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
    """Every evaluation for editors, a shopper's own ones; for a client user those of theirs that were released.

    Of what was withdrawn afterwards a client user learns that it was; its figures are kept from every query.
    """
    query = select(Evaluation)
    if reader.may_act_as(Role.EDITOR):
        return query
    if Role.SHOPPER in reader.roles:
        return query.where(Evaluation.shopper_id == reader.id)
    if _is_client(reader):
        return (
            query.join(Visit, Evaluation.visit_id == Visit.id)
            .join(Location, Visit.location_id == Location.id)
            .where(_is_given(reader), was_released())
        )
    return query.where(false())


def was_released() -> ColumnElement[bool]:
    """Whether a client was given something of an evaluation."""
    return and_(
        Evaluation.released_at.is_not(None),
        Evaluation.state.not_in([EvaluationState.EXCLUDED, EvaluationState.ABANDONED]),
    )


def found_works(reader: Person) -> Select[FoundWork]:
    """All found work for schedulers, none for others."""
    query = select(FoundWork)
    return query if reader.may_act_as(Role.SCHEDULER) else query.where(false())


def people(reader: Person) -> Select[Person]:
    """Everybody for the owner; the shoppers for schedulers; nobody for others."""
    query = select(Person)
    if Role.OWNER in reader.roles:
        return query
    if reader.may_act_as(Role.SCHEDULER):
        return query.where(Person.roles == frozenset({Role.SHOPPER}))
    return query.where(false())


def mails(reader: Person) -> Select[Mail]:
    """Every mail for the owner; mail to shoppers for schedulers; none for others."""
    query = select(Mail)
    if Role.OWNER in reader.roles:
        return query
    return query.where(Mail.person_id.in_(people(reader).with_only_columns(Person.id)))


def audit_trail(reader: Person) -> Select[AuditEntry]:
    """The whole trail for the owner, nothing for others."""
    query = select(AuditEntry)
    return query if Role.OWNER in reader.roles else query.where(false())


def get(session: Session, visible: Select[Thing], model: type[Thing], thing_id: UUID) -> Thing:
    """The one of `visible` with this id; `NotFound` when there is none, whatever the reason."""
    found = session.scalars(visible.where(model.id == thing_id)).unique().one_or_none()
    if found is None:
        raise NotFound()
    return found


def _is_given(reader: Person) -> ColumnElement[bool]:
    """Whether a location is one of those that a client user may know."""
    given = or_(
        _is_unlimited(reader),
        Location.area_id.in_(_given_areas(reader)),
        Location.id.in_(_given_locations(reader)),
    )
    return and_(Location.client_id == reader.client_id, given)


def _is_unlimited(reader: Person) -> ColumnElement[bool]:
    """Whether nothing was given, which means the whole client."""
    areas = select(PersonArea.area_id).where(PersonArea.person_id == reader.id).exists()
    return and_(~areas, ~_given_locations(reader).exists())


def _given_areas(reader: Person) -> Select[UUID]:
    """The areas that were given, and all below them."""
    given = select(PersonArea.area_id.label("id")).where(PersonArea.person_id == reader.id)
    inside = given.cte(recursive=True)
    inside = inside.union(select(Area.id).join(inside, Area.parent_id == inside.c.id))
    return select(inside.c.id)


def _given_locations(reader: Person) -> Select[UUID]:
    return select(PersonLocation.location_id).where(PersonLocation.person_id == reader.id)


def _is_client(reader: Person) -> bool:
    return Role.CLIENT in reader.roles and reader.client_id is not None
