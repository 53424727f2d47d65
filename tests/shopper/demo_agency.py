"""The demo agency, for tests that read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from evaluations.database import connect
from shopper.config import Config
from tests.made_demo import the_demo


@dataclass(frozen=True, slots=True)
class Agency:
    """The demo, to be read only."""

    session: Session
    config: Config


@pytest.fixture(scope="session")
def agency() -> Iterator[Agency]:
    """The whole demo on SQLite; on PostgreSQL a smaller one is made, by the test that is about it."""
    config = the_demo()
    engine = connect(config.database_url)
    with Session(engine) as session:
        yield Agency(session, config)
    engine.dispose()
