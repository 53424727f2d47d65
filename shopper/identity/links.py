"""Links that are sent by mail: they open once, for a limited time, and the table knows only their hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from evaluations.models import Link, LinkPurpose, Person

LASTS = {LinkPurpose.INVITATION: timedelta(days=7), LinkPurpose.RESET: timedelta(hours=1)}


def make(session: Session, person: Person, purpose: LinkPurpose, *, at: datetime) -> str:
    """A new link for `person`, as the token that only the mail will hold."""
    token = new_token()
    session.add(
        Link(
            token_hash=_hash(token),
            person_id=person.id,
            purpose=purpose,
            created_at=at,
            expires_at=at + LASTS[purpose],
        )
    )
    return token


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(32)


def find(session: Session, token: str, *, at: datetime) -> Link | None:
    """The link of this token while it opens; None when it is unknown, used or expired: all look the same."""
    return session.scalars(
        select(Link)
        .join(Link.person)
        .where(
            Link.token_hash == _hash(token), Link.closed_at.is_(None), Link.expires_at > at, Person.is_active
        )
    ).one_or_none()


def use(session: Session, link: Link, *, at: datetime) -> bool:
    """Use the link up, and with it every other of its person; False when somebody was faster."""
    used: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(Link).where(Link.id == link.id, Link.closed_at.is_(None)).values(closed_at=at)
    )
    if used.rowcount != 1:
        return False
    close_all(session, link.person, at=at)
    return True


def close_all(session: Session, person: Person, *, at: datetime) -> None:
    """Let no link that was sent to `person` open any more."""
    session.execute(
        update(Link).where(Link.person_id == person.id, Link.closed_at.is_(None)).values(closed_at=at)
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
