"""The people: who they are, what they may do, and where they are signed in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Base, Choices, Identified, Moment

if TYPE_CHECKING:
    from evaluations.models.clients import Client


class Role(StrEnum):
    OWNER = "owner"
    DESIGNER = "designer"
    SCHEDULER = "scheduler"
    EDITOR = "editor"
    SHOPPER = "shopper"
    CLIENT = "client"


OFFICE = frozenset({Role.OWNER, Role.DESIGNER, Role.SCHEDULER, Role.EDITOR})


class Person(Identified):
    """Somebody who signs in by e-mail. Shopper and client user stand alone; office roles are a set."""

    __tablename__ = "people"

    email: Mapped[str] = mapped_column(String(254), unique=True)
    """Kept in lower case."""
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8), default="en")
    roles: Mapped[frozenset[Role]] = mapped_column(Choices(Role))
    client_id: Mapped[UUID | None] = mapped_column(ForeignKey("clients.id"), index=True)
    """The client whose results a client user sees; None for everybody else."""
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)

    client: Mapped[Client | None] = relationship()

    def may_act_as(self, *roles: Role) -> bool:
        """Whether any of `roles` is among this person's; an owner may act in every office role."""
        if Role.OWNER in self.roles and OFFICE.intersection(roles):
            return True
        return bool(self.roles.intersection(roles))

    @property
    def is_office(self) -> bool:
        """Whether this person works for the agency's office."""
        return bool(self.roles & OFFICE)


class SignIn(Identified):
    """One signed-in browser; the row is the session, the cookie holds only a token."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    browser: Mapped[str] = mapped_column(String(200), default="")
    device_id: Mapped[str | None] = mapped_column(String(36))
    """The device id that the phone last named in this session; another one means wiped storage."""

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class FailedSignIn(Base):
    """How often signing in failed lately under one name or from one address; makes delays grow."""

    __tablename__ = "failed_sign_ins"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    """A hash of the e-mail or the address: the table names nobody."""
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Moment)
