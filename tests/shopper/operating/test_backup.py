"""A backup is one file that holds everything or does not exist."""

from __future__ import annotations

import json
import shutil
import signal
import stat
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.database import connect, writing
from evaluations.models import Photo, Report, Role
from evaluations.photos import pictures
from evaluations.photos.store import PhotoStore
from shopper.config import Config
from shopper.operating import comparing
from tests.builders import NOON, a_person
from tests.evaluations.photos.pictures import a_jpeg
from tests.shopper.operating.conftest import Command, refused


def some_photo(engine, config: Config) -> Path:
    with Session(engine) as session:
        sha256 = session.scalars(select(Photo.sha256).limit(1)).one()
    return PhotoStore(config.photos).open(sha256, "original")


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_exists_is_never_written_over(used: Config, command: Command, tmp_path: Path):
    target = tmp_path / "backup.zip"
    target.write_text("dear to somebody")
    refused(command(used, "backup", str(target)), "exists already", "Choose another name")
    assert target.read_text() == "dear to somebody"


def test_a_folder_that_is_not_there_is_named(used: Config, command: Command, tmp_path: Path):
    refused(command(used, "backup", str(tmp_path / "nowhere" / "backup.zip")), "nowhere", "No such file")


def test_an_installation_without_tables_has_nothing_to_back_up(
    fresh: Config, command: Command, tmp_path: Path
):
    refused(command(fresh, "backup", str(tmp_path / "backup.zip")), "nothing to back up yet")
    assert left_in(tmp_path) == ["fresh"]


@pytest.mark.parametrize("harm", ["missing", "altered", "a size is missing"])
def test_a_damaged_photo_stops_the_backup_and_is_named(
    used: Config, engine, command: Command, tmp_path: Path, harm: str
):
    photo = some_photo(engine, used)
    if harm == "altered":
        photo.chmod(0o600)
        photo.write_bytes(photo.read_bytes()[:-1] + b"!")
    else:
        (photo if harm == "missing" else photo.with_name("web.jpg")).unlink()
    refused(
        command(used, "backup", str(tmp_path / "b.zip")), f"photos/{photo.parent.name}", "--despite-damage"
    )
    assert left_in(tmp_path) == ["used"]


def test_despite_damage_all_the_rest_is_kept_and_the_damage_told(
    used: Config, fresh: Config, engine, command: Command, tmp_path: Path
):
    photo = some_photo(engine, used)
    shutil.rmtree(photo.parent)
    made = command(used, "backup", str(tmp_path / "b.zip"), "--despite-damage")
    assert (made.exit_code, f"photos/{photo.parent.name}" in made.output) == (1, True)
    restored = command(fresh, "restore", str(tmp_path / "b.zip"))
    assert (restored.exit_code, f"photos/{photo.parent.name}" in restored.output) == (0, True)


def test_a_backup_is_its_owners_alone_and_holds_no_secret(used: Config, command: Command, tmp_path: Path):
    target = tmp_path / "backup.zip"
    assert command(used, "backup", str(target)).exit_code == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    secret = (used.instance / "secret").read_bytes()
    with zipfile.ZipFile(target) as packed:
        assert not any(secret in packed.read(name) for name in packed.namelist())
    assert left_in(tmp_path) == ["backup.zip", "used"]
    assert left_in(used.instance) == ["photos", "reports", "secret"]


def test_what_was_backed_up_is_restored_whole(
    used: Config, fresh: Config, engine, command: Command, tmp_path: Path
):
    target = str(tmp_path / "backup.zip")
    assert command(used, "backup", target).exit_code == 0
    result = command(fresh, "restore", target)
    assert result.exit_code == 0, result.output
    other = connect(fresh.database_url)
    with engine.connect() as here, other.connect() as there:
        assert [each for each in comparing.compare(here, there) if not each.is_same] == []
        assert comparing.content(there, Photo.__table__).rows == 2
        assert comparing.content(there, Report.__table__).rows == 2
    other.dispose()
    assert files_of(fresh) == files_of(used)
    assert (fresh.instance / "secret").read_text() != (used.instance / "secret").read_text()
    assert left_in(fresh.instance) == ["photos", "reports", "secret"]
    check = command(fresh, "check")
    assert check.exit_code == 0, check.output


def test_reference_pictures_are_in_the_backup_and_a_missing_one_stops_it(
    used: Config, engine, command: Command, tmp_path: Path
):
    drawn, store = pictures.draw(a_jpeg(90, 60)), PhotoStore(used.photos)
    with Session(writing(engine)) as session:
        pictures.record(session, [drawn], by=a_person(session, Role.DESIGNER), at=NOON)
        session.commit()
    refused(command(used, "backup", str(tmp_path / "a.zip")), f"photos/{drawn.sha256}")
    pictures.keep(store, [drawn])
    assert command(used, "backup", str(tmp_path / "b.zip")).exit_code == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert f"photos/{drawn.sha256[:2]}/{drawn.sha256}/original" in archive.namelist()


def files_of(config: Config) -> dict[str, tuple[bytes, int]]:
    """Every file of photos and reports, with its mode."""
    found = [*config.photos.rglob("*"), *config.reports.rglob("*")]
    return {
        path.relative_to(config.instance).as_posix(): (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
        for path in found
        if path.is_file()
    }


def test_the_manifest_tells_the_hash_of_everything(used: Config, command: Command, tmp_path: Path):
    target = tmp_path / "backup.zip"
    command(used, "backup", str(target))
    with zipfile.ZipFile(target) as packed:
        told = json.loads(packed.read("manifest.json"))
        assert sorted([*told["members"], "manifest.json"]) == sorted(packed.namelist())
    assert (told["format"], told["lacking"]) == ("shopper-backup", [])
    assert told["revision"]


def test_a_backup_that_is_ended_leaves_nothing(used: Config, tmp_path: Path):
    target = tmp_path / "out" / "backup.zip"
    target.parent.mkdir()
    script = (
        "import os, signal, sys\n"
        "from shopper.operating import backup\n"
        "backup._copy_files = lambda *_: os.kill(os.getpid(), signal.SIGTERM)\n"
        "from shopper.cli import main\n"
        f"main(['backup', {str(target)!r}])\n"
    )
    environment = {"SHOPPER_INSTANCE": str(used.instance), "SHOPPER_DATABASE": used.database_url}
    ended = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=False)
    assert ended.returncode == 128 + signal.SIGTERM, ended.stderr
    assert left_in(target.parent) == []


def test_two_backups_at_once_under_one_name_leave_one(used: Config, tmp_path: Path):
    from evaluations.clock import now
    from shopper.operating import CannotBeDone, backup

    outcomes: list[str] = []

    def make() -> None:
        try:
            backup.make(used, tmp_path / "backup.zip", at=now())
            outcomes.append("made")
        except CannotBeDone:
            outcomes.append("refused")

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "refused"]
    assert left_in(tmp_path) == ["backup.zip", "used"]
