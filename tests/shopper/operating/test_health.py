"""The health address tells whoever watches how the installation is, and nothing about anybody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import connect, writing
from evaluations.models import Report, ReportState
from shopper.app import create_app
from shopper.config import Config
from shopper.operating.health import Watch
from tests.shopper.browsing import Visitor
from tests.shopper.operating.conftest import fill

FINE = {"status": "ok", "database": "current", "storage": "writable", "oldest_owed_report_s": None}


def asked(app: Flask) -> tuple[int, dict[str, object]]:
    answer = app.test_client().get("/health")
    return answer.status_code, answer.get_json()


def test_a_database_that_does_not_answer_is_told(tmp_path: Path):
    url = "postgresql://nobody@localhost:1/none"
    app = create_app(Config(instance=tmp_path, database_url=url, secret="s"))
    assert asked(app) == (503, FINE | {"status": "failing", "database": "unreachable"})


def test_tables_of_another_version_are_told(app: Flask, engine: Engine):
    with writing(engine).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert asked(app) == (503, FINE | {"status": "failing", "database": "not this version's"})


def test_an_empty_database_is_told(empty_database_url: str, tmp_path: Path):
    engine = connect(empty_database_url)
    app = create_app(Config(instance=tmp_path, database_url=empty_database_url, secret="s"), engine)
    assert asked(app)[0] == 503
    engine.dispose()


@pytest.mark.parametrize("folder", ["photos", "reports"])
def test_storage_that_cannot_be_written_is_told(app: Flask, tmp_path: Path, folder: str):
    (tmp_path / folder).write_text("a file stands where the folder should be")
    assert asked(app) == (503, FINE | {"status": "failing", "storage": "not writable"})


def test_a_report_that_waits_too_long_is_told_while_all_else_works(
    engine: Engine, database_url: str, tmp_path: Path
):
    config = Config(instance=tmp_path, database_url=database_url, secret="s")
    with Session(writing(engine)) as session:
        fill(session, config)
        report = session.query(Report).filter_by(state=ReportState.OWED).one()
        report.owed_at = now() - timedelta(minutes=7)
        session.commit()
    status, told = asked(create_app(config, engine))
    assert (status, told["status"]) == (200, "late")
    assert told["oldest_owed_report_s"] in range(420, 480)


def test_a_sound_installation_is_fine(app: Flask):
    assert asked(app) == (200, FINE)


def test_health_needs_no_session_and_gives_none(app: Flask, visitor: Visitor):
    answer = visitor.get("/health", headers={"Cookie": "shopper=forged; other=1"})
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_it_looks_only_now_and_then_however_often_it_is_asked(app: Flask, engine: Engine, tmp_path: Path):
    watch: Watch = app.extensions["health"]
    assert watch.look(now())[1] == 200
    (tmp_path / "photos").rmdir()
    (tmp_path / "photos").write_text("in the way")
    assert watch.look(now())[1] == 200
    watch._looked -= 3600
    assert watch.look(now())[1] == 503
