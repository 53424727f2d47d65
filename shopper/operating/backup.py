"""`shopper backup FILE`: the database and every photo and report that its rows name, in one archive.

Bytes of photos and reports are durable before their rows exist. So the database is copied first, and
whatever its rows name is there when the files are copied afterwards, however much arrives meanwhile.
The secret stays out: it signs cookies, and a copy of the data must not carry the means to use them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from evaluations.photos.store import PhotoStore
from evaluations.reporting.store import ReportStore
from shopper.config import Config
from shopper.operating import CannotBeDone, archive
from shopper.operating.archive import Writer
from shopper.operating.snapshots import database_at

MOST_NAMED = 5


class Store(Protocol):
    """Where files are kept by the hash of their first."""

    root: Path

    def files(self, sha256: str) -> list[Path]:
        """The files that are kept under a hash."""


@dataclass(frozen=True, slots=True)
class Made:
    """What an archive holds."""

    photos: int
    reports: int
    bytes: int
    lacking: tuple[str, ...]
    """Files that rows name and that are missing or damaged."""


def make(config: Config, target: Path, *, at: datetime, despite_damage: bool = False) -> Made:
    """Write a backup of the installation to `target`, which must not exist yet.

    Photos or reports that are missing or damaged are refused, because a backup that lacks them in
    silence is found out when it is needed; `despite_damage` keeps all the rest and lists them.
    """
    with archive.writing(target, at.isoformat(timespec="seconds")) as writer:
        named = database_at(config.database_url).copy(writer)
        lacking = [
            *_copy_files(writer, "photos", PhotoStore(config.photos), named.photos),
            *_copy_files(writer, "reports", ReportStore(config.reports), named.reports),
        ]
        if lacking and not despite_damage:
            raise CannotBeDone(_complaint(lacking))
        writer.manifest.lacking = lacking
    return Made(len(named.photos), len(named.reports), target.stat().st_size, tuple(lacking))


def _copy_files(writer: Writer, kind: str, store: Store, hashes: Iterable[str]) -> list[str]:
    """Add the files under these hashes; answers which of them are not whole."""
    return [f"{kind}/{sha256}" for sha256 in sorted(hashes) if not _copy(writer, kind, store, sha256)]


def _copy(writer: Writer, kind: str, store: Store, sha256: str) -> bool:
    """Add the files under one hash if all are there and the first has that hash."""
    paths = store.files(sha256)
    if not all(path.is_file() and path.stat().st_size for path in paths):
        return False
    if hashlib.sha256(paths[0].read_bytes()).hexdigest() != sha256:
        return False
    for path in paths:
        writer.add_file(f"{kind}/{path.relative_to(store.root).as_posix()}", path)
    return True


def _complaint(lacking: list[str]) -> str:
    first = ", ".join(lacking[:MOST_NAMED]) + (", …" if len(lacking) > MOST_NAMED else "")
    return (
        f"No backup was made: {len(lacking)} files are missing or damaged ({first}). Mend them from an earlier "
        "backup, or give --despite-damage to back up all the rest."
    )
