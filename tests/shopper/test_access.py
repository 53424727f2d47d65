"""Closed by default: each role, each address, own and foreign things, from the URL map itself."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from evaluations.models import EvaluationState, Person, Photo, Role
from shopper.app import create_app
from shopper.config import Config
from shopper.permissions import OPEN, policy_of
from tests.builders import (
    NOON,
    a_client,
    a_client_user,
    a_location,
    a_person,
    a_shopper,
    a_visit,
    a_wave,
    an_evaluation,
    kept,
)
from tests.shopper.browsing import Visitor

OPEN_VIEWS = {
    "static",
    "accounts.index",
    "accounts.sign_in",
    "welcome.owner",
    "forgotten.ask",  # whoever forgot the password cannot sign in to say so
    "forgotten.sent",
    "field_offline.service_worker",  # a browser asks for it by itself, signed in or not; nothing personal is in it
    "field_offline.manifest",
    "health.look",  # for watching programs, which have no account: states and one age, nobody named
    "proving.ask",  # whoever holds a report checks it, also who has no account; it tells how the report stands alone
    "proving.check",
    "links.choose",  # the link from the mail is what opens it
}
"""The short list of views that anybody may open; adding to it is a decision."""

API = {"X-Shopper": "1", "Sec-Fetch-Site": "same-origin"}
WORDS = {
    "size": "web",
    "form": "csv",
    "filename": "css/tokens.css",
    "key": "greeting",
    "question_key": "greeted",
    "edition": 1,
    "number": 1,
}


def rules_of(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def calls(app: Flask, ids: dict[str, UUID], *, closed: bool = True) -> Iterator[tuple[Rule, str, str]]:
    """Every rule, method and address; ids are those given, or unknown ones."""
    for rule in rules_of(app):
        policy = policy_of(app.view_functions[rule.endpoint])
        if closed and policy == OPEN:
            continue
        values = {name: ids.get(name) or WORDS.get(name) or uuid4() for name in rule.arguments}
        with app.test_request_context():
            address = app.url_map.bind("localhost").build(rule.endpoint, values, method=_method(rule))
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            yield rule, method, address


def _method(rule: Rule) -> str:
    return min(rule.methods or {"GET"})


def test_every_view_says_who_may_enter(app: Flask):
    undecided = [
        rule.endpoint for rule in rules_of(app) if policy_of(app.view_functions[rule.endpoint]) is None
    ]
    assert undecided == []


def test_only_the_short_list_is_open_to_all(app: Flask):
    open_views = {
        rule.endpoint for rule in rules_of(app) if policy_of(app.view_functions[rule.endpoint]) == OPEN
    }
    assert open_views == OPEN_VIEWS


def test_a_view_that_says_nothing_is_closed(database_url: str, engine, tmp_path):
    app = create_app(Config(instance=tmp_path, database_url=database_url, secret="s"), engine)
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert app.test_client().get("/forgotten").status_code == 404


def test_nobody_enters_a_closed_view_without_signing_in(app: Flask, visitor: Visitor, store: Session):
    a_person(store, Role.OWNER)
    for rule, method, address in calls(app, {}):
        answer = visitor.open(address, method=method)
        expected = 401 if address.startswith("/field/api/") else 303
        assert answer.status_code == expected, (rule.endpoint, method)
        if expected == 303:
            assert answer.location.startswith("/sign-in"), (rule.endpoint, method)


@pytest.mark.parametrize("role", list(Role))
def test_a_view_of_another_role_does_not_exist(app: Flask, visitor: Visitor, store: Session, role: Role):
    client = a_client(store)
    person = a_client_user(store, client) if role is Role.CLIENT else a_person(store, role)
    visitor.signs_in(person)
    tried = 0
    for rule, method, address in calls(app, {}):
        policy = policy_of(app.view_functions[rule.endpoint]) or OPEN
        if person.may_act_as(*policy):
            continue
        tried += 1
        answer = visitor.open(address, method=method)
        assert answer.status_code == 404, (rule.endpoint, method)
    assert tried > 0


@pytest.fixture
def foreign(store: Session) -> dict[str, UUID]:
    """The things of another client, worked on by another shopper; its evaluation is released."""
    client = a_client(store)
    location, wave = a_location(store, client), a_wave(store, client)
    visit, other = a_visit(store, wave, location), a_shopper(store)
    evaluation = an_evaluation(store, other, visit, state=EvaluationState.RELEASED, released_at=NOON)
    photo = kept(
        store,
        Photo(
            id=uuid4(),
            evaluation_id=evaluation.id,
            sent_by_id=other.id,
            sha256="0" * 64,
            byte_count=1,
            mime="image/jpeg",
            width=1,
            height=1,
            received_at=NOON,
        ),
    )
    return {
        "client_id": client.id,
        "area_id": location.area_id,
        "location_id": location.id,
        "programme_id": wave.programme_id,
        "wave_id": wave.id,
        "visit_id": visit.id,
        "evaluation_id": evaluation.id,
        "eid": evaluation.id,
        "photo_id": photo.id,
        "person_id": other.id,
        "version_id": wave.version_id,
        "checklist_id": wave.version.checklist_id,
    }  # type: ignore[dict-item]


@pytest.mark.parametrize("role", [Role.SHOPPER, Role.CLIENT])
def test_a_foreign_thing_looks_exactly_like_a_missing_one(
    app: Flask, visitor: Visitor, store: Session, foreign: dict[str, UUID], role: Role
):
    app.config["WTF_CSRF_ENABLED"] = False
    person: Person = a_client_user(store, a_client(store)) if role is Role.CLIENT else a_shopper(store)
    visitor.signs_in(person)
    tried = 0
    for (rule, method, address), (_rule, _method_name, missing) in zip(
        calls(app, foreign), calls(app, {}), strict=True
    ):
        policy = policy_of(app.view_functions[rule.endpoint]) or OPEN
        if (
            not person.may_act_as(*policy)
            or not {"visit_id", "evaluation_id", "eid", "photo_id"} & rule.arguments
        ):
            continue
        tried += 1
        answer = visitor.open(address, method=method, headers=API)
        nothing = visitor.open(missing, method=method, headers=API)
        assert answer.status_code == nothing.status_code, (rule.endpoint, method)
        assert answer.status_code in {404, 415, 422}, (rule.endpoint, method)
        assert _said(answer.text) == _said(nothing.text), (rule.endpoint, method)
    assert tried > 0


def _said(text: str) -> str:
    """The words of an answer, without the scripts, whose nonces differ."""
    return text.partition("<main")[2].partition("<script")[0] or text
