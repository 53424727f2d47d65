"""Opening a workbook in a process of its own, which a hostile file may hang, swell or end.

Run as a program, this module is the child.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from evaluations.confined import Answer, serve
from evaluations.errors import Invalid, TooLarge, Unsupported
from evaluations.tables.opening import OLD_WORKBOOK, read_apart
from evaluations.tables.workbooks import Record

MOST_SIGNS = 5_000_000
LONGEST_CELL = 32_767
"""As many characters as a cell of a workbook can hold."""
REFUSED_SHEETS = frozenset({"entities", "external_choices", "osm"})
READ_SHEETS = frozenset({"survey", "choices", "settings"}) | REFUSED_SHEETS
UNSEEN = re.compile(r"[^\S\n ]+")


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """A sheet by its name as written; `records` is None where nobody asked for it."""

    name: str
    records: list[Record] | None


def open_workbook(body: bytes) -> list[OpenedSheet]:
    """The sheets of the workbook `body`; refused in words that help where it is none."""
    sheets = json.loads(read_apart("evaluations.designing.xlsform.opening", body))
    return [OpenedSheet(name, records) for name, records in sheets]


def as_read(cell: str) -> str:
    """The text of a cell as it is kept: without signs that nobody sees; the lines of a longer text stay."""
    if not cell.isprintable():
        cell = UNSEEN.sub(" ", cell.replace("\r\n", "\n").replace("\r", "\n"))
        cell = "".join(sign for sign in cell if sign.isprintable() or sign == "\n")
    return cell.strip()


def _opened(frames: list[bytes]) -> Answer:
    [body] = frames
    sheets = [(name, records and list(_within(records))) for name, records in _read(body)]
    if sum(len(cell) for _, records in sheets for _, cells in records or () for cell in cells) > MOST_SIGNS:
        raise TooLarge("sheet_too_much_text", limit=MOST_SIGNS)
    return {}, [json.dumps(sheets, ensure_ascii=False).encode("utf-8", "replace")]


def _within(records: list[Record]) -> list[Record]:
    read = [(number, [as_read(cell[:LONGEST_CELL]) for cell in cells]) for number, cells in records]
    return [(number, cells) for number, cells in read if any(cells)]


def _read(body: bytes) -> list[tuple[str, list[Record] | None]]:
    from evaluations.tables.workbooks import read_sheets

    if not body.strip():
        raise Invalid("file_empty")
    if body.startswith(OLD_WORKBOOK):
        raise Unsupported("workbook_old")
    if not body.startswith(b"PK"):
        raise Unsupported("file_no_workbook")
    return read_sheets(body, READ_SHEETS)


if __name__ == "__main__":
    serve(_opened)
