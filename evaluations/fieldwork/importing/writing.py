"""Locations as files that import again unchanged: CSV and XLSX, with nothing in them that a program would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from evaluations.fieldwork.importing.columns import FIELDS, guarded, written
from evaluations.fieldwork.importing.known import Known, Values

NUMBERS = frozenset({"latitude", "longitude"})
WIDTHS = {"name": 28, "area": 24, "address": 32, "contact": 28, "time_zone": 20, "city": 18}
MARK = "\ufeff"
"""Without it spreadsheet programs take UTF-8 for something older."""


def rows_of(known: Known) -> list[Values]:
    """All locations, in the order of their codes."""
    return [known.values(location) for location in known.locations.values()]


def as_csv(rows: Iterable[Values], headings: Mapping[str, str], words: Mapping[Any, str]) -> bytes:
    """The rows as CSV; a text that would begin a formula has a quotation mark before it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([headings[field] for field in FIELDS])
    for values in rows:
        texts = ((field, written(field, values[field], words)) for field in FIELDS)
        writer.writerow([text if field in NUMBERS else guarded(text) for field, text in texts])
    return (MARK + file.getvalue()).encode()


def as_xlsx(
    rows: Iterable[Values], headings: Mapping[str, str], words: Mapping[Any, str], *, sheet: str
) -> bytes:
    """The rows as a workbook; every text is written as text, never as a formula or a link."""
    import xlsxwriter  # for who downloads

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for column, field in enumerate(FIELDS):
            page.set_column(column, column, WIDTHS.get(field, 13), None if field in NUMBERS else text)
            page.write_string(0, column, headings[field], bold)
        for number, values in enumerate(rows, start=1):
            for column, field in enumerate(FIELDS):
                if field in NUMBERS and values[field] is not None:
                    page.write_number(number, column, values[field])
                elif said := written(field, values[field], words):
                    page.write_string(number, column, f"'{said}" if said.startswith("'") else said)
        page.freeze_panes(1, 2)
    return file.getvalue()
