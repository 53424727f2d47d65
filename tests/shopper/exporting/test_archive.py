"""An archive holds every PDF once, whole, under a name that says what it is, and a list of them."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from evaluations.database import writing
from evaluations.models import (
    Evaluation,
    EvaluationState,
    ExportKind,
    ExportState,
    Location,
    Report,
    ReportState,
)
from shopper.worker import Worker
from tests.shopper.exporting.asked import a_worker, asked, made, visits_of_a_client


@pytest.fixture
def worker(engine: Engine, tmp_path: Path) -> Worker:
    return a_worker(engine, tmp_path)


def opened(worker: Worker, sha256: str | None) -> dict[str, bytes]:
    with zipfile.ZipFile(worker.stores.exports.open(sha256 or "")) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_pdf_is_in_it_once_under_a_name_of_its_own_and_listed(engine: Engine, worker: Worker):
    reader = visits_of_a_client(engine, worker, location={"name": "Calle/Mayor: 1"})
    export = made(engine, worker, asked(engine, reader, ExportKind.ARCHIVE))
    assert (export.state, export.done, export.total) == (ExportState.READY, 2, 2)
    entries = opened(worker, export.sha256)
    listed = list(csv.reader(io.StringIO(entries.pop("Contents.csv").decode("utf-8-sig"))))
    first, second = sorted(entries)
    assert first.startswith("2026-03-14 Calle Mayor 1 (S")
    assert first.endswith(" edition 1 (2).pdf")
    assert second == first.replace(" (2).pdf", ".pdf")
    with Session(engine) as session:
        hashes = {report.sha256 for report in session.scalars(select(Report))}
    assert {worker.stores.reports.put(body) for body in entries.values()} == hashes
    assert {(row[0], row[-1]) for row in listed[1:]} == {
        (name, worker.stores.reports.put(body)) for name, body in entries.items()
    }


def test_a_pdf_that_could_not_be_made_is_missing_and_said_so(engine: Engine, worker: Worker):
    reader = visits_of_a_client(engine, worker, location={"name": "=1+1"})
    export = asked(engine, reader, ExportKind.ARCHIVE, "es")
    with Session(writing(engine)) as session, session.begin():
        assert session.scalars(select(Location.name)).one() == "=1+1"
        session.scalars(select(Report).order_by(Report.id).limit(1)).one().state = ReportState.FAILED
    entries = opened(worker, made(engine, worker, export).sha256)
    rows = list(csv.reader(io.StringIO(entries["Contenido.csv"].decode("utf-8-sig"))))
    assert len(entries) == 2
    assert [row[0] for row in rows[1:]].count("Este PDF no se pudo crear.") == 1
    assert {row[1] for row in rows[1:]} == {"'=1+1"}


@pytest.mark.parametrize("year", [1970, 2108, 9998])
def test_a_visit_by_a_clock_that_no_archive_can_say_is_in_it_all_the_same(
    engine: Engine, worker: Worker, year: int
):
    reader = visits_of_a_client(engine, worker, visits=1)
    with Session(writing(engine)) as session, session.begin():
        session.scalars(select(Evaluation)).one().visited_at = datetime(year, 6, 1, 12, tzinfo=UTC)
    export = made(engine, worker, asked(engine, reader, ExportKind.ARCHIVE))
    assert export.state is ExportState.READY
    assert any(name.startswith(f"{year}-06-01 ") for name in opened(worker, export.sha256))


def test_what_was_withdrawn_before_it_is_made_is_left_out_and_counted(engine: Engine, worker: Worker):
    reader = visits_of_a_client(engine, worker, visits=3)
    export = asked(engine, reader, ExportKind.ARCHIVE)
    with Session(writing(engine)) as session, session.begin():
        session.scalars(
            select(Evaluation).order_by(Evaluation.id).limit(1)
        ).one().state = EvaluationState.WITHDRAWN
    export = made(engine, worker, export)
    assert (export.state, export.total, export.left_out) == (ExportState.READY, 2, 1)
    assert len(opened(worker, export.sha256)) == 3


def test_while_it_is_made_there_is_only_a_draft_and_a_failure_leaves_none(engine: Engine, worker: Worker):
    reader = visits_of_a_client(engine, worker, visits=1)
    export = asked(engine, reader, ExportKind.ARCHIVE)
    with Session(writing(engine)) as session, session.begin():
        session.get_one(type(export), export.id).parameters = "{}"
    assert made(engine, worker, export).state is ExportState.OWED
    assert list(worker.stores.exports.root.glob("*")) == []
