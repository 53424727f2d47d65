"""Where what was made is kept: one file per report or export, named by the hash of its bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from pathlib import Path
from uuid import uuid4

from evaluations.errors import NotFound
from evaluations.files import keep_file, make_folder, write_file

DRAFT = ".draft-"
HASH = re.compile(r"[0-9a-f]{64}")


class ReportStore:
    """PDFs as files under `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, pdf: bytes) -> str:
        """Keep a report and answer its SHA-256 once it is durable; call it before any transaction."""
        sha256 = hashlib.sha256(pdf).hexdigest()
        write_file(self._path(sha256), pdf)
        return sha256

    def open(self, sha256: str) -> Path:
        """The path of a report, for reading only; `NotFound` when it is not here."""
        path = self._path(sha256)
        if not path.is_file():
            raise NotFound()
        return path

    def files(self, sha256: str) -> list[Path]:
        """Where the one file of the report is or would be."""
        return [self._path(sha256)]

    def _path(self, sha256: str) -> Path:
        if not HASH.fullmatch(sha256):
            raise NotFound()
        return self.root / sha256[:2] / f"{sha256}.pdf"


class ExportStore:
    """What people take away in bulk, as files under `root`, until they expire."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def draft(self) -> Path:
        """Where to write a file that is still being made."""
        make_folder(self.root)
        return self.root / f"{DRAFT}{uuid4().hex}"

    def keep(self, draft: Path) -> tuple[str, int]:
        """Keep what was written to `draft`; its SHA-256 and its size, once it is durable."""
        with draft.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.seek(0, 2)
        keep_file(draft, self._path(sha256))
        return sha256, size

    def open(self, sha256: str) -> Path:
        """The path of an export, for reading only; `NotFound` when it is not here."""
        path = self._path(sha256)
        if not path.is_file():
            raise NotFound()
        return path

    def has(self, sha256: str | None) -> bool:
        """Whether an export is here; after a restored backup it is not."""
        return sha256 is not None and self._path(sha256).is_file()

    def sweep(self, wanted: Collection[str], *, before: float) -> int:
        """Remove what is not `wanted` any more and was last written `before`, in seconds; how much it was."""
        old = [
            path
            for path in (self.root.iterdir() if self.root.is_dir() else ())
            if path.name not in wanted and path.stat().st_mtime < before
        ]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _path(self, sha256: str) -> Path:
        if not HASH.fullmatch(sha256):
            raise NotFound()
        return self.root / sha256
