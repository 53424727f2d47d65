"""What designers read of the agency's own touchpoints."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session, joinedload

from evaluations import access
from evaluations.models import OwnTouchpoint, Person


def in_use(session: Session, reader: Person) -> list[OwnTouchpoint]:
    """Those that are offered in the library, by name."""
    return _by_name(session, reader, archived=False)


def archived(session: Session, reader: Person) -> list[OwnTouchpoint]:
    """Those that were taken out of it, by name."""
    return _by_name(session, reader, archived=True)


def one(session: Session, own_id: UUID, *, reader: Person) -> OwnTouchpoint:
    """One of them, in use or archived, or `NotFound`."""
    visible = access.own_touchpoints(reader).options(
        joinedload(OwnTouchpoint.created_by), joinedload(OwnTouchpoint.changed_by)
    )
    return access.get(session, visible, OwnTouchpoint, own_id)


def _by_name(session: Session, reader: Person, *, archived: bool) -> list[OwnTouchpoint]:
    column = OwnTouchpoint.archived_at
    query = (
        access.own_touchpoints(reader)
        .where(column.is_not(None) if archived else column.is_(None))
        .order_by(func.lower(OwnTouchpoint.name), OwnTouchpoint.id)
        .options(joinedload(OwnTouchpoint.changed_by))
    )
    return list(session.scalars(query))
