"""An installation with something of everything in it, and an empty one beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import writing
from evaluations.fieldwork.found import keeping
from evaluations.models import Report, ReportState
from evaluations.photos import intake
from evaluations.photos.store import PhotoStore
from evaluations.reporting import owing
from evaluations.reporting.store import ReportStore
from shopper.cli import main
from shopper.config import Config, read
from tests.builders import a_client, a_document, a_question, a_shopper, kept
from tests.evaluations.photos.pictures import a_jpeg
from tests.evaluations.reporting.visits import all_good, an_approved_visit

Command = Callable[..., Result]


@pytest.fixture
def used(tmp_path: Path, database_url: str, engine: Engine) -> Config:
    """An installation with an approved visit, its photos, and a report."""
    config = read({"SHOPPER_INSTANCE": str(tmp_path / "used"), "SHOPPER_DATABASE": database_url})
    with Session(writing(engine)) as session:
        fill(session, config)
        session.commit()
    return config


def fill(session: Session, config: Config) -> None:
    """Put a client with nested areas, an approved visit with photos, a rendered report and a found photo in."""
    document, store = a_document(a_question(), a_question("seen")), PhotoStore(config.photos)
    card = an_approved_visit(session, store, document, all_good(document), comments={}, photos={"seen": 2})
    prepared = intake.prepare(store, a_jpeg(50, 40), "image/jpeg")
    keeping.record_photo(session, uuid4(), uuid4(), prepared, by=a_shopper(session), at=now())
    report: Report = owing.owe(session, card, "en", at=now())
    report.sha256 = ReportStore(config.reports).put(b"%PDF-1.7 a report")
    report.state, report.byte_count = ReportState.READY, 17
    a_client(session, name="Ünïcode \\ tab\there, 'quotes' and \N{SNOWMAN}")
    kept(session, owing.owe(session, card, "es", at=now()))


@pytest.fixture
def fresh(tmp_path: Path, empty_database_url: str) -> Config:
    """An installation without anything."""
    return read({"SHOPPER_INSTANCE": str(tmp_path / "fresh"), "SHOPPER_DATABASE": empty_database_url})


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """Gives a command to an installation, as its owner does."""

    def run(config: Config, *words: str) -> Result:
        monkeypatch.setenv("SHOPPER_INSTANCE", str(config.instance))
        monkeypatch.setenv("SHOPPER_DATABASE", config.database_url)
        result = CliRunner().invoke(main, list(words))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run


def refused(result: Result, *parts: str) -> None:
    """Check that a command ended with one sentence that says these things."""
    assert result.exit_code == 1, result.output
    assert len(result.output.strip().splitlines()) == 1, result.output
    assert result.output.startswith("Error: ")
    for part in parts:
        assert part in result.output
