"""Workbooks as people write them, from rows, without a file between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evaluations.designing.xlsform.opening import OpenedSheet
from evaluations.designing.xlsform.reading import Reading, read
from evaluations.document.tree import AnyQuestion, Document

Rows = Sequence[Mapping[str, Any]]
YES_NO: Rows = (
    {"list_name": "yn", "name": "yes", "label": "Yes"},
    {"list_name": "yn", "name": "no", "label": "No"},
)
COLOURS: Rows = (
    {"list_name": "colours", "name": "red", "label": "Red", "points": 5},
    {"list_name": "colours", "name": "blue", "label": "Blue"},
)


def a_sheet(name: str, rows: Rows) -> OpenedSheet:
    """A sheet with a heading of every column that a row has, and an empty line between heading and rows."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    body = [[str(row.get(column, "")) for column in columns] for row in rows]
    return OpenedSheet(name, [(1, columns), *((number, cells) for number, cells in enumerate(body, start=3))])


def reading(*survey: Mapping[str, Any], choices: Rows = (*YES_NO, *COLOURS), **settings: Any) -> Reading:
    """What comes of a workbook with these rows; the first of the survey has the number 3."""
    sheets = [a_sheet("survey", survey), a_sheet("choices", choices)]
    if settings:
        sheets.append(a_sheet("settings", [settings]))
    return read(sheets, title="A file")


def checklist(*survey: Mapping[str, Any], **more: Any) -> Document:
    """The checklist that comes of it, with nothing to find fault with."""
    found = reading(*survey, **more)
    assert found.faults == ()
    assert found.document is not None
    return found.document


def question(**row: Any) -> AnyQuestion:
    """The one question that a row asks."""
    [found] = checklist({"name": "one", "label": "One?", **row}).questions()
    return found


def faults(*survey: Mapping[str, Any], **more: Any) -> list[tuple[str, int | None, str]]:
    """What is wrong with a workbook: code, row and column."""
    found = reading(*survey, **more)
    assert found.document is None
    return [(one.code, one.row, one.column) for one in found.faults]


def notes(*survey: Mapping[str, Any], **more: Any) -> list[tuple[str, int | None]]:
    """What of a workbook is left out: code and row."""
    return [(one.code, one.row) for one in reading(*survey, **more).notes]
