"""A backup is made while phones write all the time: what was acknowledged before it began is in it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import connect
from evaluations.models import Change, Photo
from evaluations.photos.store import PhotoStore
from shopper.config import Config, read
from shopper.operating import backup, restore
from tests.faults.test_kills import at_work, held_changes
from tests.faults.walking import Ledger

BACKUPS = 3
PATIENCE_S = 60


@pytest.fixture
def empty(tmp_path: Path, empty_database_url: str) -> Config:
    """Where the last backup is restored."""
    return read({"SHOPPER_INSTANCE": str(tmp_path / "empty"), "SHOPPER_DATABASE": empty_database_url})


def test_every_acknowledged_change_and_photo_is_in_the_backup(
    engine: Engine, database_url: str, empty: Config, tmp_path: Path
):
    config = read({"SHOPPER_INSTANCE": str(tmp_path), "SHOPPER_DATABASE": database_url})
    ledger = Ledger()
    with at_work(config, engine, ledger) as (_server, walks):
        for number in range(BACKUPS):
            ledger.wait_for(ledger.size + 30, PATIENCE_S)
            changes, photos = dict(ledger.changes), dict(ledger.photos)
            backup.make(config, target := tmp_path / f"{number}.zip", at=now())
        ledger.wait_for(ledger.size + 10, PATIENCE_S)
        for walk in walks:
            walk.stopping.set()
        for walk in walks:
            walk.join(PATIENCE_S)
    assert ledger.complaints == []
    assert photos, "no photo was sent at all"
    restore.restore(empty, target)
    other = connect(empty.database_url)
    with Session(other) as session:
        held = held_changes(session)
        assert {id: held.get(id) for id in changes} == changes
        kept = {str(row.id): row.sha256 for row in session.scalars(select(Photo))}
        assert {id: kept.get(id) for id in photos} == photos
        assert len(held) < len(ledger.changes), "nothing was written after the backup: it was not under load"
        assert held.keys() <= ledger.changes.keys() | ids_in(engine)
    other.dispose()
    store = PhotoStore(empty.photos)
    for sha256 in kept.values():
        assert hashlib.sha256(store.open(sha256, "original").read_bytes()).hexdigest() == sha256
        assert store.open(sha256, "web").stat().st_size > 0


def ids_in(engine: Engine) -> set[str]:
    with Session(engine) as session:
        return {str(id) for id in session.scalars(select(Change.id))}
