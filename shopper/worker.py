"""The worker: renders the reports that are owed, one at a time, until told to stop.

The database says what is owed. A worker that is killed leaves a claim that runs out, and the next
worker takes the report up; nothing is lost and nothing is rendered twice at once.
"""

from __future__ import annotations

import logging
import signal
import time
import traceback
from dataclasses import dataclass
from threading import Event
from types import FrameType
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import connect, writing
from evaluations.models import Report
from evaluations.photos.store import PhotoStore
from evaluations.reporting import owing, pdf
from evaluations.reporting.store import ReportStore
from shopper import reports
from shopper.config import Config
from shopper.operating import logs

LOOK_AGAIN_S = 2.0
AFTER_TROUBLE_S = 10.0
log = logging.getLogger(__name__)


def run(config: Config) -> None:
    """Work for this installation until SIGTERM or SIGINT."""
    logs.speak()
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    stop = Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    if not pdf.can_subset_fonts():
        log.warning("libharfbuzz-subset0 is missing: every report takes nearly twice as long; install it.")
    pdf.settle()
    engine = connect(config.database_url)
    try:
        Worker(engine, PhotoStore(config.photos), ReportStore(config.reports)).work(stop)
    finally:
        engine.dispose()


@dataclass(frozen=True, slots=True)
class Job:
    """A report that this worker holds the claim on."""

    report_id: UUID
    token: UUID
    attempt: int


class Worker:
    """Claims, renders, stores and finishes, each in its own transaction; no lock is held while rendering."""

    def __init__(self, engine: Engine, photos: PhotoStore, reports: ReportStore) -> None:
        self.engine = engine
        self.photos = photos
        self.reports = reports

    def work(self, stop: Event) -> None:
        """Render whatever is owed; look again every few seconds. `stop` ends it after the report in hand."""
        while not stop.is_set():
            try:
                pause = 0.0 if self.render_next() else LOOK_AGAIN_S
            except SQLAlchemyError:
                log.exception("The database does not answer; trying again.")
                pause = AFTER_TROUBLE_S
            stop.wait(pause)

    def render_next(self) -> bool:
        """Render one report that is owed; False when there is none."""
        job = self._claim()
        if job is None:
            return False
        started = time.monotonic()
        try:
            body = self._render(job)
            sha256 = self.reports.put(body)
        except (OperationalError, InterfaceError):
            raise  # without a database there is nowhere to note it; the claim runs out by itself
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one report, the others go on
            self._fail(job, error)
        else:
            self._finish(job, sha256, len(body), time.monotonic() - started)
        return True

    def _claim(self) -> Job | None:
        with Session(self.engine) as session:
            if not owing.is_waiting(session, at=now()):
                return None
        token = uuid4()
        with Session(writing(self.engine)) as session, session.begin():
            report = owing.claim(session, token, at=now())
            return Job(report.id, token, report.attempts) if report else None

    def _render(self, job: Job) -> bytes:
        with Session(self.engine) as session:
            report = session.get_one(Report, job.report_id)
            return reports.render(session, self.photos, report.scorecard, report.language)

    def _finish(self, job: Job, sha256: str, byte_count: int, seconds: float) -> None:
        with Session(writing(self.engine)) as session, session.begin():
            held = owing.finish(
                session, job.report_id, job.token, sha256=sha256, byte_count=byte_count, at=now()
            )
        outcome = "ready" if held else "ready, but another worker had taken it up"
        logs.tell(
            "report", outcome=outcome, attempt=job.attempt, kb=byte_count // 1000, ms=round(seconds * 1000)
        )

    def _fail(self, job: Job, error: Exception) -> None:
        told = "".join(traceback.format_exception_only(error)).strip()
        with Session(writing(self.engine)) as session, session.begin():
            owing.fail(session, job.report_id, job.token, told, at=now())
        what = logs.failure(
            type(error), error.__traceback__
        )  # the row tells the rest to those who may read it
        logs.tell("report", level=logging.ERROR, outcome="failed", attempt=job.attempt, **what)
