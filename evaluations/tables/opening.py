"""Opening a table that somebody sent in a process of its own, which a hostile file may hang, swell or end.

Run as a program, this module is the child.
"""

from __future__ import annotations

from evaluations.confined import Answer, Confined, serve
from evaluations.errors import Invalid, TooLarge, Unsupported
from evaluations.tables.table import MEBIBYTE, MOST_BYTES, Table

SECONDS = 8
MEMORY_BYTES = 300 * MEBIBYTE
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""How the workbooks of before 2007 begin, and those with a password."""
OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"MZ",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)


def open_table(body: bytes, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> Table:
    """The table in `body`, a CSV or XLSX file; refused in words that help where it is none."""
    read = read_apart("evaluations.tables.opening", body, seconds=seconds, memory_bytes=memory_bytes)
    return Table.from_json(read.decode())


def read_apart(
    module: str, body: bytes, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES
) -> bytes:
    """What a process of its own, which runs `module`, reads in `body`; refused where it takes too much."""
    if len(body) > MOST_BYTES:
        raise TooLarge("file_too_large", limit=MOST_BYTES // MEBIBYTE)
    child = Confined(
        module,
        seconds=seconds,
        memory_bytes=memory_bytes,
        too_slow="sheet_too_slow",
        damaged="sheet_too_heavy",
        tries=1,  # what ended the child once would again, in as long a time
    )
    try:
        _told, [read] = child.ask(body)
    finally:
        child.close()
    return read


def _opened(frames: list[bytes]) -> Answer:
    [body] = frames
    return {}, [_read(body).to_json().encode("utf-8", "replace")]


def _read(body: bytes) -> Table:
    from evaluations.tables.texts import read_text
    from evaluations.tables.workbooks import read_workbook

    if not body.strip():
        raise Invalid("file_empty")
    if body.startswith(OLD_WORKBOOK):
        raise Unsupported("workbook_old")
    if body.startswith(OTHERS):
        raise Unsupported("file_unknown_type")
    return read_workbook(body) if body.startswith(b"PK") else read_text(body)


if __name__ == "__main__":
    serve(_opened)
