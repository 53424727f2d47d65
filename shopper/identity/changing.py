"""Changing somebody's account: what they may do, what they are given, closing and opening it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Invalid
from evaluations.fieldwork.entering import record_changes
from evaluations.models import OFFICE, Area, Location, Person, Role
from shopper.identity import links, sessions
from shopper.identity.adding import proper, unique_email


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the owner may change about somebody."""

    name: str
    email: str
    language: str
    roles: frozenset[Role]


def change(session: Session, person: Person, wanted: Particulars, *, by: Person, at: datetime) -> None:
    """Give `person` other particulars; links that went to another e-mail open nothing any more."""
    if wanted.roles != person.roles:
        if not wanted.roles or not (wanted.roles | person.roles) <= OFFICE:
            raise Invalid("roles_stay", field="roles")
        if Role.OWNER in person.roles and Role.OWNER not in wanted.roles:
            _refuse_without_owner(session, person, field="roles")
    before = {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "roles": sorted(person.roles),
    }
    email = proper(wanted.email)
    after = {
        "name": wanted.name,
        "email": email,
        "language": wanted.language,
        "roles": sorted(wanted.roles),
    }
    if email != person.email:
        links.close_all(session, person, at=at)
    with unique_email(session):
        person.name, person.email, person.language = wanted.name, email, wanted.language
        person.roles = wanted.roles
    record_changes(session, "person.changed", person, before, after, by=by, at=at)


def limit(
    session: Session,
    person: Person,
    *,
    areas: Collection[UUID],
    locations: Collection[UUID],
    by: Person,
    at: datetime,
) -> None:
    """Limit a client user to these areas and locations of the own client; with neither, to nothing less."""
    before = _names(person)
    person.areas = list(
        session.scalars(select(Area).where(Area.client_id == person.client_id, Area.id.in_(areas)))
    )
    person.locations = list(
        session.scalars(
            select(Location).where(Location.client_id == person.client_id, Location.id.in_(locations))
        )
    )
    if len(person.areas) != len(set(areas)) or len(person.locations) != len(set(locations)):
        raise Invalid("not_of_this_client", field="locations")
    record_changes(session, "person.limited", person, before, _names(person), by=by, at=at)


def close(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """Close somebody's account: they are signed out everywhere, and no link opens any more."""
    if person.id == by.id:
        raise Invalid("own_account")
    if Role.OWNER in person.roles:
        _refuse_without_owner(session, person)
    person.is_active = False
    sessions.end_all(session, person)
    links.close_all(session, person, at=at)
    audit.record(session, "person.closed", person, by=by, at=at)


def reopen(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """Open a closed account again."""
    person.is_active = True
    audit.record(session, "person.reopened", person, by=by, at=at)


def _refuse_without_owner(session: Session, person: Person, field: str | None = None) -> None:
    """Refuse what would leave nobody who can sign in as owner.

    The owners' rows are locked in one order: of two owners who take the role from each other
    at the same moment, the second finds that only one is left.
    """
    others = session.scalars(
        select(Person)
        .where(type_coerce(Person.roles, String).contains(Role.OWNER.value), Person.is_active)
        .order_by(Person.id)
        .with_for_update(of=Person)
        .execution_options(populate_existing=True)
    ).all()
    if not any(other.id != person.id and other.password_hash for other in others):
        raise Invalid("last_owner", field=field)


def _names(person: Person) -> dict[str, list[str]]:
    return {
        "areas": sorted(area.name for area in person.areas),
        "locations": sorted(location.name for location in person.locations),
    }
