"""Where photo bytes are kept: one folder per photo, named by the hash of the original."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evaluations.errors import NotFound
from evaluations.files import is_there, write_folder

HASH = re.compile(r"[0-9a-f]{64}")


class Size(StrEnum):
    """The original as it arrived, and what is made of it; only the latter is shown to anybody."""

    ORIGINAL = "original"
    WEB = "web"
    PRINT = "print"
    THUMBNAIL = "thumbnail"


DERIVED = (Size.WEB, Size.PRINT, Size.THUMBNAIL)
DERIVED_TYPE = "image/jpeg"


@dataclass(frozen=True, slots=True)
class Derived:
    """What was made of a photo: its type, its size as seen, its smaller pictures as JPEG bytes, its likeness."""

    mime: str
    width: int
    height: int
    pictures: dict[Size, bytes]
    likeness: str | None = None


class PhotoStore:
    """Photos as files under `root`; a photo is there whole, in all its sizes, or not at all."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, original: bytes, derived: Mapping[Size, bytes]) -> str:
        """Keep a photo and answer the SHA-256 of its original once everything is durable.

        Call it before any transaction is begun: fsync is slow, and a row must never name bytes
        that could still be lost. Putting the same photo again brings back what was lost of it; else it changes nothing.
        """
        sha256 = hashlib.sha256(original).hexdigest()
        files = {Size.ORIGINAL: original} | {size: derived[size] for size in DERIVED}
        write_folder(self._folder(sha256), {_file_name(size): body for size, body in files.items()})
        return sha256

    def holds(self, sha256: str) -> bool:
        """Whether the photo with this hash is here in all its sizes."""
        return all(is_there(file) for file in self.files(sha256))

    def open(self, sha256: str, size: str) -> Path:
        """The path of the photo in this size, for reading only; `NotFound` when it is not here."""
        path = self._folder(sha256) / _file_name(Size(size))
        if not path.is_file():
            raise NotFound()
        return path

    def files(self, sha256: str) -> list[Path]:
        """Where the photo is or would be in each of its sizes, the original first."""
        return [self._folder(sha256) / _file_name(size) for size in Size]

    def _folder(self, sha256: str) -> Path:
        if not HASH.fullmatch(sha256):
            raise NotFound()
        return self.root / sha256[:2] / sha256


def _file_name(size: Size) -> str:
    return size.value if size is Size.ORIGINAL else f"{size}.jpg"
