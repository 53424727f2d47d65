"""Adding somebody, from the office's page and from the command line alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Invalid
from evaluations.models import Client, Person, Role
from shopper.identity import passwords

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
    email = _proper(newcomer.email)
    if newcomer.roles & ALONE and len(newcomer.roles) > 1:
        raise Invalid("roles_clash", field="roles")
    if (Role.CLIENT in newcomer.roles) != (newcomer.client_id is not None):
        raise Invalid("client_user_needs_client", field="client")
    if session.scalars(select(Person.id).where(Person.email == email)).first():
        raise Invalid("email_taken", field="email")
    password = passwords.generated()
    person = Person(
        name=newcomer.name,
        email=email,
        roles=newcomer.roles,
        client_id=newcomer.client_id,
        language=newcomer.language,
        password_hash=passwords.hashed(password),
        created_at=at,
    )
    session.add(person)
    audit.record(session, "person.added", person, by=by, at=at, roles=sorted(newcomer.roles))
    return person, password


def client_named(session: Session, name: str) -> Client:
    """The client of this name."""
    client = session.scalars(select(Client).where(Client.name == name)).one_or_none()
    if client is None:
        raise Invalid("no_such_client", field="client", name=name)
    return client


def _proper(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid("bad_email", field="email") from error
