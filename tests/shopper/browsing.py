"""A visitor of the application in tests: signs in, opens pages, sends forms, follows the house rules."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from re import search
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from evaluations.clock import now
from evaluations.database import writing
from evaluations.models import Person, SignIn
from shopper.identity import sessions
from tests.shopper.house_rules import faults_of

MOST_QUERIES = 12


class Visitor(FlaskClient):
    """A browser without scripts; every page that it opens is checked."""

    def signs_in(self, person: Person | UUID) -> Visitor:
        """Be signed in as `person`, as if the sign-in page had been used."""
        engine: Engine = self.application.extensions["engine"]
        if scene := self.application.extensions.get("scene"):
            scene.commit()
        token = f"token-of-{person if isinstance(person, UUID) else person.id}"
        with Session(writing(engine)) as session:
            found = session.get_one(Person, person if isinstance(person, UUID) else person.id)
            if session.query(SignIn).filter_by(token_hash=sessions._hash(token)).first() is None:
                at = now()
                session.add(
                    SignIn(
                        token_hash=sessions._hash(token),
                        person=found,
                        created_at=at,
                        last_seen_at=at,
                        expires_at=at + timedelta(days=1),
                    )
                )
            session.commit()
        with self.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return self

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make a request; check the page that comes back and count its queries."""
        if scene := self.application.extensions.get("scene"):
            scene.commit()  # what was set up is there, and what is read afterwards is fresh
        statements: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            statements.append(statement)

        engine: Engine = self.application.extensions["engine"]
        event.listen(engine, "before_cursor_execute", note)
        try:
            response = super().open(*args, **kwargs)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        page = response.mimetype == "text/html" and not 300 <= response.status_code < 400
        if page:
            assert (faults := faults_of(response.text)) == [], f"{response.request.path}: {faults}"
        if page and response.request.method == "GET":
            asked = [text for text in statements if not text.startswith(("BEGIN", "PRAGMA"))]
            assert len(asked) <= MOST_QUERIES, f"{response.request.path}: {len(asked)} queries: {asked}"
        return response

    def sends(self, address: str, _from: str | None = None, **fields: Any) -> TestResponse:
        """Send a form to `address` with the forgery token of the page `_from` (else of the same address)."""
        return self.post(address, data={"csrf_token": self.token(_from or address)} | fields)

    def token(self, address: str) -> str:
        """The forgery token of the page at `address`."""
        found = search(r'name="csrf_token"[^>]* value="([^"]+)"', self.get(address).text)
        assert found, f"no form at {address}"
        return unescape(found[1])


def visitor_of(app: Flask) -> Visitor:
    """A new visitor of `app`, signed in as nobody."""
    app.test_client_class = Visitor
    visitor = app.test_client()
    assert isinstance(visitor, Visitor)
    return visitor
