"""Files of locations as people and attackers make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"


def csv_of(*lines: str, encoding: str = "utf-8") -> bytes:
    """Lines as a text file."""
    return "".join(f"{line}\r\n" for line in lines).encode(encoding)


def xlsx_of(
    *rows: Iterable[Any], write: Callable[[Any, Any], None] | None = None, name: str = "Places"
) -> bytes:
    """Rows as a workbook with a sheet of this name; `write` adds what else is to be on it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
        if write:
            write(book, sheet)
    return file.getvalue()


def with_entries(body: bytes, entries: Mapping[str, bytes | None]) -> bytes:
    """A workbook with other entries in place of its own; None takes one out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in entries:
                new.writestr(name, old.read(name))
        for name, content in entries.items():
            if content is not None:
                new.writestr(name, content)
    return file.getvalue()


def with_sheet(rows: str, before: str = "") -> bytes:
    """A workbook whose sheet holds this XML."""
    start = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{before}{start}{rows}</sheetData></worksheet>'
    return with_entries(xlsx_of(["code", "name"]), {SHEET: xml.encode()})


def cell(place: str, text: str) -> str:
    """The XML of a cell with a text of its own."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def a_row(number: int, *texts: str) -> str:
    """The XML of a row of up to 26 cells."""
    cells = "".join(cell(f"{chr(65 + column)}{number}", text) for column, text in enumerate(texts))
    return f'<row r="{number}">{cells}</row>'
