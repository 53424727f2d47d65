"""Workbooks (XLSX): looked over from outside first, so that the library meets nothing that it would choke on."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from xml.parsers import expat

from evaluations.errors import Invalid, TooLarge, Unsupported
from evaluations.tables.table import MEBIBYTE, MOST_COLUMNS, MOST_ROWS, Table, gather

MOST_ENTRIES = 1_000
MOST_INFLATED = 80 * MEBIBYTE
LAST_ROW = 20_000
"""A filled cell further down is taken for a slip; a table may have empty rows in it."""
CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
PIECE = 65_536
ERROR = "#ERROR!"
Attributes = dict[str, str]
Record = tuple[int, list[str]]
"""A row by its number in the sheet, with the texts of its cells."""


def read_workbook(body: bytes) -> Table:
    """The table on the first sheet that is shown."""
    with _damage_is_refused(), zipfile.ZipFile(io.BytesIO(body)) as archive:
        _look_over(archive)
        sheet = next((sheet for sheet in _sheets(archive) if sheet.is_shown), None)
        if sheet is None:
            raise Invalid("sheet_damaged")
        faults = _Extent().of(archive, sheet.path)  # says of a sheet with too many rows what is wrong with it
        _refuse_swollen(archive)
    [records] = _records(body, {sheet.place: faults})
    return gather(f"XLSX · {sheet.name}", records)


def read_sheets(body: bytes, names: Collection[str]) -> list[tuple[str, list[Record] | None]]:
    """Every sheet by its name, in order, with its records where it is called like one of `names`.

    Capitals and spaces around a name do not matter, nor whether the sheet is shown. Where no sheet is called so,
    the first that is shown is read. Cells are texts as they would be typed.
    """
    with _damage_is_refused(), zipfile.ZipFile(io.BytesIO(body)) as archive:
        _look_over(archive)
        sheets = list(_sheets(archive))
        wanted = [sheet for sheet in sheets if sheet.name.strip().casefold() in names]
        wanted = wanted or [sheet for sheet in sheets if sheet.is_shown][:1]
        faults = {sheet.place: _Extent().of(archive, sheet.path) for sheet in wanted}
        _refuse_swollen(archive)
    read = dict(zip(faults, _records(body, faults), strict=True))
    return [(sheet.name, list(read[sheet.place]) if sheet.place in read else None) for sheet in sheets]


def _refuse_swollen(archive: zipfile.ZipFile) -> None:
    if sum(entry.file_size for entry in archive.infolist()) > MOST_INFLATED:
        raise TooLarge("workbook_too_large", limit=MOST_INFLATED // MEBIBYTE)


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


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as the workbook names it: its place among them, and where its cells are."""

    place: int
    name: str
    path: str
    is_shown: bool


def _sheets(archive: zipfile.ZipFile) -> Iterator[_Sheet]:
    """The sheets of the workbook, in its order."""
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
        own = next((value for name, value in sheet.items() if name.endswith(":id")), "")
        path = posixpath.normpath(posixpath.join("xl", targets[own])).lstrip("/")
        yield _Sheet(place, sheet.get("name", ""), path, sheet.get("state", "visible") == "visible")


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


def _records(body: bytes, faults: Mapping[int, set[tuple[int, int]]]) -> Iterator[Iterator[Record]]:
    """The records of the sheets at these places; `faults` are their cells that show an error."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(body))
        for place, wrong in faults.items():
            rows = workbook.get_sheet_by_index(place).to_python(skip_empty_area=False)
            yield _numbered(rows, wrong)
    except (CalamineError, OSError, ValueError) as error:
        raise Invalid("sheet_damaged") from error


def _numbered(rows: Iterable[Iterable[Any]], wrong: set[tuple[int, int]]) -> Iterator[Record]:
    for number, row in enumerate(rows, start=1):
        cells = [_text(value) for value in row]
        if wrong:
            cells = [
                ERROR if (number, column) in wrong else cell for column, cell in enumerate(cells, start=1)
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
