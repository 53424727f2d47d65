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
MOST_BEYOND_LIMITS = 2
"""How often work is tried that went beyond what one piece of work may take."""
Tell = Callable[[int | None], None]
"""Says that the work goes on, and how many of its parts are done, where it has parts."""
Do = Callable[[UUID, Tell], Mapping[str, Any]]
"""Does the work with this id and answers what is to be noted of it."""


class BeyondLimits(Exception):
    """The work took longer or more memory than one piece of work may, or ended its process."""


class LeaseLost(Exception):
    """Another worker has taken the work up meanwhile."""


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
    do: Do
    conceal: Callable[[Work, str], str] = lambda _work, error: error
    """Takes out of an error what nobody may read."""
    and_then: Callable[[Session, Work], None] = lambda _session, _work: None
    """What else is noted in the transaction that finishes the work."""

    def do_next(self) -> bool:
        """Do one piece of work that is owed; False when there is none."""
        job = self._claim()
        if job is None:
            return False
        started = time.monotonic()
        try:
            results = self.do(job.work_id, lambda done: self._renew(job, done))
        except (OperationalError, InterfaceError):
            raise  # without a database there is nowhere to note it; the claim runs out by itself
        except LeaseLost:
            log.info("%s %s was taken up by another worker", self.name, job.work_id)
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

    def _renew(self, job: Job, done: int | None) -> None:
        progress = {} if done is None else {"done": done}
        with Session(writing(self.engine)) as session, session.begin():
            if not self.leasing.renew(session, job.work_id, job.token, at=now(), **progress):
                raise LeaseLost()

    def _finish(self, job: Job, results: Mapping[str, Any], seconds: float) -> None:
        with Session(writing(self.engine)) as session, session.begin():
            held = self.leasing.finish(session, job.work_id, job.token, at=now(), **results)
            if held:
                self.and_then(session, session.get_one(self.leasing.model, job.work_id))
        outcome = "done" if held else "done, but another worker had taken it up"
        log.info("%s %s %s in %.1f s", self.name, job.work_id, outcome, seconds)

    def _fail(self, job: Job, error: Exception) -> None:
        told = "".join(traceback.format_exception_only(error)).strip()
        most = MOST_BEYOND_LIMITS if isinstance(error, BeyondLimits) else None
        with Session(writing(self.engine)) as session, session.begin():
            work = session.get_one(self.leasing.model, job.work_id)
            told = self.conceal(work, told)
            self.leasing.fail(session, job.work_id, job.token, told, at=now(), most_attempts=most)
        log.error("%s %s failed at attempt %d: %s", self.name, job.work_id, job.attempt, told)
