"""An import from its file to its end: begun, its columns chosen, looked at, applied as a whole or forgotten."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Conflict, Invalid
from evaluations.fieldwork.entering import record_changes_of_each
from evaluations.fieldwork.importing import columns, comparing
from evaluations.fieldwork.importing.comparing import Preview
from evaluations.fieldwork.importing.known import Path, known
from evaluations.fieldwork.particulars import checked
from evaluations.models import Area, Client, Import, ImportState, Location, Person, new_id
from evaluations.tables.table import Table

LASTS = timedelta(days=1)
"""How long a file waits for somebody's word before it is forgotten."""
PLAIN = (
    *("code", "name", "kind", "area_id", "address", "city", "contact"),
    *("time_zone", "latitude", "longitude", "hours", "is_active"),
)
"""The columns of a location that an import may set."""


def begin(
    session: Session,
    client: Client,
    table: Table,
    *,
    file_name: str,
    instead_of: Import | None = None,
    by: Person,
    at: datetime,
) -> Import:
    """An import of `table` with its columns guessed; or chosen as before, where the heading is the same."""
    session.execute(
        delete(Import).where(Import.state == ImportState.OPEN, Import.expires_at <= at)
    )  # nobody came back
    chosen = columns.guessed(table.header)
    if instead_of is not None and instead_of.state is ImportState.OPEN:
        if Table.from_json(instead_of.content).header == table.header:
            chosen = json.loads(instead_of.columns)
        session.delete(instead_of)
    imported = Import(
        client_id=client.id,
        person_id=by.id,
        file_name=file_name[-200:],
        started_at=at,
        expires_at=at + LASTS,
        content=table.to_json(),
        columns=json.dumps(chosen),
    )
    session.add(imported)
    session.flush()
    return imported


def chosen_columns(imported: Import) -> dict[str, int]:
    """Which column of the file gives which field."""
    read: dict[str, int] = json.loads(imported.columns)
    return read


def choose(imported: Import, chosen: Mapping[str, int]) -> None:
    """Let the columns of the file give the fields as `chosen`; the code tells which location a row is."""
    _refuse_unless_open(imported)
    width = len(Table.from_json(imported.content).header)
    if not chosen.keys() <= set(columns.FIELDS) or not all(0 <= place < width for place in chosen.values()):
        raise Invalid("columns_unknown")
    if "code" not in chosen:
        raise Invalid("code_column_missing")
    imported.columns = json.dumps(dict(chosen))


def preview(session: Session, imported: Import) -> Preview:
    """What applying `imported` would do now."""
    chosen = chosen_columns(imported)
    if "code" not in chosen:
        raise Invalid("code_column_missing")
    return comparing.compare(Table.from_json(imported.content), chosen, known(session, imported.client))


def apply(session: Session, imported: Import, *, fingerprint: str, by: Person, at: datetime) -> Preview:
    """Do all that the preview with this fingerprint says; refused when it would say something else now."""
    lock(session, imported)
    _refuse_unless_open(imported)
    seen = preview(session, imported)
    if seen.problems:
        raise Conflict("import_has_problems", count=len({one.number for one in seen.problems}))
    if seen.fingerprint != fingerprint:
        raise Conflict("import_overtaken")
    areas = _add_areas(session, imported, seen, by=by, at=at)
    added = _add(session, imported, seen, areas, by=by, at=at)
    changed = _change(session, seen, areas, by=by, at=at)
    made = {str(areas[path].id): place_of(areas[path]) for path in seen.areas}
    imported.done = json.dumps({"areas": made, "added": added, "changed": changed})
    imported.state, imported.applied_at, imported.content = ImportState.APPLIED, at, ""
    audit.record(
        session,
        "import.applied",
        imported,
        by=by,
        at=at,
        file=imported.file_name,
        added=len(added),
        changed=len(changed),
        unchanged=seen.unchanged,
        areas=len(seen.areas),
    )
    return seen


def forget(session: Session, imported: Import) -> None:
    """Throw away an import that was not applied."""
    _refuse_unless_open(imported)
    session.delete(imported)


def lock(session: Session, imported: Import) -> None:
    """Let nobody else change this client's places, nor this import, until the transaction ends."""
    session.execute(select(Client.id).where(Client.id == imported.client_id).with_for_update())
    session.refresh(imported)


def columns_of(location: Location) -> dict[str, Any]:
    """The location's values as JSON can hold them."""
    values = {name: getattr(location, name) for name in PLAIN}
    return values | {
        "kind": location.kind.value,
        "area_id": str(location.area_id) if location.area_id else None,
    }


def place_of(area: Area) -> list[str | None]:
    """The name of `area`, and the id of the one that it lies in."""
    return [area.name, str(area.parent_id) if area.parent_id else None]


def _refuse_unless_open(imported: Import) -> None:
    if imported.state is not ImportState.OPEN:
        raise Conflict("import_closed")


def _add_areas(
    session: Session, imported: Import, seen: Preview, *, by: Person, at: datetime
) -> dict[Path, Area]:
    areas = dict(known(session, imported.client).areas)
    for path in seen.areas:
        parent = areas.get(path[:-1])
        areas[path] = Area(id=new_id(), client_id=imported.client_id, name=path[-1], parent=parent)
        session.add(areas[path])
    told = [
        (areas[path], {"name": path[-1], "parent": path[-2] if path[1:] else None}) for path in seen.areas
    ]
    audit.record_all(session, "area.added", told, by=by, at=at)
    return areas


def _add(
    session: Session, imported: Import, seen: Preview, areas: Mapping[Path, Area], *, by: Person, at: datetime
) -> dict[str, dict[str, Any]]:
    added = []
    for one in seen.additions:
        values = checked(comparing.particulars(one.values, area=areas.get(one.values["area"])))
        is_active = one.values["active"]
        added.append(
            Location(id=new_id(), client_id=imported.client_id, created_at=at, is_active=is_active, **values)
        )
    session.add_all(added)
    told = [(location, {"code": location.code, "name": location.name}) for location in added]
    audit.record_all(session, "location.added", told, by=by, at=at)
    return {str(location.id): columns_of(location) for location in added}


def _change(
    session: Session, seen: Preview, areas: Mapping[Path, Area], *, by: Person, at: datetime
) -> dict[str, dict[str, Any]]:
    done, told = {}, []
    ids = [one.location_id for one in seen.alterations]
    there: dict[Any, Location] = {}
    for first in range(0, len(ids), 500):
        found = session.scalars(select(Location).where(Location.id.in_(ids[first : first + 500])))
        there |= {location.id: location for location in found}
    for one in seen.alterations:
        location = there[one.location_id]
        before = columns_of(location)
        values = checked(comparing.particulars(one.after, area=areas.get(one.after["area"])))
        values["is_active"] = one.after["active"]
        told.append((location, {name: getattr(location, name) for name in values}, values))
        for name, value in values.items():
            setattr(location, name, value)
        done[location.id] = (location, before)
    record_changes_of_each(session, "location.changed", told, by=by, at=at)  # flushes, so that ids are there
    return {
        str(id): {"before": before, "after": columns_of(location)} for id, (location, before) in done.items()
    }


def counts(imported: Import) -> dict[str, int]:
    """How many areas and locations it added, and how many locations it changed."""
    return {name: len(things) for name, things in json.loads(imported.done).items()}
