"""The sheet `survey`, from rows to touchpoints with the rows of their questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluations.designing.xlsform.cells import Cells
from evaluations.designing.xlsform.columns import IMAGE, Row, Sheet
from evaluations.designing.xlsform.findings import Findings
from evaluations.designing.xlsform.types import Sort, Typed, typed

REFUSED_COLUMNS = {
    **dict.fromkeys(("media::big-image", "media::audio", "media::video"), "media_not_kept"),
    "choice_filter": "choice_filter_not_kept",
    "trigger": "trigger_not_kept",
    "repeat_count": "repeat_not_kept",
}
LEFT_OUT_COLUMNS = {"required_message": "required_message_left_out", "default": "default_left_out"}


@dataclass(frozen=True, slots=True)
class Item:
    """A row that asks something, with the expressions of the groups that it lies in within its touchpoint."""

    cells: Cells
    typed: Typed
    relevant: tuple[Cells, ...]
    """The rows whose `relevant` holds for it, from the outermost group to itself."""


@dataclass
class Section:
    """What becomes a touchpoint: a group, or rows under one name."""

    cells: Cells | None
    name: str = ""
    items: list[Item] = field(default_factory=list)
    relevant: tuple[Cells, ...] = ()
    """The rows whose `relevant` holds for all of it: of the groups around it, and of its own."""
    show_if: Any = None
    """What these say together, once it is understood."""


@dataclass
class _Group:
    cells: Cells
    is_touchpoint: bool
    section: Section | None = None


def sections(sheet: Sheet, found: Findings) -> list[Section]:
    """The touchpoints of the survey in order, each with its rows."""
    return _Walk(sheet, found).whole()


class _Walk:
    """The survey gone through from top to bottom."""

    def __init__(self, sheet: Sheet, found: Findings) -> None:
        self._sheet = sheet
        self._found = found
        self._open: list[_Group] = []
        self._made: list[Section] = []
        self._loose: dict[str, Section] = {}

    def whole(self) -> list[Section]:
        rows = [row for row in self._sheet.rows if not self._is_disabled(row)]
        types = [typed(row.said("type")) for row in rows]
        for place, row in enumerate(rows):
            self._take(row, types[place], types[place + 1 :])
        for group in self._open:
            group.cells.fault("group_not_closed", "type", name=group.cells.said("name"))
        return [section for section in self._made if section.items or section.cells is not None]

    def _is_disabled(self, row: Row) -> bool:
        cells = Cells(self._sheet.name, row, self._found)
        if not row.said("disabled") or not cells.truth("disabled"):
            return False
        cells.note("row_disabled", "disabled")
        return True

    def _take(self, row: Row, kind: Typed, following: Sequence[Typed]) -> None:
        cells = Cells(self._sheet.name, row, self._found)
        said = row.said("type")
        if not said:
            cells.fault("type_missing", "type")
        elif kind.sort is Sort.BEGIN:
            self._begin(cells, following)
        elif kind.sort is Sort.END:
            self._end(cells)
        elif kind.sort is Sort.LEFT_OUT:
            cells.note("type_left_out", "type", type=said)
        elif kind.sort is Sort.REFUSED:
            cells.fault("type_not_kept", "type", type=said[:60])
        else:
            self._ask(cells, kind)

    def _begin(self, cells: Cells, following: Sequence[Typed]) -> None:
        """A group is a touchpoint, unless it lies in one, or holds nothing but groups."""
        self._refuse_columns(cells)
        if cells.wording(IMAGE):
            cells.fault("media_not_kept", IMAGE)
        inside = any(group.is_touchpoint for group in self._open)
        holds_groups_alone = _holds_groups_alone(following)
        group = _Group(cells, is_touchpoint=not inside and not holds_groups_alone)
        if group.is_touchpoint:
            group.section = Section(cells, relevant=_saying_when((*self._open, group)))
            self._made.append(group.section)
        elif inside and cells.wording("label"):
            cells.note("group_in_touchpoint", "label", label=next(iter(cells.wording("label").values()))[:80])
        elif not inside:
            cells.note(
                "group_of_groups",
                "type",
                label=next(iter(cells.wording("label").values()), cells.said("name"))[:80],
            )
        self._open.append(group)

    def _end(self, cells: Cells) -> None:
        if self._open:
            self._open.pop()
        else:
            cells.fault("group_not_begun", "type")

    def _ask(self, cells: Cells, kind: Typed) -> None:
        self._refuse_columns(cells)
        section = self._section(cells)
        homes = [place for place, group in enumerate(self._open) if group.section is section]
        within = self._open[homes[0] + 1 :] if homes else self._open
        own = (cells,) if cells.said("relevant") else ()
        section.items.append(Item(cells, kind, (*_saying_when(within), *own)))

    def _section(self, cells: Cells) -> Section:
        own = cells.said("touchpoint")
        inside = next((group.section for group in self._open if group.section is not None), None)
        if own:
            return self._named(own)
        if inside is not None:
            return inside
        last = self._made[-1] if self._made else None
        if last is not None and last.cells is None:
            return last
        loose = Section(None)
        self._made.append(loose)
        return loose

    def _named(self, name: str) -> Section:
        if name not in self._loose:
            self._loose[name] = Section(None, name)
            self._made.append(self._loose[name])
        return self._loose[name]

    def _refuse_columns(self, cells: Cells) -> None:
        for column, code in REFUSED_COLUMNS.items():
            if cells.said(column):
                cells.fault(code, column)
        for column, code in LEFT_OUT_COLUMNS.items():
            if cells.said(column) or cells.wording(column):
                cells.note(code, column)
        if cells.said("read_only") and cells.truth("read_only"):
            cells.fault("read_only_not_kept", "read_only")
        if cells.said("calculation"):
            cells.fault("calculation_not_kept", "calculation")


def _saying_when(groups: Sequence[_Group]) -> tuple[Cells, ...]:
    return tuple(group.cells for group in groups if group.cells.said("relevant"))


def _holds_groups_alone(following: Sequence[Typed]) -> bool:
    """Whether the group that begins before these rows holds groups, and nothing directly."""
    depth, has_groups = 0, False
    for kind in following:
        if kind.sort is Sort.BEGIN:
            depth += 1
            has_groups = True
        elif kind.sort is Sort.END:
            if depth == 0:
                break
            depth -= 1
        elif depth == 0 and kind.sort is not Sort.LEFT_OUT:
            return False
    return has_groups
