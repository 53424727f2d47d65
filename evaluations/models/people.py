"""The people: who they are, what they may do, and where they are signed in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Base, Choices, Identified, Moment, word_of
from evaluations.models.notices import NoticeKind

if TYPE_CHECKING:
    from evaluations.models.clients import Area, Client, Location


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
    unwanted: Mapped[frozenset[NoticeKind]] = mapped_column(Choices(NoticeKind), default=frozenset)
    """What a client user has switched off of the mail about results."""
    created_at: Mapped[datetime] = mapped_column(Moment)

    client: Mapped[Client | None] = relationship()

    areas: Mapped[list[Area]] = relationship(secondary="person_areas", order_by="Area.name")
    """What a client user is limited to, with `locations`; with neither, the whole client is theirs."""
    locations: Mapped[list[Location]] = relationship(secondary="person_locations", order_by="Location.name")

    def may_act_as(self, *roles: Role) -> bool:
        """Whether any of `roles` is among this person's; an owner may act in every office role."""
        if Role.OWNER in self.roles and OFFICE.intersection(roles):
            return True
        return bool(self.roles.intersection(roles))

    @property
    def is_office(self) -> bool:
        """Whether this person works for the agency's office."""
        return bool(self.roles & OFFICE)


class PersonArea(Base):
    """An area of the client, with all below it, that a client user is given."""

    __tablename__ = "person_areas"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    area_id: Mapped[UUID] = mapped_column(ForeignKey("areas.id"), primary_key=True, index=True)


class PersonLocation(Base):
    """A single location of the client that a client user is given."""

    __tablename__ = "person_locations"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey("locations.id"), primary_key=True, index=True)


class LinkPurpose(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"


class Link(Identified):
    """An address sent by mail that lets its reader choose a password, once and for a limited time."""

    __tablename__ = "links"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """The table alone opens nothing: the token is in the mail only."""
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(word_of(LinkPurpose))
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    """When it, or another link of the same person, was used."""

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


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
