"""Doing what is owed: claim, work, note the outcome, each in a transaction of its own."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import writing
from evaluations.leases import Leasing, Work

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work that this worker holds the claim on."""

    work_id: UUID
    token: UUID
    attempt: int


@dataclass(frozen=True, slots=True)
class Desk(Generic[Work]):
    """Where one kind of owed work is done; no lock is held while working."""

    engine: Engine
    name: str
    leasing: Leasing[Work]
    do: Callable[[Session, Work], Mapping[str, Any]]
    """Does the work and answers what is to be noted of it."""
    conceal: Callable[[Work, str], str] = lambda _work, error: error
    """Takes out of an error what nobody may read."""

    def do_next(self) -> bool:
        """Do one piece of work that is owed; False when there is none."""
        job = self._claim()
        if job is None:
            return False
        started = time.monotonic()
        try:
            with Session(self.engine) as session:
                results = self.do(session, session.get_one(self.leasing.model, job.work_id))
        except (OperationalError, InterfaceError):
            raise  # without a database there is nowhere to note it; the claim runs out by itself
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one piece, the others go on
            self._fail(job, error)
        else:
            self._finish(job, results, time.monotonic() - started)
        return True

    def _claim(self) -> Job | None:
        with Session(self.engine) as session:
            if not self.leasing.is_waiting(session, at=now()):
                return None
        token = uuid4()
        with Session(writing(self.engine)) as session, session.begin():
            work = self.leasing.claim(session, token, at=now())
            return Job(work.id, token, work.attempts) if work else None

    def _finish(self, job: Job, results: Mapping[str, Any], seconds: float) -> None:
        with Session(writing(self.engine)) as session, session.begin():
            held = self.leasing.finish(session, job.work_id, job.token, at=now(), **results)
        outcome = "done" if held else "done, but another worker had taken it up"
        log.info("%s %s %s in %.1f s", self.name, job.work_id, outcome, seconds)

    def _fail(self, job: Job, error: Exception) -> None:
        told = "".join(traceback.format_exception_only(error)).strip()
        with Session(writing(self.engine)) as session, session.begin():
            work = session.get_one(self.leasing.model, job.work_id)
            told = self.conceal(work, told)
            self.leasing.fail(session, job.work_id, job.token, told, at=now())
        log.error("%s %s failed at attempt %d: %s", self.name, job.work_id, job.attempt, told)
