"""Undoing the last import of a client, as long as nothing of it was changed or used since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Conflict
from evaluations.fieldwork.entering import record_changes_of_each
from evaluations.fieldwork.importing.imports import columns_of, lock, place_of
from evaluations.fieldwork.references import naming
from evaluations.models import Area, Client, Import, ImportState, Location, LocationKind, Person
from evaluations.models.base import Identified

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way of undoing: "changed" or "gone", else the table that names the thing."""

    what: str
    name: str
    code: str = ""


def last(session: Session, client: Client) -> Import | None:
    """The import of `client` that was applied last and not undone: the one that can be."""
    query = select(Import).where(Import.client_id == client.id, Import.state == ImportState.APPLIED)
    return session.scalars(query.order_by(Import.applied_at.desc(), Import.id.desc()).limit(1)).first()


def obstacles(session: Session, imported: Import) -> list[Obstacle]:
    """All that was changed or used since, by name; undoing is possible when there is nothing."""
    return _Undoing(session, imported).obstacles()


def undo(session: Session, imported: Import, *, by: Person, at: datetime) -> None:
    """Put everything back as it was before `imported`; refused when anything stands in the way."""
    lock(session, imported)
    newest = last(session, imported.client)
    if newest is None or newest.id != imported.id:
        raise Conflict("import_not_last")
    undoing = _Undoing(session, imported)
    if found := undoing.obstacles():
        raise Conflict("import_used", count=len(found))
    undoing.put_back(by=by, at=at)
    try:
        with session.begin_nested():
            undoing.remove(by=by, at=at)
    except IntegrityError as error:  # somebody planned a visit there at this very moment
        raise Conflict("import_used", count=1) from error
    imported.state, imported.undone_at = ImportState.UNDONE, at
    audit.record(session, "import.undone", imported, by=by, at=at, file=imported.file_name)


class _Undoing:
    def __init__(self, session: Session, imported: Import) -> None:
        self.session = session
        done: dict[str, Any] = json.loads(imported.done)
        self.added = {UUID(id): values for id, values in done["added"].items()}
        self.changed = {UUID(id): values for id, values in done["changed"].items()}
        self.made = {UUID(id): place for id, place in done["areas"].items()}
        self.locations = self._all(Location, [*self.added, *self.changed])
        self.areas = self._all(Area, [*self.made])

    def _all(self, model: Any, ids: list[UUID]) -> dict[UUID, Any]:
        found: dict[UUID, Any] = {}
        for first in range(0, len(ids), AT_ONCE):
            query = select(model).where(model.id.in_(ids[first : first + AT_ONCE]))
            found |= {one.id: one for one in self.session.scalars(query)}
        return found

    def obstacles(self) -> list[Obstacle]:
        left = dict(self.added)
        left |= {id: values["after"] for id, values in self.changed.items()}
        found = [obstacle for id, values in left.items() if (obstacle := self._differs(id, values))]
        for id, table, _row in naming(self.session, Location, [*self.added]):
            found.append(Obstacle(table, self.locations[id].name, self.locations[id].code))
        ours = {*self.made, *self.added, *self._moved_out()}
        for id, table, row in naming(self.session, Area, [*self.made]):
            if row not in ours:
                found.append(Obstacle(table, self.areas[id].name))
        for id, place in self.made.items():
            if id not in self.areas:
                found.append(Obstacle("gone", place[0]))
            elif place_of(self.areas[id]) != place:
                found.append(Obstacle("changed", self.areas[id].name))
        return sorted(set(found), key=lambda one: (one.code, one.name, one.what))

    def _moved_out(self) -> list[UUID]:
        """The locations that leave the areas that were made when their values are put back."""
        made = {str(id) for id in self.made}
        return [id for id, values in self.changed.items() if values["before"]["area_id"] not in made]

    def _differs(self, id: UUID, values: dict[str, Any]) -> Obstacle | None:
        location = self.locations.get(id)
        if location is None:
            return Obstacle("gone", values["name"], values["code"])
        if columns_of(location) != values:
            return Obstacle("changed", location.name, location.code)
        return None

    def put_back(self, *, by: Person, at: datetime) -> None:
        told = []
        areas = {area.id: area for area in self.session.scalars(self._areas_before())}
        for id, values in self.changed.items():
            location, before = self.locations[id], values["before"]
            area_id = UUID(before["area_id"]) if before["area_id"] else None
            back = before | {
                "kind": LocationKind(before["kind"]),
                "area": areas[area_id] if area_id else None,
            }
            del back["area_id"]
            told.append((location, {name: getattr(location, name) for name in back}, back))
            for name, value in back.items():
                setattr(location, name, value)
        record_changes_of_each(self.session, "location.changed", told, by=by, at=at)

    def _areas_before(self) -> Select[Area]:
        clients = select(Location.client_id).where(Location.id.in_([*self.changed][:1]))
        return select(Area).where(Area.client_id.in_(clients))

    def remove(self, *, by: Person, at: datetime) -> None:
        gone = [self.locations[id] for id in self.added]
        told = [(location, {"code": location.code, "name": location.name}) for location in gone]
        audit.record_all(self.session, "location.removed", told, by=by, at=at)
        self._delete(Location, [*self.added])
        areas = [self.areas[id] for id in self.made]
        audit.record_all(
            self.session, "area.removed", [(area, {"name": area.name}) for area in areas], by=by, at=at
        )
        self.session.flush()
        for area in reversed(areas):  # each after those that lie in it
            self.session.delete(area)
            self.session.flush()

    def _delete(self, model: type[Identified], ids: list[UUID]) -> None:
        for first in range(0, len(ids), AT_ONCE):
            self.session.execute(delete(model).where(model.id.in_(ids[first : first + AT_ONCE])))
