"""Adding somebody, from the office's page and from the command line alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Invalid
from evaluations.models import Client, Person, Role
from shopper.identity import passwords
from shopper.mail import letters

ALONE = frozenset({Role.SHOPPER, Role.CLIENT})


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is to be added."""

    email: str
    name: str
    roles: frozenset[Role]
    client_id: UUID | None = None
    language: str = "en"


def add(session: Session, newcomer: Newcomer, *, by: Person | None, at: datetime) -> tuple[Person, str]:
    """Add `newcomer` and answer the person with a new password, which is kept nowhere."""
    person = _person(session, newcomer, at)
    password = passwords.generated()
    person.password_hash = passwords.hashed(password)
    audit.record(session, "person.added", person, by=by, at=at, roles=sorted(newcomer.roles))
    return person, password


def invite(session: Session, newcomer: Newcomer, *, by: Person, at: datetime) -> Person:
    """Add `newcomer`, who cannot sign in before choosing a password by the link that is mailed."""
    person = _person(session, newcomer, at)
    audit.record(session, "person.invited", person, by=by, at=at, roles=sorted(newcomer.roles))
    letters.invite(session, person, by=by, at=at)
    return person


def _person(session: Session, newcomer: Newcomer, at: datetime) -> Person:
    if newcomer.roles & ALONE and len(newcomer.roles) > 1:
        raise Invalid("roles_clash", field="roles")
    if (Role.CLIENT in newcomer.roles) != (newcomer.client_id is not None):
        raise Invalid("client_user_needs_client", field="client")
    person = Person(
        name=newcomer.name,
        email=proper(newcomer.email),
        roles=newcomer.roles,
        client_id=newcomer.client_id,
        language=newcomer.language,
        created_at=at,
    )
    with unique_email(session):
        session.add(person)
    return person


@contextmanager
def unique_email(session: Session) -> Iterator[None]:
    """Refuse when the database finds that the e-mail that the block wrote is somebody's already."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise Invalid("email_taken", field="email") from error


def client_named(session: Session, name: str) -> Client:
    """The client of this name."""
    client = session.scalars(select(Client).where(Client.name == name)).one_or_none()
    if client is None:
        raise Invalid("no_such_client", field="client", name=name)
    return client


def proper(email: str) -> str:
    """The e-mail as it is kept: checked, and in lower case."""
    try:
        return validate_email(email, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid("bad_email", field="email") from error
