"""Who commissions, the hierarchy of their areas, and the places that are evaluated."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from evaluations.models.base import Identified, Moment, word_of


class LocationKind(StrEnum):
    STORE = "store"
    PHONE_LINE = "phone_line"
    WEB = "web"
    MAILBOX = "mailbox"


class Paper(StrEnum):
    """What a report is printed on."""

    A4 = "a4"
    LETTER = "letter"


class Client(Identified):
    """A brand that commissions evaluations."""

    __tablename__ = "clients"

    name: Mapped[str] = mapped_column(String(120), unique=True)
    colour: Mapped[str] = mapped_column(String(7), default="#0b6e6e")
    """The brand's colour for portal and PDF, as #rrggbb."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    """A PNG of our own making; what was sent is not kept."""
    logo_sha256: Mapped[str | None] = mapped_column(String(64))
    paper: Mapped[Paper] = mapped_column(word_of(Paper), default=Paper.A4)
    footer: Mapped[str] = mapped_column(String(160), default="")
    """What stands at the foot of every page of a report."""
    shows_photos: Mapped[bool] = mapped_column(default=True)
    shows_comments: Mapped[bool] = mapped_column(default=True)
    """Whether the client reads what shoppers wrote beside their answers."""
    shows_previous: Mapped[bool] = mapped_column(default=True)
    """Whether a result stands beside that of the wave before."""

    areas: Mapped[list[Area]] = relationship(back_populates="client", order_by="Area.name")
    locations: Mapped[list[Location]] = relationship(back_populates="client", order_by="Location.name")


class Area(Identified):
    """A node of the client's own hierarchy: a region, a district."""

    __tablename__ = "areas"
    __table_args__ = (UniqueConstraint("client_id", "parent_id", "name"),)

    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id"), index=True)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("areas.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))

    client: Mapped[Client] = relationship(back_populates="areas")
    parent: Mapped[Area | None] = relationship(remote_side="Area.id")


class Location(Identified):
    """One place that is evaluated."""

    __tablename__ = "locations"
    __table_args__ = (UniqueConstraint("client_id", "code"),)

    client_id: Mapped[UUID] = mapped_column(ForeignKey("clients.id"), index=True)
    area_id: Mapped[UUID | None] = mapped_column(ForeignKey("areas.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    """The client's own key for the place."""
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[LocationKind] = mapped_column(word_of(LocationKind), default=LocationKind.STORE)
    address: Mapped[str] = mapped_column(String(200), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    contact: Mapped[str] = mapped_column(String(300), default="")
    """The number of a phone line, the address of a web page, the name of a mailbox or account."""
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    hours: Mapped[str] = mapped_column(Text, default="")
    """The opening hours by the days of the week, as one line; see `evaluations.fieldwork.hours`."""
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)

    client: Mapped[Client] = relationship(back_populates="locations")
    area: Mapped[Area | None] = relationship()
