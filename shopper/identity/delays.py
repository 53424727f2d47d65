"""Growing delays after failed sign-ins, per name and per address, alike for unknown people."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evaluations.models import FailedSignIn

FREE_BY_NAME = 3
FREE_BY_ADDRESS = 20
LONGEST_S = 900
FORGOTTEN_AFTER = timedelta(hours=24)


def wait_s(session: Session, email: str, address: str, at: datetime) -> int:
    """How many seconds signing in under `email` from `address` must still wait; 0 when it may be tried."""
    waits = (
        _still(session.get(FailedSignIn, key), free, at)
        for key, free in ((_key("name", email), FREE_BY_NAME), (_key("address", address), FREE_BY_ADDRESS))
    )
    return max(waits)


def count_failure(session: Session, email: str, address: str, at: datetime) -> None:
    """Remember one failed sign-in, so that the next must wait longer."""
    for key in (_key("name", email), _key("address", address)):
        row = _row(session, key, at)
        row.failures = 1 if at - row.last_at > FORGOTTEN_AFTER else row.failures + 1
        row.last_at = at


def _row(session: Session, key: str, at: datetime) -> FailedSignIn:
    """The counter of `key`, locked; made when there is none, also when two attempts make it at once."""
    query = select(FailedSignIn).where(FailedSignIn.key == key).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is not None:
        return row
    try:
        with session.begin_nested():
            session.add(FailedSignIn(key=key, failures=0, last_at=at))
    except IntegrityError:  # another attempt was first; its row is there now
        session.expire_all()
    return session.scalars(query).one()


def forgive(session: Session, email: str) -> None:
    """Forget the failures under this name after a successful sign-in."""
    row = session.get(FailedSignIn, _key("name", email))
    if row is not None:
        session.delete(row)


def _still(row: FailedSignIn | None, free: int, at: datetime) -> int:
    if row is None or row.failures < free or at - row.last_at > FORGOTTEN_AFTER:
        return 0
    delay = min(2 ** (row.failures - free + 1), LONGEST_S)
    return max(0, ceil(delay - (at - row.last_at).total_seconds()))


def _key(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}:{text}".encode()).hexdigest()
