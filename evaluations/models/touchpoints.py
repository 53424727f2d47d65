"""The agency's own library: touchpoints, questions and whole checklists, each with its versions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from evaluations.models.base import Base, Identified, Moment
from evaluations.models.people import Person


def _one_name(table: str) -> Index:
    """No two that are in use have the same name."""
    return Index(
        f"uq_{table}_folded_name",
        "folded_name",
        unique=True,
        sqlite_where=text("archived_at IS NULL"),
        postgresql_where=text("archived_at IS NULL"),
    )


class Kept(Identified):
    """What the agency keeps for its next checklists, under a name of the office's own."""

    __abstract__ = True

    name: Mapped[str] = mapped_column(String(120))
    """What the office calls it; what shoppers read is in its content."""
    folded_name: Mapped[str] = mapped_column(String(360))
    """The name without regard to capitals."""
    edition: Mapped[int] = mapped_column(default=1)
    """Grows with each change, for the optimistic lock."""
    number: Mapped[int] = mapped_column(default=1)
    """Of its newest version."""
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    archived_at: Mapped[datetime | None] = mapped_column(Moment)

    @declared_attr
    @classmethod
    def created_by(cls) -> Mapped[Person]:
        return relationship(Person, foreign_keys=f"{cls.__name__}.created_by_id")

    @declared_attr
    @classmethod
    def changed_by(cls) -> Mapped[Person]:
        return relationship(Person, foreign_keys=f"{cls.__name__}.changed_by_id")


class KeptVersion(Base):
    """One wording of what is kept; it never changes."""

    __abstract__ = True

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(Text)
    """Canonical JSON, as the newest one is held by what it is a version of."""
    saved_at: Mapped[datetime] = mapped_column(Moment)
    saved_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))

    @declared_attr
    @classmethod
    def saved_by(cls) -> Mapped[Person]:
        return relationship(Person, foreign_keys=f"{cls.__name__}.saved_by_id")


class OwnTouchpoint(Kept):
    """A touchpoint with its questions that the agency keeps for its next checklists."""

    __tablename__ = "own_touchpoints"
    __table_args__ = (_one_name("own_touchpoints"),)

    entry: Mapped[str] = mapped_column(Text)
    """Canonical JSON; read it with `evaluations.designing.own_touchpoints.entry_of`."""


class OwnTouchpointVersion(KeptVersion):
    __tablename__ = "own_touchpoint_versions"

    kept_id: Mapped[UUID] = mapped_column(ForeignKey("own_touchpoints.id"), primary_key=True)


class OwnQuestion(Kept):
    """A question that the agency keeps by itself."""

    __tablename__ = "own_questions"
    __table_args__ = (_one_name("own_questions"),)

    question: Mapped[str] = mapped_column(Text)
    """Canonical JSON; read it with `evaluations.designing.own_questions.question_of`."""


class OwnQuestionVersion(KeptVersion):
    __tablename__ = "own_question_versions"

    kept_id: Mapped[UUID] = mapped_column(ForeignKey("own_questions.id"), primary_key=True)


class Template(Kept):
    """A whole checklist to begin others with, for whichever client."""

    __tablename__ = "templates"
    __table_args__ = (_one_name("templates"),)

    description: Mapped[str] = mapped_column(Text, default="")
    document: Mapped[str] = mapped_column(Text)
    """Canonical JSON; read it with `evaluations.document.canonical.read`."""


class TemplateVersion(KeptVersion):
    __tablename__ = "template_versions"

    kept_id: Mapped[UUID] = mapped_column(ForeignKey("templates.id"), primary_key=True)


class Beginning(Base):
    """What the first draft of a checklist was begun with: a template, or another checklist, as it was called then."""

    __tablename__ = "beginnings"

    checklist_id: Mapped[UUID] = mapped_column(ForeignKey("checklists.id"), primary_key=True)
    template_id: Mapped[UUID | None] = mapped_column(ForeignKey("templates.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    """Of the version, or of the one that a draft was to become."""
