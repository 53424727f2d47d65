"""`shopper check`: whether libraries, database, storage and worker are in order."""

from __future__ import annotations

import importlib
import os
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from evaluations.database import connect, is_current
from evaluations.models import Report, ReportState
from shopper.config import Config

OVERDUE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and how it stands."""

    subject: str
    is_fine: bool
    sentence: str


def look(config: Config, at: datetime) -> list[Finding]:
    """Everything that can be wrong with an installation, looked at now."""
    return [
        _pdf_library(),
        _subsetting(),
        storage("photos", config.photos),
        storage("reports", config.reports),
        *_database(config, at),
    ]


def _pdf_library() -> Finding:
    try:
        version = importlib.import_module("weasyprint").__version__
    except OSError as error:
        return Finding(
            "PDF library", False, f"{error}. Install libpango-1.0-0 and libpangoft2-1.0-0, or run `make run`."
        )
    return Finding("PDF library", True, f"WeasyPrint {version} loads")


def _subsetting() -> Finding:
    try:
        found = importlib.import_module("weasyprint.text.ffi").harfbuzz_subset is not None
    except OSError:
        found = False
    if found:
        return Finding("font subsetting", True, "libharfbuzz-subset is found")
    return Finding(
        "font subsetting",
        False,
        "libharfbuzz-subset0 is missing: every report takes twice as long; install it.",
    )


def storage(name: str, folder: Path) -> Finding:
    """Whether a folder takes a file and keeps it."""
    probe = folder / f".check-{uuid.uuid4().hex}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with probe.open("wb") as file:
            file.write(b"durable")
            file.flush()
            os.fsync(file.fileno())
        probe.unlink()
    except OSError as error:
        return Finding(name, False, f"{folder} cannot be written: {error.strerror}.")
    return Finding(name, True, f"{folder} can be written")


def _database(config: Config, at: datetime) -> list[Finding]:
    engine = connect(config.database_url)
    where = engine.url.render_as_string(hide_password=True)
    try:
        if not is_current(engine):
            return [Finding("database", False, f"{where} has older tables; run `shopper upgrade`.")]
        with Session(engine) as session:
            return [Finding("database", True, f"{where} answers and is up to date"), _worker(session, at)]
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        return [Finding("database", False, f"{where} does not answer: {reason}.")]
    finally:
        engine.dispose()


def _worker(session: Session, at: datetime) -> Finding:
    waiting = session.scalar(
        select(func.count())
        .select_from(Report)
        .where(Report.state.in_((ReportState.OWED, ReportState.RENDERING)), Report.owed_at < at - OVERDUE)
    )
    if waiting:
        return Finding(
            "worker", False, f"{waiting} reports have waited for over 5 minutes; start `shopper worker`."
        )
    return Finding("worker", True, "no report waits for it")
