"""The worker: sends the mail and renders the reports that are owed, one at a time, until told to stop.

Every few minutes it also closes what was asked after visits and nobody answered.

The database says what is owed. A worker that is killed leaves a claim that runs out, and the next
worker takes the work up; nothing is lost and nothing is done twice at once.
"""

from __future__ import annotations

import logging
import signal
import sys
import time
from threading import Event
from types import FrameType
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from evaluations import mailing
from evaluations.clock import now
from evaluations.database import connect, writing
from evaluations.models import Mail, Report
from evaluations.photos.store import PhotoStore
from evaluations.reporting import owing, pdf
from evaluations.reporting.store import ReportStore
from evaluations.reviewing import follow_ups
from shopper import reports
from shopper.config import Config
from shopper.mail.posting import Post, post_to
from shopper.working import Desk

LOOK_AGAIN_S = 2.0
SWEEP_S = 600.0
AFTER_TROUBLE_S = 10.0
log = logging.getLogger(__name__)


def run(config: Config) -> None:
    """Work for this installation until SIGTERM or SIGINT."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(message)s")
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
        post = post_to(config.smtp, config.mail_from, config.mail)
        Worker(engine, PhotoStore(config.photos), ReportStore(config.reports), post).work(stop)
    finally:
        engine.dispose()


class Worker:
    """Sends the mail and renders the reports that are owed, one piece at a time."""

    def __init__(self, engine: Engine, photos: PhotoStore, reports: ReportStore, post: Post) -> None:
        self.photos = photos
        self.reports = reports
        self.post = post
        self._mail = Desk(engine, "mail", mailing.LEASING, self._send, _without_link)
        self._reports = Desk(engine, "report", owing.LEASING, self._render)
        self._engine = engine
        self._swept_at = -SWEEP_S

    def work(self, stop: Event) -> None:
        """Do whatever is owed; look again every few seconds. `stop` ends it after the piece in hand."""
        while not stop.is_set():
            try:
                self.sweep_at_times()
                pause = 0.0 if self.send_next() or self.render_next() else LOOK_AGAIN_S
            except SQLAlchemyError:
                log.exception("The database does not answer; trying again.")
                pause = AFTER_TROUBLE_S
            stop.wait(pause)

    def sweep_at_times(self) -> None:
        """Sweep, unless that was done a few minutes ago."""
        if time.monotonic() - self._swept_at >= SWEEP_S:
            self.sweep()
            self._swept_at = time.monotonic()

    def sweep(self) -> int:
        """Close the follow-ups that nobody answered until the end of their grace; how many it was."""
        with Session(self._engine) as session:
            if not follow_ups.is_any_forgotten(session, at=now()):
                return 0
        with Session(writing(self._engine)) as session, session.begin():
            closed = follow_ups.close_forgotten(session, at=now())
        log.info("%d follow-ups closed as not observed", closed)
        return closed

    def send_next(self) -> bool:
        """Send one mail that is owed; False when there is none."""
        return self._mail.do_next()

    def render_next(self) -> bool:
        """Render one report that is owed; False when there is none."""
        return self._reports.do_next()

    def _send(self, _session: Session, mail: Mail) -> dict[str, Any]:
        self.post.send(mail)
        return {}

    def _render(self, session: Session, report: Report) -> dict[str, Any]:
        body = reports.render(session, self.photos, report.scorecard, report.language)
        return {"sha256": self.reports.put(body), "byte_count": len(body)}


def _without_link(mail: Mail, error: str) -> str:
    """Mail servers quote what they refuse; the link in it is nobody else's."""
    return error.replace(mail.link, "(link)") if mail.link else error
