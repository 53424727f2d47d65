"""Whatever file is sent, its table is read or it is refused in words that help, soon and in little memory."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import zipfile
from time import monotonic

import pytest

from evaluations.errors import Refusal
from evaluations.tables.opening import MEMORY_BYTES, open_table
from evaluations.tables.table import MEBIBYTE, MOST_BYTES, MOST_ROWS
from tests.evaluations.fieldwork.importing.files import (
    SHEET,
    a_row,
    cell,
    csv_of,
    with_entries,
    with_sheet,
    xlsx_of,
)

SLOW = "sheet_too_slow"
"""What is said on a busy machine of what takes seconds on an idle one."""
HEADING = a_row(1, "code", "name")
GOOD = xlsx_of(["code", "name"], ["S1", "León"])
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def zipped(**entries: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def a_million_rows() -> bytes:
    return with_sheet("".join(a_row(number, "S", "x") for number in range(1, 700_000)))


def many_empty_cells() -> bytes:
    return with_sheet(HEADING + '<row r="2">' + '<c r="A2" s="1"/>' * 4_000_000 + "</row>")


def swollen_strings() -> bytes:
    strings = b"<sst>" + b"<si><t>x</t></si>" * 4_500_000 + b"</sst>"
    return with_entries(GOOD, {"xl/sharedStrings.xml": strings})


HOSTILE = {
    "nothing": (lambda: b"", "file_empty"),
    "blanks": (lambda: b" \r\n\t ", "file_empty"),
    "a heading alone": (lambda: csv_of("code,name"), "sheet_no_rows"),
    "empty rows": (lambda: csv_of("code,name", ",", " , "), "sheet_no_rows"),
    "an empty sheet": (lambda: xlsx_of(), "file_empty"),
    "a PDF": (lambda: b"%PDF-1.7 ...", "file_unknown_type"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "file_unknown_type"),
    "a web page": (lambda: b"<html><table><tr><td>code</td></tr></table></html>", "file_unknown_type"),
    "an old workbook": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook_old"),
    "zeros": (lambda: b"code,name\nS1,a\0b\n" * 3, "file_unknown_type"),
    "noise": (lambda: b"code\n" + bytes(range(128, 256)) * 3, "file_unknown_type"),
    "half of a UTF-16 sign": (lambda: "code\nñ".encode("utf-16")[:-1], "file_unknown_type"),
    "two encodings": (
        lambda: csv_of("code,name", "S1,León") + "S2,Logroño\r\n".encode("cp1252"),
        "file_mixed_encodings",
    ),
    "an open quotation mark": (lambda: csv_of("code,name", 'S1,"High', "S2,Low"), "csv_quotes"),
    "a letter after a quotation mark": (lambda: csv_of("code,name", 'S1,"High" Street'), "csv_quotes"),
    "a cell of a megabyte": (lambda: b'code,name\nS1,"' + b"x" * MEBIBYTE + b'"\n', "csv_quotes"),
    "too many rows of text": (lambda: b"code,name\n" + b"S1,x\n" * (MOST_ROWS + 1), "sheet_too_many_rows"),
    "too many columns": (
        lambda: csv_of(",".join("c" * 1 for _ in range(150)), "S1"),
        "sheet_too_many_columns",
    ),
    "too much text": (lambda: b"code,name\n" + (b"S1," + b"x" * 1900 + b"\n") * 5_000, "sheet_too_much_text"),
    "a broken archive": (lambda: GOOD[: len(GOOD) // 2], "sheet_damaged"),
    "an archive of something else": (lambda: zipped(a=b"b"), "file_unknown_type"),
    "a workbook without its sheet": (lambda: with_entries(GOOD, {SHEET: None}), "sheet_damaged"),
    "a sheet that is no XML": (lambda: with_entries(GOOD, {SHEET: b"<worksheet"}), "sheet_damaged"),
    "a workbook with macros": (lambda: with_entries(GOOD, {"xl/vbaProject.bin": b"x"}), "workbook_macros"),
    "a zip bomb": (lambda: with_sheet(HEADING + " " * 200 * MEBIBYTE), f"workbook_too_large|{SLOW}"),
    "a thousand entries": (
        lambda: with_entries(GOOD, {f"x/{number}": b"" for number in range(1_200)}),
        "workbook_too_large",
    ),
    "swelling entities": (lambda: with_sheet(a_row(1, "&j;"), before=LAUGHS), "sheet_damaged"),
    "one far cell": (
        lambda: with_sheet(HEADING + f'<row r="1048576">{cell("XFD1048576", "x")}</row>'),
        "sheet_stray_cell",
    ),
    "a cell beyond all columns": (
        lambda: with_sheet(HEADING + f'<row r="2">{cell("ZZZ2", "x")}</row>'),
        "sheet_stray_cell",
    ),
    "a cell nowhere": (lambda: with_sheet(HEADING + f'<row r="2">{cell("99", "x")}</row>'), "sheet_damaged"),
    "most of a million rows": (a_million_rows, f"sheet_too_many_rows|{SLOW}"),
    "millions of shared texts": (swollen_strings, f"sheet_too_heavy|{SLOW}"),
    "fifty megabytes": (lambda: b"x" * 50 * MEBIBYTE, "file_too_large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_refused_soon(name):
    make, code = HOSTILE[name]
    body = make()
    start = monotonic()
    with pytest.raises(Refusal, match=code):
        open_table(body)
    assert monotonic() - start < 10


MEASURED = """
import resource, sys
from evaluations.errors import Refusal
from evaluations.tables.opening import open_table
try:
    open_table(sys.stdin.buffer.read())
