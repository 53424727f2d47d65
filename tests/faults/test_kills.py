"""The server is killed in the middle of its work: what it acknowledged is there, once, unharmed."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from evaluations.database import writing
from evaluations.models import AuditEntry, Change, CurrentRegister, Photo
from evaluations.photos.store import PhotoStore
from shopper.app import create_app
from shopper.config import Config
from tests.builders import an_evaluation, today_there
from tests.faults.length import SEED, SHARE, rounds
from tests.faults.server import Server
from tests.faults.walking import Ledger, Walk
from tests.phones import Phone
from tests.shopper.browsing import visitor_of

ROUNDS = rounds(1, 150)
"""Each with phones that are new, since an evaluation of many thousands of changes is no evaluation."""
KILLS = 7 if SHARE else 20
ACKNOWLEDGED = 2_000
"""In each round."""
WALKS = 3
PATIENCE_S = 40


@contextmanager
def at_work(
    config: Config, engine: Engine, ledger: Ledger, app: str = "shopper.app"
) -> Iterator[tuple[Server, list[Walk]]]:
    """The real server, and phones of signed-in shoppers that send to it all the time."""
    server = Server(config.instance, config.database_url, app)
    walks = [Walk(server.port, *a_signed_in_phone(config, engine), ledger, seed) for seed in range(WALKS)]
    try:
        server.start()
        for walk in walks:
            walk.start()
        yield server, walks
    finally:
        for walk in walks:
            walk.stopping.set()
            walk.given_up.set()
        server.close()


def a_signed_in_phone(config: Config, engine: Engine) -> tuple[str, Phone]:
    with Session(writing(engine)) as session:
        evaluation = an_evaluation(session)
        evaluation.visit.window_to = today_there()
        shopper, phone = evaluation.shopper.id, Phone(evaluation)
        session.commit()
    visitor = visitor_of(create_app(config, engine)).signs_in(shopper)
    cookie = visitor.get_cookie("shopper")
    assert cookie is not None
    return f"shopper={cookie.value}", phone


def test_what_was_acknowledged_survives_every_kill(config, engine, ledger, tell):
    draw, all_walks = random.Random(SEED), []
    for _ in range(ROUNDS):
        before = ledger.size
        with at_work(config, engine, ledger) as (server, walks):
            for kill in range(1, KILLS + 1):
                due = before + ACKNOWLEDGED * kill // KILLS
                ledger.wait_for(max(due, ledger.size + 10) + draw.randint(0, 50), PATIENCE_S)
                server.kill()
                server.start()
            ledger.wait_for(ledger.size + 10, PATIENCE_S)
            ends(walks)
            all_walks += walks
    tell(kills=ROUNDS * KILLS, acknowledged=ledger.size, photos=len(ledger.photos), seed=SEED)
    assert ledger.complaints == []
    assert not ledger.refusals
    with Session(engine) as session:
        assert_all_is_there(session, ledger, config, all_walks)


def ends(walks: list[Walk]) -> None:
    """Let the phones send what is left, and no more."""
    for walk in walks:
        walk.stopping.set()
    for walk in walks:
        walk.join(PATIENCE_S)
        assert not walk.is_alive()


def assert_all_is_there(session: Session, ledger: Ledger, config: Config, walks: list[Walk]) -> None:
    assert_every_change_is_there_once(session, ledger)
    assert_every_photo_is_there_once(session, ledger, PhotoStore(config.photos))
    assert_the_projection_is_what_was_written_last(session, walks)


def test_a_server_that_acknowledges_before_it_commits_is_found_out(config, engine, ledger):
    with at_work(config, engine, ledger, app="tests.faults.sabotaged") as (server, _walks):
        ledger.wait_for(10, PATIENCE_S)
        server.kill()
    with Session(engine) as session:
        assert ledger.changes.keys() - held_changes(session).keys()


def held_changes(session: Session) -> dict[str, Any]:
    return {str(row.id): json.loads(row.body) for row in session.scalars(select(Change))}


def assert_every_change_is_there_once(session: Session, ledger: Ledger) -> None:
    assert held_changes(session) == ledger.changes
    assert session.scalar(select(func.count()).select_from(Change)) == len(ledger.changes)


def assert_every_photo_is_there_once(session: Session, ledger: Ledger, store: PhotoStore) -> None:
    assert ledger.photos, "no photo was sent at all"
    held = {str(row.id): row.sha256 for row in session.scalars(select(Photo))}
    assert held == ledger.photos
    for sha256 in held.values():
        assert hashlib.sha256(store.open(sha256, "original").read_bytes()).hexdigest() == sha256
        for size in ("web", "print", "thumbnail"):
            assert store.open(sha256, size).stat().st_size > 0
    received = select(func.count()).where(AuditEntry.act == "photo.received")
    assert session.scalar(received) == len(ledger.photos)


def assert_the_projection_is_what_was_written_last(session: Session, walks: list[Walk]) -> None:
    rows = session.scalars(select(CurrentRegister)).all()
    heads = {(row.evaluation_id, row.register): json.loads(row.heads) for row in rows}
    last = {(UUID(str(walk.phone.eid)), name): saw for walk in walks for name, saw in walk.phone.saw.items()}
    assert heads == last
    assert not any(row.in_conflict for row in rows)
