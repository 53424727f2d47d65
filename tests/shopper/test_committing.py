"""One hook commits: a refusal leaves nothing half done, and a page that is read changes nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.errors import Conflict, Invalid, NotFound, TooLarge, Unsupported, WrongState
from evaluations.models import Client
from shopper.database import db
from shopper.errors import WORDS
from shopper.permissions import open_to_all
from tests.builders import NOON
from tests.shopper.browsing import Visitor

REFUSALS = {
    404: NotFound(),
    409: Conflict("client_name_taken", name="Marisol"),
    413: TooLarge("photo_too_large", limit=25),
    415: Unsupported("photo_heic"),
    422: Invalid("email_taken"),
}


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """The application of one test alone: it is given a view."""
    return own_app


@pytest.fixture
def visitor_of_a_view(app: Flask, visitor: Visitor):
    app.config["WTF_CSRF_ENABLED"] = False

    def with_view(then) -> Visitor:
        @open_to_all
        def view() -> str:
            db.add(Client(name="Half done", created_at=NOON))
            db.flush()
            return then()

        app.add_url_rule("/try", "try", view, methods=["GET", "POST"])
        return visitor

    return with_view


def raising(error: Exception):
    def then() -> str:
        raise error

    return then


@pytest.mark.parametrize("status", sorted(REFUSALS))
def test_a_refusal_is_worded_with_its_status_and_leaves_nothing(
    visitor_of_a_view, store: Session, status: int
):
    answer = visitor_of_a_view(raising(REFUSALS[status])).post("/try")
    assert answer.status_code == status
    assert "Half done" not in answer.text
    assert store.scalars(select(Client)).all() == []


def test_a_wrong_step_names_both_states(visitor_of_a_view):
    answer = visitor_of_a_view(raising(WrongState(being="in_review", wanted="returned"))).post("/try")
    assert answer.status_code == 409
    assert "It is in review now" in answer.text
    assert "cannot become returned to the shopper" in answer.text


def test_a_failure_is_a_page_in_words_and_leaves_nothing(app: Flask, visitor_of_a_view, store: Session):
    app.testing = False
    answer = visitor_of_a_view(raising(RuntimeError("a secret detail"))).post("/try")
    assert answer.status_code == 500
    assert "Nothing that was confirmed before is lost." in answer.text
    assert "a secret detail" not in answer.text
    assert store.scalars(select(Client)).all() == []


def test_a_page_that_is_only_read_changes_nothing(visitor_of_a_view, store: Session):
    visitor_of_a_view(lambda: ("read", 200, {"Content-Type": "text/plain"})).get("/try")
    assert store.scalars(select(Client)).all() == []


def test_a_request_that_succeeds_is_committed(visitor_of_a_view, store: Session):
    visitor_of_a_view(lambda: ("done", 200, {"Content-Type": "text/plain"})).post("/try")
    assert [client.name for client in store.scalars(select(Client))] == ["Half done"]


def test_no_refusal_of_the_domain_is_without_words():
    from tests.rules.refusals import codes_of_the_domain

    assert codes_of_the_domain() - WORDS.keys() == set()
