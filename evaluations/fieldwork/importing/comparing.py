"""What a file would do: which rows are new, which change what, which change nothing, and which are bad and why."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from evaluations.errors import Invalid, Refusal
from evaluations.fieldwork import hours
from evaluations.fieldwork.entering import LONGEST_NAME
from evaluations.fieldwork.importing import columns
from evaluations.fieldwork.importing.known import Known, Path, Values
from evaluations.fieldwork.particulars import Particulars, checked
from evaluations.fieldwork.places import DEEPEST
from evaluations.fieldwork.zones import zone_at
from evaluations.models import LocationKind
from evaluations.tables.table import Row, Table

EMPTY: Values = {
    **dict.fromkeys(columns.FIELDS),
    **dict.fromkeys(("code", "name", "address", "city", "contact"), ""),
    "kind": LocationKind.STORE,
    "area": (),
    "active": True,
}
CENTIMETRE = 1e-7
"""In degrees."""
KEPT_WHERE_EMPTY = frozenset({"name", "kind", "time_zone", "active"})
"""An empty cell says nothing of these to a location that is there; others it empties."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be taken, at which of its columns if at one."""

    number: int
    field: str | None
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Addition:
    """A row that becomes a location; `is_zone_proposed` where the file names no time zone."""

    number: int
    values: Values
    is_zone_proposed: bool


@dataclass(frozen=True, slots=True)
class Alteration:
    """A row that changes a location: the fields that differ, before and after."""

    number: int
    location_id: UUID
    before: Values
    after: Values

    @property
    def fields(self) -> tuple[str, ...]:
        """What differs."""
        return tuple(name for name in columns.FIELDS if self.before[name] != self.after[name])


@dataclass(slots=True)
class Preview:
    """All that a file would do."""

    additions: list[Addition] = field(default_factory=list)
    alterations: list[Alteration] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    areas: list[Path] = field(default_factory=list)
    """The areas that are missing, each after the one that it lies in."""

    @property
    def is_good(self) -> bool:
        """Whether it can be applied and would do anything."""
        return not self.problems and bool(self.additions or self.alterations)

    @property
    def fingerprint(self) -> str:
        """The same for the same effect: whoever confirms a preview confirms this one."""
        told = [repr((one.number, one.refusal.code)) for one in self.problems]
        told += map(repr, (self.additions, self.alterations, self.unchanged, self.areas))
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def compare(table: Table, chosen: Mapping[str, int], known: Known) -> Preview:
    """What the rows of `table` would do to what is `known`, its columns giving the fields as `chosen`."""
    return _Comparison(table, chosen, known).made()


class _Comparison:
    def __init__(self, table: Table, chosen: Mapping[str, int], known: Known) -> None:
        self.table = table
        self.chosen = chosen
        self.known = known
        self.preview = Preview()
        self.row_of: dict[str, int] = {}
        """The row in which each folded code stands."""
        self.spelled: dict[Path, Path] = {}
        """New areas as their first row spells them."""
        zones = {location.time_zone for location in known.locations.values()}
        self.usual_zone = zones.pop() if len(zones) == 1 else None

    def made(self) -> Preview:
        for row in self.table.rows:
            said = self._said(row)
            if said is None:
                continue
            try:
                self._take(row.number, said)
            except Refusal as refusal:
                self._refuse(row.number, refusal)
        return self.preview

    def _refuse(self, number: int, refusal: Refusal) -> None:
        self.preview.problems.append(Problem(number, refusal.field, refusal))

    def _said(self, row: Row) -> Values | None:
        """What the row says; None where cells cannot be read, each of which is a problem of its own."""
        said: Values = {}
        is_read = True
        if len(row.cells) > len(self.table.header):
            self._refuse(
                row.number, Invalid("row_too_wide", cells=len(row.cells), columns=len(self.table.header))
            )
            return None
        for name, place in self.chosen.items():
            try:
                said[name] = columns.read(name, row.cells[place] if place < len(row.cells) else "")
            except Refusal as refusal:
                self._refuse(row.number, refusal)
                is_read = False
        return said if is_read else None

    def _take(self, number: int, said: Values) -> None:
        code = str(said["code"]).casefold()
        if not code:
            raise Invalid("needed", field="code")
        if code in self.row_of:
            raise Invalid("code_twice", field="code", row=self.row_of[code])
        self.row_of[code] = number
        if "area" in said:
            said["area"] = self._path(said["area"])
        there = self.known.locations.get(code)
        if there is None:
            self._add(number, said)
            return
        before = self.known.values(there)
        kept = {name for name in KEPT_WHERE_EMPTY if said.get(name) in (None, "")}
        kept |= {name for name in ("latitude", "longitude") if _is_near(said.get(name), before[name])}
        after = before | {name: value for name, value in said.items() if name not in kept}
        if after == before:
            self.preview.unchanged += 1
            return
        self._note_areas(after["area"])
        self.preview.alterations.append(Alteration(number, there.id, before, _kept(after)))

    def _add(self, number: int, said: Values) -> None:
        values = EMPTY | {name: value for name, value in said.items() if value is not None}
        is_proposed = values["time_zone"] is None
        if is_proposed:
            values["time_zone"] = self._zone(values)
        lacking = [
            *([] if values["name"] else [Invalid("needed", field="name")]),
            *([] if values["time_zone"] else [Invalid("zone_missing", field="time_zone")]),
        ]
        for refusal in lacking:
            self._refuse(number, refusal)
        if lacking:
            return
        values = _kept(values)
        self._note_areas(values["area"])
        self.preview.additions.append(Addition(number, values, is_proposed))

    def _zone(self, values: Values) -> str | None:
        """The zone of the coordinates, else that of all other locations, else none."""
        latitude, longitude = values["latitude"], values["longitude"]
        zone = None
        if latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180:
            zone = zone_at(latitude, longitude)
        return zone or self.usual_zone

    def _path(self, wanted: Path) -> Path:
        if len(wanted) > DEEPEST:
            raise Invalid("area_too_deep", field="area", deepest=DEEPEST)
        if any(len(name) > LONGEST_NAME for name in wanted):
            raise Invalid("text_too_long", field="area", longest=LONGEST_NAME)
        path = self.known.path(wanted)
        for length in range(1, len(path) + 1):
            fold = tuple(name.casefold() for name in path[:length])
            if path[:length] not in self.known.areas:
                path = self.spelled.setdefault(fold, path[:length]) + path[length:]
        return path

    def _note_areas(self, path: Path) -> None:
        for length in range(1, len(path) + 1):
            if path[:length] not in self.known.areas and path[:length] not in self.preview.areas:
                self.preview.areas.append(path[:length])


def _is_near(one: float | None, other: float | None) -> bool:
    """Whether two degrees name the same place: workbooks keep 16 digits of a number, not 17."""
    return one is not None and other is not None and abs(one - other) < CENTIMETRE


def _kept(values: Values) -> Values:
    """`values` as they will be kept, or the refusal of the first that cannot be."""
    kept = checked(particulars(values, area=None))
    plain: dict[str, Any] = {name: kept[name] for name in kept if name not in {"area", "hours"}}
    return values | plain


def particulars(values: Values, *, area: Any) -> Particulars:
    """`values` as the particulars of a location in `area`."""
    plain = ("code", "name", "kind", "address", "city", "contact", "time_zone", "latitude", "longitude")
    week = {day: values[day] for day in hours.DAYS if values[day] is not None}
    return Particulars(**{name: values[name] for name in plain}, area=area, hours=hours.write(week))
