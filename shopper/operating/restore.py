"""`shopper restore FILE`: an installation as a backup holds it, in an empty instance and database.

Everything is unpacked and checked beside its place first. Files get their places before the database
does, so that no row ever names a file that is not there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from evaluations.files import settle
from shopper.config import Config
from shopper.operating import CannotBeDone, archive, snapshots
from shopper.operating.manifest import Manifest
from shopper.operating.snapshots import Database, Named

STAGE = ".restoring"
FOLDERS = ("photos", "reports")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back."""

    made_at: str
    photos: int
    reports: int
    lacking: tuple[str, ...]


def restore(config: Config, path: Path) -> Restored:
    """Put the backup at `path` in place; whatever is refused leaves nothing."""
    database = snapshots.database_at(config.database_url)
    stage = config.instance / STAGE
    with archive.reading(path) as reader, ExitStack() as undoing:
        _refuse_unless_it_fits(config, database, reader.manifest)
        shutil.rmtree(stage, ignore_errors=True)  # what a killed restore left
        undoing.callback(shutil.rmtree, stage, ignore_errors=True)
        try:
            stage.mkdir(mode=0o700)
            reader.extract(stage)
            named = _put_in_place(config, database, stage, reader.manifest)
        except OSError as error:
            where = error.filename or path
            raise CannotBeDone(f"Nothing was restored: {where}: {error.strerror or error}.") from error
    settle(config.instance)
    manifest = reader.manifest
    return Restored(manifest.made_at, len(named.photos), len(named.reports), tuple(manifest.lacking))


def _refuse_unless_it_fits(config: Config, database: Database, manifest: Manifest) -> None:
    if manifest.database != database.kind:
        raise CannotBeDone(
            f"This backup is of a {manifest.database} database and SHOPPER_DATABASE names a {database.kind} one: "
            "restore it into its own kind (`shopper move` changes from SQLite to PostgreSQL afterwards)."
        )
    snapshots.refuse_what_is_newer(manifest)
    for name in FOLDERS:
        folder = config.instance / name
        if folder.is_dir() and any(folder.iterdir()):
            raise CannotBeDone(f"{folder} is not empty; restore wants an empty instance.")
    database.refuse_unless_empty()


def _put_in_place(config: Config, database: Database, stage: Path, manifest: Manifest) -> Named:
    """Move the files in place and let the database follow; a failure takes the files away again."""
    with ExitStack() as undoing:
        with database.filled(stage, manifest) as named:
            _refuse_rows_without_files(named, manifest)
            os.sync()  # all that was unpacked, before any of it gets its name
            for name in FOLDERS:
                if (stage / name).is_dir():
                    (stage / name).replace(config.instance / name)
                    undoing.callback(shutil.rmtree, config.instance / name, ignore_errors=True)
            settle(config.instance)
        undoing.pop_all()
    return named


def _refuse_rows_without_files(named: Named, manifest: Manifest) -> None:
    """Refuse a backup whose rows name a file that is neither in it nor told as lacking."""
    held = set(_whole_files(manifest))
    known = held | {
        (kind, sha256) for kind, _slash, sha256 in (each.partition("/") for each in manifest.lacking)
    }
    wanted = {("photos", sha256) for sha256 in named.photos} | {
        ("reports", sha256) for sha256 in named.reports
    }
    if missing := wanted - known:
        raise CannotBeDone(
            f"This backup lacks {len(missing)} files that its rows name; nothing was restored."
        )


def _whole_files(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """The photos and reports whose bytes have the very hash that names them, each with its kind."""
    for name, member in manifest.members.items():
        kind, _slash, rest = name.partition("/")
        if kind in FOLDERS and rest.endswith(("/original", ".pdf")):
            sha256 = rest.split("/")[1].removesuffix(".pdf")
            if member.sha256 == sha256:
                yield kind, sha256
