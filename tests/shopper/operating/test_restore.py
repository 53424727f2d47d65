"""Restore puts a whole backup into an empty installation, or refuses and leaves it empty."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect
from sqlalchemy.engine import make_url

from evaluations.database import connect, upgrade
from shopper.config import Config
from tests.shopper.operating.conftest import Command, refused


@pytest.fixture
def backup(used: Config, command: Command, tmp_path: Path) -> Path:
    """A backup of the used installation."""
    target = tmp_path / "backup.zip"
    assert command(used, "backup", str(target)).exit_code == 0
    return target


def is_empty(config: Config) -> bool:
    """Whether nothing but the secret is there."""
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite":
        tables = Path(url.database or "").exists()
    else:
        engine = connect(config.database_url)
        tables = bool(inspect(engine).get_table_names())
        engine.dispose()
    return not tables and [path.name for path in config.instance.iterdir()] == ["secret"]


def altered(
    backup: Path, change: Callable[[dict[str, bytes], dict[str, Any]], None], *, named: str = "altered.zip"
) -> Path:
    """The backup packed anew after `change` had its way with the files and the manifest."""
    with zipfile.ZipFile(backup) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    change(files, manifest)
    with zipfile.ZipFile(target := backup.with_name(named), "w") as packed:
        for name, body in files.items():
            packed.writestr(name, body)
        packed.writestr("manifest.json", json.dumps(manifest))
    return target


def test_a_file_that_is_not_there_is_named(fresh: Config, command: Command, tmp_path: Path):
    refused(command(fresh, "restore", str(tmp_path / "none.zip")), "There is no file", "none.zip")


@pytest.mark.parametrize("body", [b"", b"PK", b"not an archive at all" * 100])
def test_a_file_of_another_kind_is_refused(fresh: Config, command: Command, tmp_path: Path, body: bytes):
    (tmp_path / "odd").write_bytes(body)
    refused(command(fresh, "restore", str(tmp_path / "odd")), "not a whole backup")
    assert is_empty(fresh)


def test_an_archive_of_somebody_else_is_refused(fresh: Config, command: Command, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "foreign.zip", "w") as packed:
        packed.writestr("holiday.jpg", b"sea")
    refused(command(fresh, "restore", str(tmp_path / "foreign.zip")), "not a backup of Shopper")
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as packed:
        packed.writestr("manifest.json", b'{"format": "another", "edition": 1}')
    refused(command(fresh, "restore", str(tmp_path / "odd.zip")), "not a backup of Shopper")
    assert is_empty(fresh)


def test_a_backup_that_was_cut_short_is_refused(fresh: Config, command: Command, backup: Path):
    whole, draw = backup.read_bytes(), random.Random(7)
    for length in [0, 1, len(whole) - 1, *(draw.randrange(len(whole)) for _ in range(8))]:
        backup.write_bytes(whole[:length])
        refused(command(fresh, "restore", str(backup)), "cut short")
        assert is_empty(fresh), length


def test_a_backup_with_a_changed_byte_is_refused(fresh: Config, command: Command, backup: Path):
    whole, draw = backup.read_bytes(), random.Random(11)
    found = []
    for _ in range(8):
        place = draw.randrange(len(whole) // 2)
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        result = command(fresh, "restore", str(backup))
        refused(result)
        assert is_empty(fresh), place
        found.append(place)
    assert len(found) == 8


@pytest.mark.parametrize("kind", ["photos/", "database.sqlite|tables/photos.copy"])
def test_bytes_that_are_not_those_of_the_manifest_are_refused(
    fresh: Config, command: Command, backup: Path, kind: str
):
    def change(files: dict[str, bytes], _manifest: dict[str, Any]) -> None:
        name = next(name for name in files if name.startswith(tuple(kind.split("|"))))
        files[name] = files[name][:-1] + bytes([files[name][-1] ^ 0xFF])

    refused(command(fresh, "restore", str(altered(backup, change))), "damaged")
    assert is_empty(fresh)


def test_a_photo_whose_row_is_there_and_whose_bytes_are_not_is_found(
    fresh: Config, command: Command, backup: Path
):
    def change(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
        name = next(name for name in files if name.endswith("/original"))
        del files[name], manifest["members"][name]

    refused(command(fresh, "restore", str(altered(backup, change))), "lacks 1 files that its rows name")
    assert is_empty(fresh)


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "photos/../../escaped", "secret"])
def test_a_name_that_is_no_place_of_ours_is_refused(fresh: Config, command: Command, backup: Path, name: str):
    def change(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
        files[name] = b"x"
        manifest["members"][name] = {
            "bytes": 1,
            "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
        }

    refused(command(fresh, "restore", str(altered(backup, change))), "names files that no backup")
    assert is_empty(fresh)


def test_a_file_that_the_manifest_does_not_list_is_refused(fresh: Config, command: Command, backup: Path):
    def change(files: dict[str, bytes], _manifest: dict[str, Any]) -> None:
        files["extra"] = b"x"

    refused(command(fresh, "restore", str(altered(backup, change))), "exactly what its manifest lists")


def test_a_backup_of_a_newer_version_is_refused(fresh: Config, command: Command, backup: Path):
    def change(_files: dict[str, bytes], manifest: dict[str, Any]) -> None:
        manifest["revision"] = "9999"

    refused(command(fresh, "restore", str(altered(backup, change))), "newer version")
    assert is_empty(fresh)


def test_a_backup_of_the_other_kind_of_database_is_refused(fresh: Config, command: Command, backup: Path):
    def change(_files: dict[str, bytes], manifest: dict[str, Any]) -> None:
        manifest["database"] = "postgresql" if manifest["database"] == "sqlite" else "sqlite"

    refused(command(fresh, "restore", str(altered(backup, change))), "its own kind")
    assert is_empty(fresh)


def test_an_installation_with_photos_is_not_restored_over(fresh: Config, command: Command, backup: Path):
    (fresh.photos / "ab").mkdir(parents=True)
    refused(command(fresh, "restore", str(backup)), "is not empty")
    assert (fresh.photos / "ab").is_dir()


def test_a_database_with_tables_is_not_restored_over(fresh: Config, command: Command, backup: Path):
    engine = connect(fresh.database_url)
    upgrade(engine)
    engine.dispose()
    refused(command(fresh, "restore", str(backup)), "already", "empty")
    assert not fresh.photos.exists()


def test_what_a_killed_restore_left_is_no_hindrance(fresh: Config, command: Command, backup: Path):
    (fresh.instance / ".restoring" / "photos").mkdir(parents=True)
    assert command(fresh, "restore", str(backup)).exit_code == 0
    assert not (fresh.instance / ".restoring").exists()
