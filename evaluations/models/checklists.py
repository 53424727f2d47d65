"""The form over time: a checklist, its frozen versions and its one draft."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, ForeignKey, Index, String, Text, UniqueConstraint, event, select, text
from sqlalchemy.orm import Mapped, Mapper, deferred, mapped_column, object_session, relationship

from evaluations.errors import Conflict
from evaluations.models.base import Base, Identified, Moment
from evaluations.models.people import Person


class Checklist(Identified):
    """A form over time: version 1, version 2, and at most one draft."""

    __tablename__ = "checklists"

    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    archived_at: Mapped[datetime | None] = mapped_column(Moment)

    versions: Mapped[list[Version]] = relationship(back_populates="checklist", order_by="Version.number")


class Version(Identified):
    """One wording of a checklist. A published one never changes; the draft is not yet published."""

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("checklist_id", "number"),
        Index(
            "uq_versions_one_draft",
            "checklist_id",
            unique=True,
            sqlite_where=text("published_at IS NULL"),
            postgresql_where=text("published_at IS NULL"),
        ),
    )

    checklist_id: Mapped[UUID] = mapped_column(ForeignKey("checklists.id"), index=True)
    number: Mapped[int]
    document: Mapped[str] = deferred(mapped_column(Text))
    """The canonical JSON text; read it with `evaluations.document.canonical.read`."""
    edition: Mapped[int] = mapped_column(default=1)
    """Grows with each saved change of the draft, for the optimistic lock."""
    content_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    """SHA-256 of `document`, set at publication: the version's name to the phone (`vid`)."""
    saved_at: Mapped[datetime] = mapped_column(Moment)
    saved_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    published_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    """What changed and why, as its publisher says it."""
    based_on: Mapped[int | None]
    """The number of the version that its draft began as a copy of; None where it began otherwise."""

    checklist: Mapped[Checklist] = relationship(back_populates="versions")
    saved_by: Mapped[Person] = relationship(foreign_keys=[saved_by_id])
    published_by: Mapped[Person | None] = relationship(foreign_keys=[published_by_id])
    withdrawal: Mapped[Withdrawal | None] = relationship(viewonly=True)

    @property
    def is_draft(self) -> bool:
        """Whether this wording is not yet published."""
        return self.published_at is None


class Withdrawal(Base):
    """Why a published version is given to no further wave; the version itself stays as it was published."""

    __tablename__ = "version_withdrawals"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("versions.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    withdrawn_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))

    withdrawn_by: Mapped[Person] = relationship()


class Dismissal(Identified):
    """A finding of the question check that somebody looked at and left, with the reason.

    `fingerprint` is of the words that it was about: as soon as they change, the finding stands again.
    """

    __tablename__ = "dismissals"
    __table_args__ = (UniqueConstraint("checklist_id", "fingerprint"),)

    checklist_id: Mapped[UUID] = mapped_column(ForeignKey("checklists.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(40))
    touchpoint: Mapped[str | None] = mapped_column(String(40))
    question: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    dismissed_at: Mapped[datetime] = mapped_column(Moment)
    dismissed_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))

    checklist: Mapped[Checklist] = relationship()
    dismissed_by: Mapped[Person] = relationship()


@event.listens_for(Version, "before_update")
@event.listens_for(Version, "before_delete")
def _refuse_to_touch_what_is_published(
    _mapper: Mapper[Version], connection: Connection, version: Version
) -> None:
    """Ask the row itself, not the object: whoever changes a version may have loaded it before."""
    session = object_session(version)
    if session is not None and version not in session.deleted and not session.is_modified(version):
        return
    published_at = connection.scalar(select(Version.published_at).where(Version.id == version.id))
    if published_at is not None:
        raise Conflict("version_is_published", number=version.number)
