"""Tables written to a file row by row: the sheets of a workbook, or text files with commas in a ZIP file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol
from zipfile import ZIP_DEFLATED, ZipFile

from evaluations.fieldwork.importing.columns import guarded
from evaluations.fieldwork.importing.writing import MARK
from shopper.exporting.tables import Cell, Row, Table

LONGEST_CELL = 32_767
"""More characters than these no cell of a workbook takes."""
LONGEST_SHEET_NAME = 31
WIDTHS = (16, 10, 28, 12, 9)
OTHER_WIDTH = 18


class Sheet(Protocol):
    """Something that takes rows, one after the other."""

    def add(self, row: Row) -> None:
        """Write the next row."""


class Page:
    """A sheet of a workbook; a text is a text whatever it begins with, and a number is a number."""

    def __init__(self, book: Any, table: Table) -> None:
        self._page = book.add_worksheet(table.name[:LONGEST_SHEET_NAME])
        self._formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            time: book.add_format({"num_format": "hh:mm"}),
        }
        heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for column in range(len(table.headings)):
            width = WIDTHS[column] if column < len(WIDTHS) else OTHER_WIDTH
            self._page.set_column(column, column, width)
        self._page.freeze_panes(1, 3)
        for column, text in enumerate(table.headings):
            self._page.write_string(0, column, text[:LONGEST_CELL], heading)
        self._next = 1

    def add(self, row: Row) -> None:
        """Write the next row."""
        for column, cell in enumerate(row):
            self._write(column, cell)
        self._next += 1

    def _write(self, column: int, cell: Cell) -> None:
        if isinstance(cell, (int, Decimal)):
            self._page.write_number(self._next, column, cell)
        elif isinstance(cell, (date, time)):
            self._page.write_datetime(self._next, column, cell, self._formats[type(cell)])
        elif cell:
            self._page.write_string(self._next, column, cell[:LONGEST_CELL])


class TextFile:
    """The same as text with commas; what would begin a formula has a quotation mark before it."""

    def __init__(self, file: Any, table: Table) -> None:
        file.write(MARK)
        self._writer = csv.writer(file)
        self._writer.writerow([guarded(text) for text in table.headings])

    def add(self, row: Row) -> None:
        """Write the next row."""
        self._writer.writerow([guarded(cell) if isinstance(cell, str) else _plain(cell) for cell in row])


def _plain(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return "" if cell is None else str(cell)


@contextmanager
def workbook(file: Path, tables: Sequence[Table]) -> Iterator[list[Sheet]]:
    """A sheet for each table; no more than a row of each is held in memory."""
    import xlsxwriter  # for who takes it away

    options = {"constant_memory": True, "tmpdir": str(file.parent), "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(str(file), options) as book:
        yield [Page(book, table) for table in tables]


@contextmanager
def text_files(file: Path, tables: Sequence[Table]) -> Iterator[list[Sheet]]:
    """A text file for each table, in one ZIP file."""
    with TemporaryDirectory(dir=file.parent, prefix=f"{file.name}-") as folder:
        paths = [Path(folder) / f"{table.name}.csv" for table in tables]
        with ExitStack() as opened:
            files = [opened.enter_context(path.open("w", encoding="utf-8", newline="")) for path in paths]
            yield [TextFile(one, table) for one, table in zip(files, tables, strict=True)]
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for path in paths:
                archive.write(path, path.name)
