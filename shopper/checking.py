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

from evaluations import mailing
from evaluations.database import connect, is_current
from evaluations.models import Report, ReportState
from evaluations.reporting import exporting, owing
from shopper.config import Config
from shopper.mail.posting import Server

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
        _mail(config),
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
            return [
                Finding("database", True, f"{where} answers and is up to date"),
                _worker(session, at),
                _failures(session),
            ]
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        return [Finding("database", False, f"{where} does not answer: {reason}.")]
    finally:
        engine.dispose()


def _worker(session: Session, at: datetime) -> Finding:
    since = at - OVERDUE
    waiting = {
        "reports": owing.LEASING.overdue(session, since=since),
        "files": exporting.LEASING.overdue(session, since=since),
        "mails": mailing.LEASING.overdue(session, since=since),
    }
    late = " and ".join(f"{count} {name}" for name, count in waiting.items() if count)
    if late:
        return Finding("worker", False, f"{late} have waited for over 5 minutes; start `shopper worker`.")
    return Finding("worker", True, "no report, no file and no mail waits for it")


def _mail(config: Config) -> Finding:
    if config.smtp is None:
        return Finding("mail", True, f"no server is set; mail is kept in {config.mail}")
    server = Server.named(config.smtp)
    return Finding("mail", True, f"goes to {server.host}:{server.port} as {config.mail_from}")


def _failures(session: Session) -> Finding:
    failed = session.scalar(
        select(func.count()).select_from(Report).where(Report.state == ReportState.FAILED)
    )
    if failed:
        return Finding(
            "reports",
            False,
            f"{failed} could not be rendered; the worker's log says why, and asking again retries.",
        )
    return Finding("reports", True, "none has failed")
