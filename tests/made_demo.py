"""The demo agency, made once for every run and check that reads it: making it takes as long as hundreds of tests."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from functools import cache
from pathlib import Path

from sqlalchemy.orm import Session

from evaluations.database import connect, upgrade, writing
from shopper import demo
from shopper.config import Config
from tests.builders import NOON

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".setup" / "demo"
SOURCES = ("evaluations", "shopper")
LOCK = ROOT / "requirements" / "run.txt"


def the_demo() -> Config:
    """Where the demo agency is that these sources make; it is to be read only."""
    folder = FOLDER / _version()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "is-made").exists():
            for old in FOLDER.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            _make(folder)
            (folder / "is-made").touch()
    return _config(folder)


def a_copy_of_the_demo(folder: Path) -> Config:
    """A demo agency of one's own in `folder`."""
    shutil.copytree(the_demo().instance, folder, dirs_exist_ok=True)
    return _config(folder)


def _config(folder: Path) -> Config:
    return Config(
        instance=folder, database_url=f"sqlite:///{folder / 'shopper.db'}", secret="a secret for tests"
    )


def _make(folder: Path) -> None:
    folder.mkdir()
    config = _config(folder)
    engine = connect(config.database_url)
    upgrade(engine)
    with Session(writing(engine)) as session:
        demo.make(session, config, NOON)
        session.commit()
    engine.dispose()


@cache
def _version() -> str:
    """A hash of all that has a say in what the demo is."""
    found = hashlib.sha256(LOCK.read_bytes())
    for file in sorted(path for name in SOURCES for path in (ROOT / name).rglob("*") if path.is_file()):
        if "__pycache__" not in file.parts:
            found.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:16]
