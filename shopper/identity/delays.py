"""Growing delays after failed sign-ins and asked-for links, per name and address, alike for unknown people."""

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


def wait_s(session: Session, email: str, address: str, at: datetime, *, what: str = "") -> int:
    """How many seconds trying `what` under `email` from `address` must still wait; 0 when it may be tried.

    Signing in, which has no name here, and asking for a link are counted apart, so that nobody
    keeps others from signing in by asking for links.
    """
    by_name, by_address = _keys(what, email, address)
    frees = ((by_name, FREE_BY_NAME), (by_address, FREE_BY_ADDRESS))
    return max(_still(session.get(FailedSignIn, key), free, at) for key, free in frees)


def count_attempt(session: Session, email: str, address: str, at: datetime, *, what: str = "") -> None:
    """Remember one failed sign-in, or one asking, so that the next must wait longer."""
    for key in _keys(what, email, address):
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


def _keys(what: str, email: str, address: str) -> tuple[str, str]:
    return _key(f"{what}name", email), _key(f"{what}address", address)


def _key(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}:{text}".encode()).hexdigest()
