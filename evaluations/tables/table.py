"""What a file of locations holds: a heading and rows of texts, within limits, whatever it was written with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evaluations.errors import Invalid, TooLarge

BREAKS = re.compile(r"[^\S ]+")
MEBIBYTE = 1024 * 1024
MOST_BYTES = 10 * MEBIBYTE
MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_SIGNS = 5_000_000
LONGEST_CELL = 1_000
"""A cell is cut one sign after this; what is longer than its field takes is refused row by row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the number that it has in the file."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A heading and the rows below it; `source` says what they were read as, such as "CSV · UTF-8 · ;"."""

    source: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    def to_json(self) -> str:
        """The table as a text that keeps it."""
        rows = [[row.number, *row.cells] for row in self.rows]
        return json.dumps([self.source, self.header, rows], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Table:
        """The table that `text` keeps."""
        source, header, rows = json.loads(text)
        return cls(source, tuple(header), tuple(Row(number, tuple(cells)) for number, *cells in rows))


def gather(source: str, records: Iterable[tuple[int, Sequence[str]]]) -> Table:
    """The table of these numbered records, the first that says anything being the heading."""
    header: tuple[str, ...] | None = None
    rows: list[Row] = []
    signs = 0
    for number, record in records:
        cells = _trimmed(record)
        if not cells:
            continue
        if header is None:
            header = _within(cells)
            continue
        rows.append(Row(number, cells))
        signs += sum(map(len, cells))
        if len(rows) > MOST_ROWS:
            raise TooLarge("sheet_too_many_rows", limit=MOST_ROWS)
        if signs > MOST_SIGNS:
            raise TooLarge("sheet_too_much_text", limit=MOST_SIGNS)
    if header is None:
        raise Invalid("file_empty")
    if not rows:
        raise Invalid("sheet_no_rows")
    return Table(source, header, tuple(rows))


def _within(header: tuple[str, ...]) -> tuple[str, ...]:
    if len(header) > MOST_COLUMNS:
        raise TooLarge("sheet_too_many_columns", limit=MOST_COLUMNS)
    return header


def _trimmed(record: Sequence[str]) -> tuple[str, ...]:
    """The cells of a record without signs that nobody sees, and without the empty ones at its end."""
    cells = [_seen(cell[: LONGEST_CELL + 1]) for cell in record[: 2 * MOST_COLUMNS]]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _seen(cell: str) -> str:
    if not cell.isprintable():
        cell = BREAKS.sub(" ", cell)
        cell = "".join(sign for sign in cell if sign.isprintable())
    return cell.strip()