except Refusal:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_only_a_few_hundred_megabytes_are_ever_in_use():
    """Measured by a process that has no other children."""
    command = [sys.executable, "-c", MEASURED]
    done = subprocess.run(command, input=swollen_strings(), capture_output=True, check=True)
    assert 0 < int(done.stdout) * 1024 <= MEMORY_BYTES == 300 * MEBIBYTE


def test_a_reader_that_hangs_is_ended_and_the_file_refused():
    with pytest.raises(Refusal, match="sheet_too_slow"):
        open_table(many_empty_cells()[:MOST_BYTES], seconds=0.2)


def test_no_reader_is_left_behind():
    open_table(GOOD)
    children = threading.active_count(), _children()
    open_table(GOOD)
    with pytest.raises(Refusal):
        open_table(b"")
    assert (threading.active_count(), _children()) == children


def _children() -> list[str]:
    own = os.getpid()
    with open(f"/proc/{own}/task/{own}/children") as file:
        return file.read().split()


def test_cells_that_are_only_dressed_count_for_nothing():
    dressed = "".join(f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(3, 30_000))
    table = open_table(with_sheet(HEADING + a_row(2, "S1", "León") + dressed))
    assert [row.cells for row in table.rows] == [("S1", "León")]


@pytest.mark.parametrize(
    "body",
    [
        csv_of("código,nombre", "S1,León"),
        csv_of("código;nombre", "S1;León", encoding="utf-8-sig"),
        csv_of("código\tnombre", "S1\tLeón", encoding="utf-16"),
        csv_of("código\tnombre", "S1\tLeón", encoding="utf-16-be"),
        csv_of("código|nombre", "S1|León", encoding="cp1252"),
        csv_of("sep=;", "código;nombre", "S1;León"),
        csv_of("", "  ", "código,nombre", "", 'S1 ,"León"'),
        csv_of("código,nombre,", "S1,León,,"),
        "código,nombre\nS1,León".encode(),
        xlsx_of(["código", "nombre"], ["S1", "León"]),
    ],
)
def test_a_table_is_read_whatever_it_was_written_with(body):
    table = open_table(body)
    assert table.header == ("código", "nombre")
    assert [row.cells for row in table.rows] == [("S1", "León")]


def test_rows_keep_the_numbers_that_the_spreadsheet_shows():
    body = csv_of("code,name", "", 'S1,"two', 'lines"', "S2,x")
    assert [(row.number, row.cells) for row in open_table(body).rows] == [
        (3, ("S1", "two lines")),
        (4, ("S2", "x")),
    ]
    body = xlsx_of([], ["code", "name"], [], ["S1", "x"])
    assert [(row.number, row.cells) for row in open_table(body).rows] == [(4, ("S1", "x"))]


def test_a_formula_counts_as_what_it_shows_and_an_error_as_an_error():
    def write(book, sheet):
        sheet.write_formula(1, 1, '=CONCAT("a","b")', None, "ab")
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")

    table = open_table(xlsx_of(["code", "name", "area"], ["S1"], write=write))
    assert table.rows[0].cells == ("S1", "ab", "#ERROR!")


def test_numbers_days_and_times_are_read_as_they_would_be_typed():
    def write(book, sheet):
        sheet.write_number(1, 0, 28001)
        sheet.write_number(1, 1, -3.7038)
        sheet.write_number(1, 2, 0.375, book.add_format({"num_format": "hh:mm"}))

    assert open_table(xlsx_of(["a", "b", "c"], write=write)).rows[0].cells == ("28001", "-3.7038", "09:00")


def test_a_hidden_sheet_is_passed_over():
    def write(book, sheet):
        book.add_worksheet("Old").write_string(0, 0, "nothing")
        shown = book.add_worksheet("Shown")
        shown.write_row(0, 0, ["code", "name"])
        shown.write_row(1, 0, ["S9", "here"])
        shown.activate()
        sheet.hide()
        book.get_worksheet_by_name("Old").very_hidden()

    table = open_table(xlsx_of(["code", "name"], ["S1", "x"], write=write))
    assert (table.source, table.rows[0].cells) == ("XLSX · Shown", ("S9", "here"))
