"""What designers read of the agency's own library: touchpoints, questions and templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from evaluations import access
from evaluations.models import Kept, KeptVersion, OwnQuestion, OwnTouchpoint, Person, Template

Thing = TypeVar("Thing", bound=Kept)
Version = TypeVar("Version", bound=KeptVersion)


def in_use(session: Session, reader: Person) -> list[OwnTouchpoint]:
    """Own touchpoints that are offered in the library, by name."""
    return _by_name(session, access.own_touchpoints(reader), OwnTouchpoint, archived=False)


def archived(session: Session, reader: Person) -> list[OwnTouchpoint]:
    """Own touchpoints that were taken out of it, by name."""
    return _by_name(session, access.own_touchpoints(reader), OwnTouchpoint, archived=True)


def one(session: Session, own_id: UUID, *, reader: Person) -> OwnTouchpoint:
    """One of them, in use or archived, or `NotFound`."""
    return _one(session, access.own_touchpoints, OwnTouchpoint, own_id, reader)


def questions(session: Session, reader: Person, *, archived: bool = False) -> list[OwnQuestion]:
    """Own questions that are offered in the library, or the archived ones, by name."""
    return _by_name(session, access.own_questions(reader), OwnQuestion, archived=archived)


def question(session: Session, own_id: UUID, *, reader: Person) -> OwnQuestion:
    """An own question, in use or archived, or `NotFound`."""
    return _one(session, access.own_questions, OwnQuestion, own_id, reader)


def templates(session: Session, reader: Person, *, archived: bool = False) -> list[Template]:
    """Templates that are offered, or the archived ones, by name."""
    return _by_name(session, access.templates(reader), Template, archived=archived)


def template(session: Session, template_id: UUID, *, reader: Person) -> Template:
    """A template, in use or archived, or `NotFound`."""
    return _one(session, access.templates, Template, template_id, reader)


def versions(session: Session, model: type[Version], kept: Kept) -> list[Version]:
    """Every version of what is kept, the newest first, with who saved it."""
    kept_id = model.__table__.c["kept_id"]
    query = select(model).where(kept_id == kept.id).order_by(model.number.desc())
    return list(session.scalars(query.options(joinedload(model.saved_by))))


def names_picture(session: Session, model: type[Version], kept: Kept, sha256: str) -> bool:
    """Whether what is kept names this reference picture, now or in an earlier version."""
    kept_id = model.__table__.c["kept_id"]
    query = select(model.number).where(
        kept_id == kept.id,
        model.number.in_(range(1, kept.number + 1)),  # by which its rows are found without the others
        model.content.contains(f'"{sha256}"', autoescape=True),
    )
    return session.scalars(query.limit(1)).first() is not None


def _one(
    session: Session,
    visible: Callable[[Person], Select[Thing]],
    model: type[Thing],
    thing_id: UUID,
    reader: Person,
) -> Thing:
    query = visible(reader).options(joinedload(model.created_by), joinedload(model.changed_by))
    return access.get(session, query, model, thing_id)


def _by_name(session: Session, visible: Select[Thing], model: type[Thing], *, archived: bool) -> list[Thing]:
    column = model.archived_at
    query = (
        visible.where(column.is_not(None) if archived else column.is_(None))
        .order_by(func.lower(model.name), model.id)
        .options(joinedload(model.changed_by))
    )
    return list(session.scalars(query))
