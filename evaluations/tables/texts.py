"""Text files with separators, in whatever encoding and with whatever separator a spreadsheet program wrote them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

from evaluations.errors import Invalid, Unsupported
from evaluations.tables.table import Table, gather

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
SEPARATORS = {",": ",", ";": ";", "\t": "⇥", "|": "|"}
"""And how each is shown."""
SAID = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
"""The first line by which a file may name its separator."""
UTF8_SIGN = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}",
)
SAMPLE = 20


def read_text(body: bytes) -> Table:
    """The table in a text file; refused where its encoding or its quotation marks make no sense."""
    text, encoding = _decoded(body)
    if text.lstrip()[:1] in {"<", "{"}:
        raise Unsupported("file_unknown_type")
    said = SAID.match(text)
    skipped = 1 if said else 0
    text = text[said.end() :] if said else text
    separator = said[1] if said and said[1] in SEPARATORS else _separator(text)
    return gather(f"CSV · {encoding} · {SEPARATORS[separator]}", _records(text, separator, skipped))


def _records(text: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = skipped
    try:
        for record in reader:
            number += 1
            yield number, record
    except csv.Error as error:
        raise Invalid("csv_quotes", row=number + 1) from error


def _decoded(body: bytes) -> tuple[str, str]:
    for mark, codec, name in MARKS:
        if body.startswith(mark):
            return _strictly(body, codec), name
    if b"\0" in body:
        return _strictly(body, _utf16_without_mark(body)), "UTF-16"
    try:
        return body.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        if UTF8_SIGN.search(body):  # what is written so in another encoding makes no words
            row = body.count(b"\n", 0, error.start) + 1
            raise Invalid("file_mixed_encodings", row=row) from None
        return _strictly(body, "cp1252"), "Windows-1252"


def _strictly(body: bytes, codec: str) -> str:
    try:
        text = body.decode(codec)
    except UnicodeDecodeError:
        raise Unsupported("file_unknown_type") from None
    if "\0" in text:
        raise Unsupported("file_unknown_type")
    return text


def _utf16_without_mark(body: bytes) -> str:
    """Which of the two orders of bytes; refused where the zeros do not lie as in text of the West."""
    sample = body[:2000]
    for codec, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros and zeros.count(0) > 0.7 * len(zeros):
            return codec
    raise Unsupported("file_unknown_type")


def _separator(text: str) -> str:
    """The separator that gives the first records the most cells, and the same number in each."""
    counts = {}
    for separator in SEPARATORS:
        reader = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=separator)
        widths = []
        try:
            for record in reader:
                if any(cell.strip() for cell in record):
                    widths.append(len(record))
                if len(widths) == SAMPLE:
                    break
        except csv.Error:
            widths = widths or [1]
        first = widths[0] if widths else 1
        counts[separator] = (first > 1, sum(width == first for width in widths) / max(1, len(widths)), first)
    return max(SEPARATORS, key=lambda separator: counts[separator])
