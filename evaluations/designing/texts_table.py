"""The texts of a checklist as a table for who translates them elsewhere, and the table read back, row by row."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evaluations.designing.texts import LONGEST, Text, Written, texts
from evaluations.designing.xlsform.findings import Finding
from evaluations.designing.xlsform.opening import as_read, open_workbook
from evaluations.document.tree import Document, Language
from evaluations.errors import Invalid, TooLarge
from evaluations.tables.opening import open_table
from evaluations.tables.table import LONGEST_CELL, MEBIBYTE, MOST_BYTES

KEY, PLACE = "key", "place"
WIDTHS = (34, 34, 60, 60)
Record = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Change:
    """One text that the table puts otherwise, with the row that says so."""

    row: int
    text: Text
    written: Written
    is_stale: bool
    """Whether the original has changed since the table was written."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a table would change, or the faults for which it is refused."""

    changes: tuple[Change, ...] = ()
    faults: tuple[Finding, ...] = ()
    blank: int = 0
    """How many rows have no translation; the text of those stays."""


def written(
    document: Document, original: Language, translation: Language, *, place_of: Callable[[Text], str]
) -> bytes:
    """A workbook with a row per text: its key, its place in words, the original and the translation."""
    import xlsxwriter  # for who downloads

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        page = book.add_worksheet("texts")
        head = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        page.freeze_panes(1, 0)
        rows = [(KEY, PLACE, original, translation), *_rows(document, original, translation, place_of)]
        for column, width in enumerate(WIDTHS):
            page.set_column(column, column, width)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                page.write_string(number, column, text, wrapped if number else head)
    return file.getvalue()


def _rows(
    document: Document, original: Language, translation: Language, place_of: Callable[[Text], str]
) -> Iterator[tuple[str, str, str, str]]:
    for text in texts(document):
        said = (text.wording.get(original, ""), text.wording.get(translation, ""))
        yield text.name, place_of(text), *said


def read(body: bytes, document: Document, original: Language, translation: Language) -> Read:
    """What the table in `body` would change of the texts in one language; every fault with its row."""
    (_first, header), *records = _records(body)
    places = {name.strip().casefold(): column for column, name in enumerate(header)}
    missing = [name for name in (KEY, translation) if name not in places]
    if missing:
        return Read(faults=tuple(Finding("column_missing", column=name) for name in missing))
    known = {text.name: text for text in texts(document)}
    seen: dict[str, int] = {}
    changes, faults, blank = [], [], 0
    for number, cells in records:
        name, said, before = (_cell(cells, places.get(column)) for column in (KEY, translation, original))
        if not name and not said:
            continue
        if fault := _fault(name, said, number, known, seen):
            faults.append(fault)
            continue
        seen[name] = number
        text = known[name]
        base = text.wording.get(translation, "")
        if not said:
            blank += 1
        elif _flat(said) != _flat(base):
            is_stale = original in places and _flat(before) != _flat(text.wording.get(original, ""))
            changes.append(Change(number, text, Written(name, base, said), is_stale))
    return Read(tuple(changes), tuple(faults), blank)


def _fault(name: str, said: str, number: int, known: dict[str, Text], seen: dict[str, int]) -> Finding | None:
    if name not in known:
        return Finding("text_unknown", row=number, column=KEY, values={"key": name[:80]})
    if name in seen:
        return Finding("text_twice", row=number, column=KEY, values={"key": name, "first": seen[name]})
    if len(said) > LONGEST:
        return Finding("text_too_long", row=number, values={"longest": LONGEST})
    return None


def _records(body: bytes) -> list[Record]:
    """The heading and the rows, each with its number; a text file's cells are cut, which is refused where it shows."""
    if len(body) > MOST_BYTES:
        raise TooLarge("file_too_large", limit=MOST_BYTES // MEBIBYTE)
    if body.startswith(b"PK"):
        sheets = [sheet.records for sheet in open_workbook(body) if sheet.records]
        records = [
            (number, [as_read(cell) for cell in cells]) for number, cells in (sheets[0] if sheets else ())
        ]
        filled = [record for record in records if any(record[1])]
        if not filled:
            raise Invalid("file_empty")
        return list(filled)
    table = open_table(body)
    rows = [(row.number, row.cells) for row in table.rows]
    for number, cells in rows:
        if any(len(cell) > LONGEST_CELL for cell in cells):
            raise Invalid("text_cut_off", row=number, limit=LONGEST_CELL)
    return [(1, table.header), *rows]


def _cell(cells: Sequence[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _flat(text: str) -> str:
    """A text without its line breaks, which some tables cannot hold."""
    return " ".join(text.split())
