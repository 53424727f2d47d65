"""Workers are killed in the middle of reports, mails and archives: each is there in the end, once, and whole."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from evaluations import mailing
from evaluations.clock import now
from evaluations.database import connect, upgrade, writing
from evaluations.models import Export, ExportKind, ExportState, Mail, MailState, Person, Report, ReportState
from evaluations.photos.store import PhotoStore
from evaluations.reporting import exporting
from evaluations.reporting.exporting import Wanted
from shopper import queueing
from shopper.config import Config, read
from shopper.queueing.bell import BELL
from tests.builders import a_client_user, a_document
from tests.evaluations.reporting.visits import all_good, an_approved_visit
from tests.faults.length import SEED, rounds

KILLS = rounds(20, 200)
ROUND = 20
"""So many kills, and so many reports and mails, to one archive."""
PATIENCE_S = 60
LONGEST_PIECE_S = 0.25


class Workers:
    """Makes a worker, the real one in a process of its own, and kills it without a word."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._log = log.open("ab")
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker_nursery"],
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            bufsize=1,
        )
        self.running: int | None = None

    def start(self) -> None:
        """Start another one."""
        assert self._nursery.stdin is not None
        self._nursery.stdin.write("a worker\n")
        self.running = int(self._hears())

    def kill(self) -> None:
        """Kill the worker alone; what it had forked ends by itself."""
        if self.running is not None:
            os.kill(self.running, signal.SIGKILL)
            assert self._hears() == "ended\n"
            self.running = None

    def _hears(self) -> str:
        assert self._nursery.stdout is not None
        line = self._nursery.stdout.readline()
        assert line, "no worker was made; see worker.log"
        return line

    def close(self) -> None:
        """Leave nothing running and nothing open."""
        self.kill()
        for pipe in (self._nursery.stdin, self._nursery.stdout):
            assert pipe is not None
            pipe.close()
        self._nursery.wait()
        self._log.close()


@pytest.fixture
def installation(tmp_path: Path, empty_database_url: str) -> Config:
    """On PostgreSQL workers are told by procrastinate, else they look by themselves."""
    is_several = empty_database_url.startswith("postgresql")
    queue = "procrastinate" if is_several else "polling"
    given = {
        "SHOPPER_INSTANCE": str(tmp_path),
        "SHOPPER_DATABASE": empty_database_url,
        "SHOPPER_QUEUE": queue,
    }
    return read(given)


@pytest.fixture
def engine(installation: Config) -> Iterator[Engine]:
    engine = connect(installation.database_url)
    upgrade(engine)
    queueing.of(installation).prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def workers(installation: Config, engine: Engine) -> Iterator[Workers]:
    environment = {
        "SHOPPER_INSTANCE": str(installation.instance),
        "SHOPPER_DATABASE": installation.database_url,
        "SHOPPER_QUEUE": installation.queue,
    }
    made = Workers(environment, installation.instance / "worker.log")
    yield made
    made.close()


def owes(engine: Engine, config: Config) -> None:
    """A client's visits with their reports in one archive, and half as many mails."""
    document = a_document()
    with Session(writing(engine), info={BELL: queueing.of(config)}) as session:
        card, wave = None, None
        for _ in range(ROUND):
            card = an_approved_visit(
                session, PhotoStore(config.photos), document, all_good(document), comments={}, wave=wave
            )
            wave = card.evaluation.visit.wave
        assert wave is not None
        reader: Person = a_client_user(session, wave.programme.client)
        for number in range(ROUND // 2):
            mailing.owe(session, reader, subject=str(number), text="Hello\n", link=None, at=now())
        wanted = Wanted(language="en")
        exporting.ask(session, ExportKind.ARCHIVE, wanted, by=reader, file_name="all.zip", at=now())
        session.commit()


def done(engine: Engine) -> int:
    """How many reports and mails are done."""
    with Session(engine) as session:
        reports = select(func.count()).select_from(Report).where(Report.state == ReportState.READY)
        mails = select(func.count()).select_from(Mail).where(Mail.state == MailState.SENT)
        return (session.scalar(reports) or 0) + (session.scalar(mails) or 0)


def goes_on(engine: Engine, before: int) -> bool:
    """Whether more is done than before, or all."""
    return done(engine) > before or is_all_done(engine)


def is_at_it(engine: Engine) -> bool:
    """Whether a worker holds a claim, or there is nothing left to hold."""
    with Session(engine) as session:
        held = (
            select(Report.id).where(Report.state == ReportState.RENDERING, Report.claim.is_not(None)),
            select(Mail.id).where(Mail.state == MailState.SENDING),
            select(Export.id).where(Export.state == ExportState.MAKING),
        )
        holds = any(session.scalar(query.limit(1)) is not None for query in held)
    return holds or is_all_done(engine)


def is_all_done(engine: Engine) -> bool:
    with Session(engine) as session:
        left = select(func.count()).select_from(Export).where(Export.state != ExportState.READY)
        return session.scalar(left) == 0


def wait_until(condition: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < ends, what
        Event().wait(0.01)


def test_every_report_mail_and_archive_survives_every_kill_of_its_worker(
    installation: Config, engine: Engine, workers: Workers, tell
):
    draw = random.Random(SEED)
    for kill in range(KILLS):
        if kill % ROUND == 0:
            owes(engine, installation)
        workers.start()
        wait_until(partial(goes_on, engine, done(engine)), "nothing gets done any more")
        wait_until(partial(is_at_it, engine), "nobody takes anything up")
        Event().wait(draw.random() * LONGEST_PIECE_S)
        workers.kill()
        if kill % ROUND == ROUND - 1:
            workers.start()
            wait_until(partial(is_all_done, engine), "what was left is not done")
            workers.kill()
    assert_all_is_there_once(engine, installation)
    tell(kills=KILLS, seed=SEED, kind=installation.queue, again=_tried_again(engine))


def _tried_again(engine: Engine) -> int:
    """How many pieces a worker had taken up before the one that did them."""
    with Session(engine) as session:
        return sum(
            session.scalar(select(func.count()).select_from(model).where(model.attempts > 1)) or 0
            for model in (Report, Mail, Export)
        )


def assert_all_is_there_once(engine: Engine, config: Config) -> None:
    with Session(engine) as session:
        reports = session.scalars(select(Report)).all()
        assert {report.state for report in reports} == {ReportState.READY}
        hashes = {report.sha256: report.byte_count for report in reports}
        assert len(hashes) == len(reports), "two reports are one file"
        for path in config.reports.glob("*/*.pdf"):
            body = path.read_bytes()
            assert hashlib.sha256(body).hexdigest() == path.stem
            assert body.rstrip().endswith(b"%%EOF")
        names = {path.stem for path in config.reports.glob("*/*.pdf")}
        assert names == set(hashes), "a report is missing, or is there twice"
        mails = {f"{mail.id}.eml" for mail in session.scalars(select(Mail))}
        assert mails == {path.name for path in config.mail.iterdir() if not path.name.startswith(".")}
        for export in session.scalars(select(Export)):
            with zipfile.ZipFile(config.exports / (export.sha256 or "")) as archive:
                assert archive.testzip() is None
                assert len([name for name in archive.namelist() if name.endswith(".pdf")]) == export.total
