"""A checklist with its pictures in one ZIP, opened in a process of its own, which a hostile file may hang or end.

Run as a program, this module is the child.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from evaluations.confined import Answer, Confined, serve
from evaluations.errors import Invalid, TooLarge

SECONDS = 20
MEBIBYTE = 1024 * 1024
MEMORY_BYTES = 600 * MEBIBYTE
MOST_BYTES = 40 * MEBIBYTE
MOST_INFLATED = 80 * MEBIBYTE
MOST_FILES = 700
WORKBOOK = "xl/workbook.xml"
ENDINGS = frozenset({".xlsx", ".json"})
MEDIA = "media"


@dataclass(frozen=True, slots=True)
class Package:
    """The checklist's own file, and what lay beside it by name."""

    name: str
    body: bytes
    beside: Mapping[str, bytes]


def unpack(body: bytes, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> Package | None:
    """What is packed in `body`; None where it is a workbook itself, or no ZIP that can be opened."""
    if len(body) > MOST_BYTES:
        raise TooLarge("file_too_large", limit=MOST_BYTES // MEBIBYTE)
    child = Confined(
        "evaluations.designing.unpacking",
        seconds=seconds,
        memory_bytes=memory_bytes,
        too_slow="zip_too_slow",
        damaged="zip_damaged",
        tries=1,
    )
    try:
        told, contents = child.ask(body)
    finally:
        child.close()
    if not told["names"]:
        return None
    [name, *others] = told["names"]
    return Package(name, contents[0], dict(zip(others, contents[1:], strict=True)))


def pack(name: str, body: bytes, beside: Mapping[str, bytes]) -> bytes:
    """A ZIP of a checklist's file and a folder with its pictures."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
        for each, picture in beside.items():
            archive.writestr(f"{MEDIA}/{each}", picture, zipfile.ZIP_STORED)
    return file.getvalue()


def _opened(frames: list[bytes]) -> Answer:
    try:
        with zipfile.ZipFile(io.BytesIO(frames[0])) as archive:
            members = [info for info in archive.infolist() if not _is_noise(info.filename)]
            if any(info.filename == WORKBOOK for info in members):
                return {"names": []}, []
            _refuse_too_much(members)
            main = _main(members)
            files = {info.filename: _read(archive, info) for info in members if info is not main}
            return {"names": [main.filename, *files]}, [_read(archive, main), *files.values()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error):
        return {"names": []}, []


def _is_noise(name: str) -> bool:
    """Whether it is a folder, or what some systems add unasked."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return name.endswith("/") or not parts or any(part.startswith((".", "__MACOSX")) for part in parts)


def _refuse_too_much(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise TooLarge("zip_too_many_files", limit=MOST_FILES)
    if sum(info.file_size for info in members) > MOST_INFLATED:
        raise TooLarge("zip_too_large", limit=MOST_INFLATED // MEBIBYTE)
    seen: set[str] = set()
    for info in members:
        base = PurePosixPath(info.filename.replace("\\", "/")).name.casefold()
        if base in seen:
            raise Invalid("zip_name_twice", name=base[:80])
        seen.add(base)


def _main(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    found = [info for info in members if PurePosixPath(info.filename).suffix.lower() in ENDINGS]
    if not found:
        raise Invalid("zip_without_checklist")
    if len(found) > 1:
        raise Invalid("zip_with_several", count=len(found))
    return found[0]


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as stream:  # what says to be less than it is, is cut off and fails its checksum
        return stream.read()


if __name__ == "__main__":
    serve(_opened)
