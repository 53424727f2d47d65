"""Which rows name a thing, whatever table they stand in: what is named cannot be removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Session

from evaluations.models import Base
from evaluations.models.base import Identified

AT_ONCE = 500


def naming(
    session: Session, model: type[Identified], ids: Sequence[UUID]
) -> Iterator[tuple[UUID, str, UUID | None]]:
    """The id of each thing that is named somewhere, the table that names it, and the row's own id if it has one."""
    for table, column in _columns(model):
        own = table.c.id if "id" in table.c else None
        for first in range(0, len(ids), AT_ONCE):
            wanted = select(column, *([] if own is None else [own]))
            for row in session.execute(wanted.where(column.in_(ids[first : first + AT_ONCE]))):
                yield row[0], table.name, row[1] if own is not None else None


def _columns(model: type[Identified]) -> Iterator[tuple[Table, ColumnElement[UUID]]]:
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is model.__table__:
                yield table, key.parent
