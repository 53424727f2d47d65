"""Workers on several machines are told at once of what is owed, and losing the whole queue loses nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from evaluations import mailing
from evaluations.clock import now
from evaluations.database import connect, upgrade, writing
from evaluations.models import Mail, MailState, Role
from shopper import queueing
from shopper.config import BadSetting, read
from shopper.mail.posting import FolderPost
from shopper.queueing.bell import BELL
from shopper.queueing.procrastinate import Procrastinate
from shopper.worker import Stores, Worker
from tests.builders import a_person

PATIENCE_S = 30
JOBS = text("SELECT count(*) FROM procrastinate.procrastinate_jobs WHERE task_name = 'look'")


@pytest.fixture
def address(empty_database_url: str) -> str:
    if not empty_database_url.startswith("postgresql"):
        pytest.skip("procrastinate needs PostgreSQL; the run on PostgreSQL has it")
    return empty_database_url


@pytest.fixture
def server(address: str) -> Iterator[Engine]:
    """A database of its own, since what procrastinate makes there does not go away with the rows."""
    engine = connect(address)
    upgrade(engine)
    Procrastinate(address).prepare(engine)
    yield engine
    engine.dispose()


def owes_mail(engine: Engine, bell: Procrastinate, *, rolls_back: bool = False) -> None:
    with Session(writing(engine), info={BELL: bell}) as session:
        person = a_person(session, Role.EDITOR)
        mailing.owe(session, person, subject="Hello", text="There\n", link=None, at=now())
        session.rollback() if rolls_back else session.commit()


def queued(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(JOBS) or 0


def test_it_is_chosen_by_a_setting_and_needs_postgresql(tmp_path: Path):
    given = {"SHOPPER_INSTANCE": str(tmp_path)}
    with pytest.raises(BadSetting, match="needs PostgreSQL"):
        read(given | {"SHOPPER_QUEUE": "procrastinate"})
    with pytest.raises(BadSetting, match="must be polling or procrastinate"):
        read(given | {"SHOPPER_QUEUE": "redis"})
    assert isinstance(queueing.of(read(given)), queueing.Polling)
    several = given | {"SHOPPER_QUEUE": "procrastinate", "SHOPPER_DATABASE": "postgresql://nowhere/shopper"}
    assert isinstance(queueing.of(read(several)), Procrastinate)


def test_what_is_owed_rings_in_its_own_transaction(server: Engine, address: str):
    bell = Procrastinate(address)
    owes_mail(server, bell, rolls_back=True)
    assert queued(server) == 0
    owes_mail(server, bell)
    assert queued(server) == 1
    with Session(writing(server), info={BELL: bell}) as session:
        session.query(Mail).one().state = MailState.SENT
        a_person(session, Role.EDITOR)
        session.rollback()
        a_person(session, Role.EDITOR)
        session.commit()
    assert queued(server) == 1


def test_its_tables_are_made_once_and_anew_for_another_version(server: Engine, address: str):
    bell = Procrastinate(address)
    owes_mail(server, bell)
    bell.prepare(server)
    assert queued(server) == 1
    with server.begin() as connection:
        connection.execute(text("COMMENT ON SCHEMA procrastinate IS 'older'"))
    bell.prepare(server)
    assert queued(server) == 0


def test_a_worker_is_told_at_once_finds_what_a_lost_queue_told_nobody_and_goes_on_without_its_listener(
    server: Engine, address: str, tmp_path: Path
):
    owes_mail(server, Procrastinate(address))
    with server.begin() as connection:
        connection.execute(text("TRUNCATE procrastinate.procrastinate_jobs CASCADE"))
    server.dispose()
    stores = Stores.of(read({"SHOPPER_INSTANCE": str(tmp_path)}))
    sent = tmp_path / "mail"
    worker = Worker(server, stores, FolderPost(sent, "S <s@localhost>"), address="http://localhost")
    bell, stop = Procrastinate(address, look_anyway_s=600), Event()
    bell.open()
    working = Thread(target=worker.work, args=(stop, bell))
    working.start()
    try:
        assert arrives(sent, 1), "what was owed before was not found"
        owes_mail(server, bell)
        assert arrives(sent, 2), "the worker was not told"
        assert bell._listener is not None
        os.kill(bell._listener, signal.SIGKILL)
        owes_mail(server, bell)
        assert arrives(sent, 3), "nobody listens any more"
    finally:
        stop.set()
        working.join(PATIENCE_S)
        bell.close()
    assert not working.is_alive()


def arrives(folder: Path, count: int) -> bool:
    for _ in range(PATIENCE_S * 20):
        if len(list(folder.glob("*.eml"))) == count:
            return True
        Event().wait(0.05)
    return False
