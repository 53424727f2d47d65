"""PostgreSQL is killed under load and starts again, while the product goes on: what was acknowledged is there, once."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from evaluations.database import connect, upgrade
from shopper.config import read
from tests.faults.length import SEED, SHARE, rounds
from tests.faults.test_kills import PATIENCE_S, assert_all_is_there, at_work, ends
from tests.postgresql import LASTING, Cluster, a_cluster

ROUNDS = rounds(1, 20)
"""Each with phones that are new."""
KILLS = 10 if SHARE else 3


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL that keeps what it says it keeps, with the product's tables."""
    with a_cluster(LASTING) as cluster:
        engine = connect(cluster.address)
        upgrade(engine)
        engine.dispose()
        yield cluster


def test_what_was_acknowledged_survives_every_kill_of_postgresql(
    cluster: Cluster, tmp_path: Path, ledger, tell
):
    config = read({"SHOPPER_INSTANCE": str(tmp_path), "SHOPPER_DATABASE": cluster.address})
    engine, draw, all_walks = connect(cluster.address), random.Random(SEED), []
    for _ in range(ROUNDS):
        with at_work(config, engine, ledger) as (_server, walks):
            for _kill in range(KILLS):
                ledger.wait_for(ledger.size + draw.randint(20, 120), PATIENCE_S)
                cluster.kill()
                cluster.start()
            ledger.wait_for(ledger.size + 20, PATIENCE_S)
            ends(walks)
            all_walks += walks
    tell(kills=ROUNDS * KILLS, acknowledged=ledger.size, refused=dict(ledger.refusals), seed=SEED)
    assert ledger.complaints == []
    with Session(engine) as session:
        assert_all_is_there(session, ledger, config, all_walks)
    engine.dispose()
