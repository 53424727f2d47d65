"""Workbooks (XLSX): looked over from outside first, so that the library meets nothing that it would choke on."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any
from xml.parsers import expat

from evaluations.errors import Invalid, TooLarge, Unsupported
from evaluations.fieldwork.importing.table import MEBIBYTE, MOST_COLUMNS, MOST_ROWS, Table, gather

MOST_ENTRIES = 1_000
MOST_INFLATED = 80 * MEBIBYTE
LAST_ROW = 20_000
"""A filled cell further down is taken for a slip; a table may have empty rows in it."""
CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
PIECE = 65_536
ERROR = "#ERROR!"
Attributes = dict[str, str]


def read_workbook(body: bytes) -> Table:
    """The table on the first sheet that is shown."""
    with _damage_is_refused(), zipfile.ZipFile(io.BytesIO(body)) as archive:
        _look_over(archive)
        place, name, path = _first_sheet(archive)
        faults = _Extent().of(archive, path)  # says of a sheet with too many rows what is wrong with it
        if sum(entry.file_size for entry in archive.infolist()) > MOST_INFLATED:
            raise TooLarge("workbook_too_large", limit=MOST_INFLATED // MEBIBYTE)
    return gather(f"XLSX · {name}", _records(body, place, faults))


@contextmanager
def _damage_is_refused() -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile,
        expat.ExpatError,
        KeyError,
        EOFError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise Invalid("sheet_damaged") from error
    except (RuntimeError, zlib.error, OSError) as error:  # a password, a broken stream
        raise Invalid("sheet_damaged") from error


def _look_over(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unsupported("workbook_macros")
    if "xl/workbook.xml" not in names:
        raise Unsupported("file_unknown_type")
    if len(entries) > MOST_ENTRIES:
        raise TooLarge("workbook_too_large", limit=MOST_INFLATED // MEBIBYTE)
    with archive.open("[Content_Types].xml") as stream:
        types = stream.read(MEBIBYTE)
    if b"macroEnabled" in types:
        raise Unsupported("workbook_macros")


def _walk(archive: zipfile.ZipFile, path: str, started: Callable[[str, Attributes], None]) -> None:
    """Tell `started` of each element; a document type, in which entities would swell, is refused."""

    def refuse(*_rest: Any) -> None:
        raise Invalid("sheet_damaged")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = started
    size = 0
    with archive.open(path) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > MOST_INFLATED:
                raise TooLarge("workbook_too_large", limit=MOST_INFLATED // MEBIBYTE)
            parser.Parse(piece)
        parser.Parse(b"", True)


def _first_sheet(archive: zipfile.ZipFile) -> tuple[int, str, str]:
    """The place, the name and the path of the first sheet that is not hidden."""
    sheets: list[Attributes] = []
    targets: dict[str, str] = {}

    def note(element: str, attributes: Attributes) -> None:
        if element.rpartition(":")[2] == "sheet":
            sheets.append(attributes)
        elif element.rpartition(":")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _walk(archive, "xl/workbook.xml", note)
    _walk(archive, "xl/_rels/workbook.xml.rels", note)
    for place, sheet in enumerate(sheets):
        if sheet.get("state", "visible") == "visible":
            own = next((value for name, value in sheet.items() if name.endswith(":id")), "")
            return (
                place,
                sheet.get("name", ""),
                posixpath.normpath(posixpath.join("xl", targets[own])).lstrip("/"),
            )
    raise Invalid("sheet_damaged")


class _Extent:
    """How far the filled cells of a sheet reach; walks its XML without keeping any of it."""

    def __init__(self) -> None:
        self.row = self.column = self.filled_rows = self.last_filled = 0
        self.is_error = False
        self.faults: set[tuple[int, int]] = set()

    def of(self, archive: zipfile.ZipFile, path: str) -> set[tuple[int, int]]:
        """The row and column of each cell that shows an error; refused where cells lie too far out."""
        _walk(archive, path, self._started)
        return self.faults

    def _started(self, element: str, attributes: Attributes) -> None:
        element = element.rpartition(":")[2]
        if element == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif element == "c":
            self._place(attributes.get("r"))
            self.is_error = attributes.get("t") == "e"
        elif element in {"v", "is"}:
            self._filled()

    def _place(self, named: str | None) -> None:
        self.column += 1
        if named is not None:
            found = CELL.fullmatch(named)
            if not found:
                raise Invalid("sheet_damaged")
            self.row, self.column = int(found[2]), _column_number(found[1])

    def _filled(self) -> None:
        if self.row != self.last_filled:
            self.last_filled = self.row
            self.filled_rows += 1
        if self.filled_rows > MOST_ROWS + 1:
            raise TooLarge("sheet_too_many_rows", limit=MOST_ROWS)
        if self.row > LAST_ROW or self.column > 2 * MOST_COLUMNS:
            raise Invalid("sheet_stray_cell", cell=f"{_letters(self.column)}{self.row}")
        if self.is_error:
            self.faults.add((self.row, self.column))


def _records(body: bytes, place: int, faults: set[tuple[int, int]]) -> Iterator[tuple[int, list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(place)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise Invalid("sheet_damaged") from error
    for number, row in enumerate(rows, start=1):
        cells = [_text(value) for value in row]
        if faults:
            cells = [
                ERROR if (number, column) in faults else cell for column, cell in enumerate(cells, start=1)
            ]
        yield number, cells


def _text(value: Any) -> str:
    """A cell as it would be typed: whole numbers without a point, times of day without seconds."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
