"""Several machines: procrastinate carries "look now" over PostgreSQL to the workers of all hosts.

It keeps its tables in a schema of its own, which may be dropped at any time: what is owed is in our rows. A job is
done when its worker has done all that was owed; that of a worker that was killed is found stalled and given on.
"""

from __future__ import annotations

import asyncio
import ctypes
import importlib.metadata
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from threading import Event, Lock

import procrastinate
from procrastinate.schema import SchemaManager
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from evaluations.database import writing

SCHEMA = "procrastinate"
QUEUE = "shopper"
LOOK = "look"
EVERY_MINUTE = "* * * * *"
MOST_TOLD = 8
"""More workers than these are not told of one transaction's work at once; whoever is told does all that is owed."""
LOOK_ANYWAY_S = 30.0
HEARTBEAT_S = 5.0
STALLED_AFTER_S = 15.0
SLICE_S = 0.5
LOCK = 0x5408_9E12
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux
log = logging.getLogger(__name__)


class Procrastinate:
    """The queue, as whoever owes something and as a worker."""

    def __init__(self, database_url: str, look_anyway_s: float = LOOK_ANYWAY_S) -> None:
        self._address = make_url(database_url).set(drivername="postgresql").render_as_string(False)
        self._look_anyway_s = look_anyway_s
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
        self._look = self._app.configure_task(LOOK, queue=QUEUE)
        self._line: Connection | None = None
        self._listener: int | None = None
        self._was_told = False

    def prepare(self, engine: Engine) -> None:
        """Its tables, in a schema of their own; those of another version are replaced, with what is queued."""
        version = importlib.metadata.version("procrastinate")
        with writing(engine).begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            known = connection.scalar(
                text("SELECT obj_description(to_regnamespace(:schema), 'pg_namespace')"), {"schema": SCHEMA}
            )
            if known == version:
                return
            raw = connection.connection.driver_connection
            assert raw is not None  # noqa: S101
            raw.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
            raw.execute(f"SET LOCAL search_path TO {SCHEMA}, public")
            raw.execute(SchemaManager.get_schema())
            raw.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{version}'")

    def ring(self, session: Session, pieces: int) -> None:
        """Queue as many jobs as workers can be of use, on the very connection of `session`."""
        raw = session.connection().connection.driver_connection
        assert raw is not None  # noqa: S101
        raw.execute(f"SET LOCAL search_path TO public, {SCHEMA}")
        jobs = self._app.configure_task(LOOK, queue=QUEUE, connection=raw)
        jobs.batch_defer(*({} for _ in range(min(pieces, MOST_TOLD))))

    def open(self) -> None:
        """Fork the process that listens: a worker itself has one thread, and is busy while it works."""
        self._line, theirs = Pipe()
        parent = os.getpid()
        self._listener = os.fork()
        if self._listener == 0:
            self._line.close()
            _be_the_listener(self._address, theirs, parent)
        theirs.close()
        self._was_told = False

    def wait(self, stop: Event) -> None:
        """Answer whoever told us, now that all is done; then wait until told again."""
        try:
            if self._was_told and self._line is not None:
                self._line.send_bytes(b"done")
            self._was_told = self._is_told(stop)
        except (EOFError, OSError):
            log.warning("The process that listens to the queue has ended; starting another.")
            self.close()
            stop.wait(SLICE_S)
            self.open()

    def _is_told(self, stop: Event) -> bool:
        ends = time.monotonic() + self._look_anyway_s
        while self._line is not None and not stop.is_set() and time.monotonic() < ends:
            if self._line.poll(SLICE_S):
                return bool(self._line.recv_bytes())
        return False

    def close(self) -> None:
        """End the process that listens."""
        if self._listener is None or self._line is None:
            return
        self._line.close()
        os.kill(self._listener, signal.SIGKILL)  # its job, if it has one, stalls and is given to another
        os.waitpid(self._listener, 0)
        self._listener = self._line = None


def _be_the_listener(address: str, line: Connection, parent: int) -> None:
    """Never returns."""
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # the worker ends us when it is done
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        if os.getppid() == parent:
            asyncio.run(_listen(address, _asker(line)))
    except BaseException:
        log.exception("the process that listens ended")
    finally:
        os._exit(1)


def _asker(line: Connection) -> Callable[[], None]:
    turn = Lock()

    def ask() -> None:
        """Have the worker look, and wait until it has done all that was owed."""
        with turn:
            line.send_bytes(b"look")
            line.recv_bytes()

    return ask


async def _listen(address: str, ask: Callable[[], None]) -> None:
    path = {"options": f"-c search_path={SCHEMA},public"}
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=address, kwargs=path))

    @app.task(name=LOOK, queue=QUEUE)
    async def look() -> None:
        await asyncio.to_thread(ask)

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name="give_stalled_jobs_to_others", queue=QUEUE)
    async def give_on(timestamp: int) -> None:  # noqa: ARG001
        stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S)
        for job in stalled:
            await app.job_manager.retry_job(job)

    async with app.open_async():
        await app.run_worker_async(
            queues=[QUEUE],
            concurrency=2,
            delete_jobs="always",
            install_signal_handlers=False,
            update_heartbeat_interval=HEARTBEAT_S,
            stalled_worker_timeout=STALLED_AFTER_S,
        )
