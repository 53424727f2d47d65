"""Who is signed in: a row per browser, named by the hash of a token that only its cookie holds."""

from __future__ import annotations

import hashlib
import secrets
import sys
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin, login_user, logout_user
from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import writing
from evaluations.models import Person, Role, SignIn
from shopper.database import db

OFFICE_HOURS = timedelta(hours=12)
SHOPPER_DAYS = timedelta(days=60)
SEEN_EVERY = timedelta(minutes=5)


class SignedIn(UserMixin):
    """The signed-in browser, as Flask-Login knows it; the person is what views want."""

    def __init__(self, row: SignIn, token: str) -> None:
        self.row = row
        self.token = token

    @property
    def person(self) -> Person:
        """Who is signed in."""
        return self.row.person

    def get_id(self) -> str:
        """The token; the database knows only its hash, so a stolen table signs nobody in."""
        return self.token


class CookieSession(SecureCookieSessionInterface):
    """Flask's signed cookie, marked Secure exactly when the request came by https."""

    def get_cookie_secure(self, _app: Flask) -> bool:
        """Whether the browser may send the cookie by https only."""
        return request.is_secure

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the cookie, except with files: those are kept by browsers and proxies for good."""
        if request.endpoint != "static":
            super().save_session(app, session, response)


def start(person: Person, at: datetime) -> None:
    """Sign this browser in as `person`."""
    token = secrets.token_urlsafe(32)
    row = SignIn(
        token_hash=_hash(token),
        person=person,
        created_at=at,
        last_seen_at=at,
        expires_at=at + lifetime(person),
        browser=str(request.user_agent)[:200],
    )
    db.add(row)
    session.clear()
    session.permanent = Role.SHOPPER in person.roles
    login_user(SignedIn(row, token))


def end(signed_in: SignedIn) -> None:
    """Sign this browser out; the row goes, so the cookie is worth nothing."""
    db.execute(delete(SignIn).where(SignIn.id == signed_in.row.id))
    logout_user()
    session.clear()


def end_all(database: Session, person: Person) -> None:
    """Sign `person` out everywhere."""
    database.execute(delete(SignIn).where(SignIn.person_id == person.id))


def end_others(database: Session, signed_in: SignedIn) -> int:
    """Sign the person out of every other browser; how many there were."""
    others = delete(SignIn).where(SignIn.person_id == signed_in.person.id, SignIn.id != signed_in.row.id)
    ended: CursorResult[Any] = database.execute(others)  # type: ignore[assignment]
    return ended.rowcount


def open_ones(database: Session, person: Person, at: datetime) -> list[SignIn]:
    """Where `person` is signed in, the latest seen first."""
    query = select(SignIn).where(SignIn.person_id == person.id, SignIn.expires_at > at)
    return list(database.scalars(query.order_by(SignIn.last_seen_at.desc(), SignIn.id.desc())))


def lifetime(person: Person) -> timedelta:
    """How long a browser stays signed in: 12 hours in the office and portal, 60 days for a shopper."""
    return SHOPPER_DAYS if Role.SHOPPER in person.roles else OFFICE_HOURS


def init_app(app: Flask) -> None:
    """Let Flask-Login find the person of each request."""
    app.session_interface = CookieSession()
    app.permanent_session_lifetime = SHOPPER_DAYS
    manager = LoginManager(app)
    manager.session_protection = None  # phones change their address while walking
    manager.user_loader(_load)
    app.teardown_request(_touch)


def _load(token: str) -> SignedIn | None:
    row = db.scalars(
        select(SignIn).join(Person).where(SignIn.token_hash == _hash(token), Person.is_active)
    ).one_or_none()
    at = now()
    if row is None or row.expires_at <= at:
        return None
    if at - row.last_seen_at > SEEN_EVERY:
        g.seen = row.id, at, lifetime(row.person) if Role.SHOPPER in row.person.roles else None
        session.modified = True  # the cookie, too, lives that long from now
    return SignedIn(row, token)


def _touch(_error: BaseException | None) -> None:
    """Note when the browser was last seen, in a transaction of its own after the request's has ended.

    The answer is made by now, and of something that was kept: a database without time or room for this spoils it not.
    """
    if "seen" not in g:
        return
    row_id, at, extension = g.pop("seen")
    values = {"last_seen_at": at} | ({"expires_at": at + extension} if extension else {})
    try:
        with writing(current_app.extensions["engine"]).begin() as connection:
            connection.execute(update(SignIn).where(SignIn.id == row_id).values(**values))
    except (OperationalError, InterfaceError):
        current_app.log_exception(sys.exc_info())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
