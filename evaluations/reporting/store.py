"""Where rendered reports are kept: one file per report, named by the hash of its bytes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from evaluations.errors import NotFound
from evaluations.files import write_file

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
