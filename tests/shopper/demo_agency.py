"""The demo agency, made once for all the tests of a run that read it, whichever worker runs them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from evaluations.database import connect, upgrade, writing
from shopper import demo
from shopper.config import Config
from tests.builders import NOON
from tests.databases import FOLDER


@dataclass(frozen=True, slots=True)
class Agency:
    """The demo, to be read only."""

    session: Session
    config: Config


@pytest.fixture(scope="session")
def agency() -> Iterator[Agency]:
    """The whole demo on SQLite; on PostgreSQL a smaller one is made, by the test that is about it."""
    folder = Path(os.environ[FOLDER]) / "demo"
    folder.mkdir(exist_ok=True)
    url = f"sqlite:///{folder / 'shopper.db'}"
    config = Config(instance=folder, database_url=url, secret="a secret for tests")
    engine = connect(url)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "is-made").exists():
            upgrade(engine)
            with Session(writing(engine)) as session:
                demo.make(session, config, NOON)
                session.commit()
            (folder / "is-made").touch()
    with Session(engine) as session:
        yield Agency(session, config)
    engine.dispose()
