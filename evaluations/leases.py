"""Work that is owed, as rows that workers claim, so that a killed worker loses nothing.

A claim is a lease. Whoever holds it may finish or fail the work; when it runs out, because its
worker was killed, the next worker takes the work up again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Update, and_, func, or_, select, true, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from evaluations.models.owed import Owed

Work = TypeVar("Work", bound=Owed)
LONGEST_ERROR = 2000


@dataclass(frozen=True, slots=True)
class Leasing(Generic[Work]):
    """How one kind of owed work is claimed: its rows, the names of its states, and its patience."""

    model: type[Work]
    owed: StrEnum
    held: StrEnum
    done: StrEnum
    failed: StrEnum
    lease: timedelta
    """Far longer than the work ever takes."""
    pauses: tuple[timedelta, ...]
    """How long after each failed attempt the next is made; after one more attempt it has failed."""
    ran_out: str
    """What is noted of work whose every worker was ended."""
    when_over: tuple[tuple[str, Any], ...] = ()
    """Columns and the values that they take once the work is done or given up."""
    only_when: Callable[[], ColumnElement[bool]] | None = None
    """What else must hold before the work can begin, such as that what it is made of is there."""

    @property
    def most_attempts(self) -> int:
        """How often the work is tried before it has failed for good."""
        return len(self.pauses) + 1

    @property
    def _state(self) -> InstrumentedAttribute[Any]:
        state: InstrumentedAttribute[Any] = self.model.state  # type: ignore[attr-defined]
        return state

    def is_waiting(self, session: Session, *, at: datetime) -> bool:
        """Whether there is anything to claim; asked without a lock, before one is taken."""
        return session.scalar(select(self.model.id).where(self._to_do(at)).limit(1)) is not None

    def overdue(self, session: Session, *, since: datetime) -> int:
        """How much could have been claimed at `since` and is still to do, for want of a worker."""
        left = select(func.count()).select_from(self.model)
        return session.scalar(left.where(self._to_do(since), self.model.owed_at < since)) or 0

    def claim(self, session: Session, token: UUID, *, at: datetime) -> Work | None:
        """Take up what has waited longest; None when there is nothing to do.

        Two workers never get the same: the update holds only for the row as it was seen.
        """
        self._give_up_on_those_that_end_workers(session, at)
        while (seen := self._next(session, at)) is not None:
            work_id, attempts = seen
            taken = (
                update(self.model)
                .where(self.model.id == work_id, self.model.attempts == attempts, self._to_do(at))
                .values(state=self.held, claim=token, claimed_at=at, attempts=attempts + 1)
            )
            if _changes_one(session, taken):
                return session.get_one(self.model, work_id, populate_existing=True)
        return None

    def finish(self, session: Session, work_id: UUID, token: UUID, *, at: datetime, **results: Any) -> bool:
        """Note that the work is done, with its results; False when the lease had passed to somebody else."""
        values = {"state": self.done, "claim": None, "finished_at": at, "error": ""}
        done = update(self.model).where(self._held(work_id, token))
        return _changes_one(session, done.values(**values, **dict(self.when_over), **results))

    def renew(self, session: Session, work_id: UUID, token: UUID, *, at: datetime, **progress: Any) -> bool:
        """Hold the claim for longer and note how far the work is; False when the lease had passed on."""
        renewed = update(self.model).where(self._held(work_id, token))
        return _changes_one(session, renewed.values(claimed_at=at, **progress))

    def fail(
        self,
        session: Session,
        work_id: UUID,
        token: UUID,
        error: str,
        *,
        at: datetime,
        most_attempts: int | None = None,
    ) -> bool:
        """Note why an attempt failed; after the last one the work has failed for good."""
        work = session.scalars(select(self.model).where(self._held(work_id, token))).one_or_none()
        if work is None:
            return False
        is_last = work.attempts >= min(self.most_attempts, most_attempts or self.most_attempts)
        values: dict[str, Any] = {"state": self.owed, "finished_at": None}
        if is_last:
            values = {"state": self.failed, "finished_at": at, **dict(self.when_over)}
        noted = update(self.model).where(self._held(work_id, token))
        return _changes_one(
            session, noted.values(claim=None, claimed_at=at, error=error[:LONGEST_ERROR], **values)
        )

    def try_again(self, session: Session, work: Work, *, at: datetime) -> bool:
        """Owe failed work anew, with all its attempts before it; False when it has not failed."""
        anew = update(self.model).where(self.model.id == work.id, self._state == self.failed)
        values = {"state": self.owed, "attempts": 0, "owed_at": at, "claimed_at": None, "finished_at": None}
        return _changes_one(session, anew.values(**values))

    def _to_do(self, at: datetime) -> ColumnElement[bool]:
        """Owed and rested since the last attempt, or claimed by a worker whose lease ran out."""
        rested = [
            and_(self.model.attempts == attempts, self.model.claimed_at <= at - pause)
            for attempts, pause in enumerate(self.pauses, start=1)
        ]
        begins = self.only_when() if self.only_when else true()
        owed = and_(self._state == self.owed, or_(self.model.claimed_at.is_(None), *rested), begins)
        left = and_(self._is_left(at), self.model.attempts < self.most_attempts)
        return or_(owed, left)

    def _is_left(self, at: datetime) -> ColumnElement[bool]:
        return and_(self._state == self.held, self.model.claimed_at <= at - self.lease)

    def _next(self, session: Session, at: datetime) -> tuple[UUID, int] | None:
        query = (
            select(self.model.id, self.model.attempts)
            .where(self._to_do(at))
            .order_by(self.model.owed_at, self.model.id)
            .limit(1)
        )
        row = session.execute(query.with_for_update(skip_locked=True)).one_or_none()
        return None if row is None else (row.id, row.attempts)

    def _give_up_on_those_that_end_workers(self, session: Session, at: datetime) -> None:
        values = {"state": self.failed, "claim": None, "finished_at": at, "error": self.ran_out}
        session.execute(
            update(self.model)
            .where(self._is_left(at), self.model.attempts >= self.most_attempts)
            .values(**values, **dict(self.when_over))
        )

    def _held(self, work_id: UUID, token: UUID) -> ColumnElement[bool]:
        return and_(self.model.id == work_id, self.model.claim == token, self._state == self.held)


def _changes_one(session: Session, change: Update) -> bool:
    result: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        change.execution_options(synchronize_session="fetch")
    )
    return result.rowcount == 1
