"""The worker renders what is owed, survives what goes wrong, and stops when told."""

import logging
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from threading import Event
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import writing
from evaluations.models import Report, ReportState
from evaluations.reporting import owing
from shopper.config import Config
from shopper.mail.posting import FolderPost
from shopper.queueing.polling import Polling
from shopper.worker import Stores, Worker
from tests.builders import a_document
from tests.evaluations.later import handed_in
from tests.evaluations.reporting.visits import all_good, an_approved_visit

PATIENCE_S = 30


@pytest.fixture
def worker(engine: Engine, tmp_path: Path) -> Worker:
    post = FolderPost(tmp_path / "mail", "Shopper <shopper@localhost>")
    return Worker(engine, Stores.of(Config(tmp_path, "", "")), post, address="http://localhost")


@pytest.fixture
def owed(engine: Engine, worker: Worker) -> UUID:
    with Session(writing(engine)) as session:
        document = a_document()
        card = an_approved_visit(session, worker.stores.photos, document, all_good(document), comments={})
        report_id = owing.owe(session, card, "en", at=now() - timedelta(hours=1)).id
        session.commit()
    return report_id


def look(engine: Engine, report_id: UUID) -> Report:
    with Session(engine) as session:
        return session.get_one(Report, report_id)


def test_without_anything_owed_it_rests(worker: Worker) -> None:
    assert not worker.render_next()


def test_what_nobody_answered_after_a_visit_is_closed_when_its_grace_is_over(
    worker: Worker, engine: Engine
) -> None:
    assert worker.sweep() == 0
    with Session(writing(engine)) as session:
        handed_in(session)  # in March 2026
        session.commit()
    assert (worker.sweep(), worker.sweep()) == (2, 0)


def test_an_owed_report_becomes_a_file_and_then_ready(worker: Worker, engine: Engine, owed: UUID) -> None:
    assert worker.render_next()
    report = look(engine, owed)
    assert (report.state, report.attempts, report.error) == (ReportState.READY, 1, "")
    body = worker.stores.reports.open(report.sha256 or "").read_bytes()
    assert body.startswith(b"%PDF-")
    assert len(body) == report.byte_count
    assert not worker.render_next()


def test_a_failing_report_keeps_its_error_and_never_stops_the_others(
    worker: Worker, engine: Engine, owed: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    with Session(writing(engine)) as session:
        broken = session.get_one(Report, owed)
        broken.scorecard.card = "{}"
        document = a_document()
        card = an_approved_visit(session, worker.stores.photos, document, all_good(document), comments={})
        other = owing.owe(session, card, "en", at=now()).id
        session.commit()
    with caplog.at_level(logging.ERROR):
        assert worker.render_next()
    assert worker.render_next()
    assert not worker.render_next()
    assert look(engine, other).state is ReportState.READY
    report = look(engine, owed)
    assert (report.state, report.attempts) == (ReportState.OWED, 1)
    assert "KeyError" in report.error
    assert f"report {owed} failed at attempt 1" in caplog.text


def test_what_a_killed_worker_had_claimed_is_rendered_by_the_next(
    worker: Worker, engine: Engine, owed: UUID
) -> None:
    with Session(writing(engine)) as session:
        assert owing.claim(session, uuid4(), at=now() - owing.LEASE) is not None
        session.commit()
    assert worker.render_next()
    report = look(engine, owed)
    assert (report.state, report.attempts) == (ReportState.READY, 2)


def test_told_to_stop_it_takes_up_nothing_more(worker: Worker, engine: Engine, owed: UUID) -> None:
    stop = Event()
    stop.set()
    worker.work(stop, Polling())
    assert look(engine, owed).state is ReportState.OWED


def test_a_worker_process_renders_and_ends_at_once_when_asked(
    database_url: str, engine: Engine, owed: UUID, tmp_path: Path
) -> None:
    environment = {**os.environ, "SHOPPER_INSTANCE": str(tmp_path), "SHOPPER_DATABASE": database_url}
    process = subprocess.Popen([sys.executable, "-m", "shopper.cli", "worker"], env=environment)
    try:
        deadline = time.monotonic() + PATIENCE_S
        while look(engine, owed).state is not ReportState.READY and time.monotonic() < deadline:
            Event().wait(0.05)
        assert look(engine, owed).state is ReportState.READY
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
    finally:
        process.kill()
        process.wait()
