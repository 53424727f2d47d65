"""Log lines say what happened and how long it took, and nothing about anybody."""

from __future__ import annotations

import json
import logging
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evaluations.database import writing
from evaluations.models import Client, Person, Role
from evaluations.models.base import new_id
from shopper.database import db
from shopper.operating.logs import Lines
from shopper.permissions import open_to_all
from tests.builders import NOON, a_client, a_person, an_evaluation
from tests.shopper.browsing import Visitor

NOBODY = ("nia", "clea", "brandname", "shop-street", "10.9.8.7", "secret-word", "wrong-password")


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """The application of one test alone: it is given a view."""
    return own_app


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture):
    """The lines written so far, as a terminal would show them."""
    caplog.set_level(logging.INFO, "shopper")

    def written() -> list[str]:
        ours = [
            record for record in caplog.records if record.name.startswith(("shopper", "gunicorn", "other"))
        ]
        return [Lines().format(record) for record in ours]

    return written


def test_a_request_is_one_line_of_json(visitor: Visitor, lines):
    answer = visitor.get("/sign-in?next=/office&who=nia@example.org")
    [line] = map(json.loads, lines())
    assert line.keys() == {"at", "kind", "method", "route", "request", "status", "ms"}
    assert (line["kind"], line["method"], line["route"], line["status"]) == (
        "request",
        "GET",
        "/sign-in",
        200,
    )
    assert line["ms"] > 0
    assert line["request"] == answer.headers["X-Request-Id"]


def test_what_does_not_exist_has_no_route(visitor: Visitor, lines):
    visitor.get("/people/nia@example.org")
    visitor.open("/people/nia@example.org", method="NIA")
    told = [json.loads(line) for line in lines()]
    assert [(line["route"], line["status"], line["method"]) for line in told] == [
        (None, 404, "GET"),
        (None, 404, "OTHER"),
    ]


def test_no_line_names_anybody_or_anything(app: Flask, visitor: Visitor, store: Session, lines):
    person = a_person(store, Role.OWNER, name="Nia Novak", email="nia@example.org")
    evaluation = an_evaluation(store)
    client = a_client(store, name="Brandname")
    visitor.sends("/sign-in", email="nia@example.org", password="wrong-password")
    visitor.signs_in(person)
    for address in (
        f"/office/visits/{evaluation.visit_id}?q=secret-word",
        f"/office/clients/{client.id}",
        f"/office/people/{person.id}",
        f"/office/visits/{uuid4()}",
    ):
        headers = {
            "User-Agent": "Clea's phone",
            "X-Forwarded-For": "10.9.8.7",
            "Referer": "http://localhost/Nia",
        }
        visitor.get(address, headers=headers, environ_base={"REMOTE_ADDR": "10.9.8.7"})
    told = "\n".join(lines())
    assert told.count('"kind": "request"') >= 6
    ids = [str(each) for each in (person.id, evaluation.id, evaluation.visit_id, client.id)]
    assert [word for word in (*NOBODY, *ids) if word in told.lower()] == []


def test_an_error_is_told_by_its_kind_and_place_and_never_by_its_message(
    app: Flask, visitor: Visitor, store: Session, lines
):
    a_person(store, Role.OWNER, email="nia@example.org", name="Nia")

    @app.get("/breaks/<word>")
    @open_to_all
    def breaks(word: str) -> str:
        values = {"id": new_id(), "email": "nia@example.org", "name": "Clea", "roles": {Role.OWNER}}
        db.execute(insert(Person).values(language="en", is_active=True, created_at=NOON, **values))
        return word

    app.testing, app.config["PROPAGATE_EXCEPTIONS"] = False, False
    answer = visitor.get("/breaks/secret-word")
    error, request = map(json.loads, lines())
    assert (answer.status_code, request["status"], request["route"]) == (500, 500, "/breaks/<word>")
    assert error["kind"] == "error"
    assert error["error"] == "sqlalchemy.exc.IntegrityError"
    assert error["request"] == request["request"]
    assert any(place.startswith("operating/test_logs.py:") for place in error["where"])
    assert [word for word in NOBODY if word in "\n".join(lines()).lower()] == []


def test_an_error_of_the_database_does_not_tell_values(engine):
    values = {"id": new_id(), "name": "Brandname", "colour": "#000000", "created_at": NOON}
    with writing(engine).connect() as connection:
        connection.execute(insert(Client).values(**values))
        with pytest.raises(IntegrityError) as caught:
            connection.execute(insert(Client).values(**values | {"id": new_id()}))
        assert str(values["id"].hex) not in str(caught.value)
        assert "#000000" not in str(caught.value)
        connection.rollback()


def test_lines_of_libraries_give_their_template_and_not_what_fills_it(lines):
    logging.getLogger("gunicorn.error").error("Error handling request %s", "/people/nia")
    logging.getLogger("gunicorn.error").warning("Invalid request from ip=10.9.8.7: 'nia'")
    logging.getLogger("other").warning(ValueError("nia"))
    told = [json.loads(line)["text"] for line in lines()]
    assert told == ["Error handling request %s", "Invalid request", "ValueError"]
