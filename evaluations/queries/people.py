"""Whom the office sees in its list of people."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from evaluations import access
from evaluations.models import Client, Person


def listed(session: Session, reader: Person) -> list[Person]:
    """Everybody that `reader` may see, by name, with their clients."""
    query = access.people(reader).options(joinedload(Person.client)).order_by(Person.name, Person.email)
    return list(session.scalars(query))


def clients(session: Session) -> list[Client]:
    """Every client by name, for the choice of a client user's own."""
    return list(session.scalars(select(Client).order_by(Client.name)))
