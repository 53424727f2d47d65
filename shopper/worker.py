"""The worker: does what is owed, one piece at a time, until told to stop: mail, reports, and exports.

Every few minutes it also closes what was asked after visits and nobody answered, and lets go of what expired.

The database says what is owed. A worker that is killed leaves a claim that runs out, and the next
worker takes the work up; nothing is lost and nothing is done twice at once.
"""

from __future__ import annotations

import logging
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from threading import Event
from types import FrameType
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from evaluations import mailing
from evaluations.clock import now
from evaluations.database import connect, writing
from evaluations.models import Mail, Report
from evaluations.photos.store import PhotoStore
from evaluations.reporting import exporting, owing, pdf
from evaluations.reporting.store import ExportStore, ReportStore
from evaluations.reviewing import follow_ups
from shopper import queueing, reports
from shopper.config import Config
from shopper.exporting.ways import Maker
from shopper.forked import Forked, Limits
from shopper.mail import telling
from shopper.mail.posting import Post, post_to
from shopper.queueing.bell import Bell
from shopper.working import Desk, Tell

SWEEP_S = 600.0
AFTER_TROUBLE_S = 10.0
DRAFTS_LAST_S = 86_400.0
"""How long a half-made file may lie about: its worker has ended long before."""
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
    engine, bell = connect(config.database_url), queueing.of(config)
    bell.prepare(engine)
    engine.dispose()
    bell.open()
    post = post_to(config.smtp, config.mail_from, config.mail)
    worker = Worker(engine, Stores.of(config), post, address=config.reached_at, limits=Limits())
    try:
        worker.work(stop, bell)
    finally:
        worker.close()
        bell.close()
        engine.dispose()


@dataclass(frozen=True, slots=True)
class Stores:
    """Where an installation keeps its files."""

    photos: PhotoStore
    reports: ReportStore
    exports: ExportStore

    @classmethod
    def of(cls, config: Config) -> Stores:
        """Those of one installation."""
        return cls(PhotoStore(config.photos), ReportStore(config.reports), ExportStore(config.exports))


class Worker:
    """Does what is owed, one piece at a time; with `limits` what it makes is made in a child that keeps to them."""

    def __init__(
        self, engine: Engine, stores: Stores, post: Post, *, address: str, limits: Limits | None = None
    ) -> None:
        self.stores = stores
        self.post = post
        self.address = address
        self._engine = engine
        self._maker = Maker(stores.photos, stores.reports, stores.exports, address)
        self._child = Forked(engine, self._perform, limits) if limits else None
        self._mail = Desk(engine, "mail", mailing.LEASING, self._send, _without_link)
        self._reports = Desk(engine, "report", owing.LEASING, partial(self._make, "report"))
        self._exports = Desk(
            engine,
            "export",
            exporting.LEASING,
            partial(self._make, "export"),
            and_then=exporting.drop_what_is_not_theirs,
        )
        self._swept_at = -SWEEP_S

    def work(self, stop: Event, bell: Bell) -> None:
        """Do whatever is owed, and look again when it is time to. `stop` ends it after the piece in hand."""
        while not stop.is_set():
            try:
                self.sweep_at_times()
                if not self.do_next():
                    bell.wait(stop)
            except SQLAlchemyError:
                log.exception("The database does not answer; trying again.")
                stop.wait(AFTER_TROUBLE_S)

    def close(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.close()

    def sweep_at_times(self) -> None:
        """Sweep, unless that was done a few minutes ago."""
        if time.monotonic() - self._swept_at >= SWEEP_S:
            self.sweep()
            self.let_go()
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

    def let_go(self) -> int:
        """Let exports expire that were kept long enough, and remove the files of none; how many those were."""
        with Session(writing(self._engine)) as session, session.begin():
            exporting.expire(session, at=now())
        with Session(self._engine) as session:
            kept = exporting.kept(session)
        return self.stores.exports.sweep(kept, before=time.time() - DRAFTS_LAST_S)

    def do_next(self) -> bool:
        """Do one piece of whatever is owed, what somebody waits for before the rest; False when there is none."""
        return self.write_next() or self.send_next() or self.export_next() or self.render_next()

    def write_next(self) -> bool:
        """Write the mails to one of the client's people about what is new; False when there is nobody to tell."""
        return telling.tell_next(self._engine, address=self.address, at=now())

    def send_next(self) -> bool:
        """Send one mail that is owed; False when there is none."""
        return self._mail.do_next()

    def render_next(self) -> bool:
        """Render one report that is owed; False when there is none."""
        return self._reports.do_next()

    def export_next(self) -> bool:
        """Make one export that is owed and whose parts are there; False when there is none."""
        return self._exports.do_next()

    def _send(self, mail_id: UUID, _tell: Tell) -> Mapping[str, Any]:
        with Session(self._engine) as session:
            self.post.send(session.get_one(Mail, mail_id))
        return {}

    def _make(self, name: str, work_id: UUID, tell: Tell) -> Mapping[str, Any]:
        if self._child is not None:
            return self._child.ask(name, work_id, tell)
        return self._perform(name, work_id, tell)

    def _perform(self, name: str, work_id: UUID, tell: Callable[[int], None]) -> Mapping[str, Any]:
        with Session(self._engine) as session:
            if name == "export":
                return self._maker.make(session, work_id, tell)
            report = session.get_one(Report, work_id)
            body = reports.render(
                session, self.stores.photos, report.scorecard, report.language, address=self.address
            )
        return {"sha256": self.stores.reports.put(body), "byte_count": len(body)}


def _without_link(mail: Mail, error: str) -> str:
    """Mail servers quote what they refuse; the link in it is nobody else's."""
    return error.replace(mail.link, "(link)") if mail.link else error
