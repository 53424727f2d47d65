"""The demo's people, and the file that keeps their random passwords."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from evaluations.models import Client, Person, Role
from shopper.identity import adding
from shopper.identity.adding import Newcomer

FILE = "sign-ins.txt"


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody of the demo agency."""

    owner: Person
    designer: Person
    scheduler: Person
    editors: tuple[Person, ...]
    shoppers: tuple[Person, ...]


OFFICE = (
    ("owner", "Olivia Hart", frozenset({Role.OWNER})),
    ("designer", "Dario Lenz", frozenset({Role.DESIGNER})),
    ("scheduler", "Sofía Prieto", frozenset({Role.SCHEDULER})),
    ("editor", "Edward Lowe", frozenset({Role.EDITOR})),
    ("editor2", "Nuria Vidal", frozenset({Role.EDITOR})),
)
SHOPPERS = (
    ("shopper", "Sam Reyes", "en"),
    ("shopper2", "Carmen Ruiz", "es"),
    ("shopper3", "Priya Nair", "en"),
    ("shopper4", "Javier Montalbán", "es"),
    ("shopper5", "Hannah Clarke", "en"),
    ("shopper6", "Iker Etxeberria", "es"),
    ("shopper7", "Tom Whitfield", "en"),
    ("shopper8", "Lucía Ferrer", "es"),
)


class Hiring:
    """Adds people and remembers the passwords of those who are to be shown."""

    def __init__(self, session: Session, at: datetime) -> None:
        self._session = session
        self.at = at
        self.sign_ins: list[tuple[str, str, str]] = []

    def team(self) -> Team:
        """The people of the office, and the shoppers, half of whom write in Spanish."""
        owner, designer, scheduler, *editors = (self._add(word, name, roles) for word, name, roles in OFFICE)
        shoppers = (
            self._add(word, name, frozenset({Role.SHOPPER}), language=language)
            for word, name, language in SHOPPERS
        )
        return Team(owner, designer, scheduler, tuple(editors), tuple(shoppers))

    def client_user(self, word: str, name: str, client: Client, *, language: str = "en") -> Person:
        """Somebody who reads the results of `client`."""
        return self._add(word, name, frozenset({Role.CLIENT}), client_id=client.id, language=language)

    def _add(
        self,
        word: str,
        name: str,
        roles: frozenset[Role],
        *,
        client_id: UUID | None = None,
        language: str = "en",
    ) -> Person:
        newcomer = Newcomer(
            email=f"{word}@demo.example", name=name, roles=roles, client_id=client_id, language=language
        )
        person, password = adding.add(self._session, newcomer, by=None, at=self.at)
        self.sign_ins.append((word, person.email, password))
        return person


def keep(instance: Path, sign_ins: list[tuple[str, str, str]]) -> None:
    """Keep the sign-ins that are to be shown, those without a number, in a file that only its owner may read."""
    lines = [
        f"  {word:<10} {email:<24} {password}\n" for word, email, password in sign_ins if word[-1].isalpha()
    ]
    descriptor = os.open(instance / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(lines)


def kept(instance: Path) -> str:
    """The sign-ins of the demo's people, a line each; empty where there is no demo."""
    path = instance / FILE
    return path.read_text(encoding="utf-8") if path.exists() else ""
