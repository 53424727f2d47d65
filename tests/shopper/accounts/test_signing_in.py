"""Signing in, and being refused."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.models import FailedSignIn, Person, Role, SignIn
from shopper.identity import passwords
from tests.builders import a_person
from tests.shopper.browsing import Visitor

PASSWORD = "correct horse battery"


def an_editor(store: Session, **given: object) -> Person:
    person = a_person(
        store,
        Role.EDITOR,
        **({"email": "eva@example.org", "password_hash": passwords.hashed(PASSWORD)} | given),
    )
    store.commit()
    return person


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(visitor: Visitor, store: Session):
    an_editor(store)
    wrong = visitor.sends("/sign-in", email="eva@example.org", password="not it at all")
    unknown = visitor.sends("/sign-in", email="nobody@example.org", password="not it at all")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert "E-mail and password do not match." in wrong.text
    assert "E-mail and password do not match." in unknown.text


def test_attempts_after_three_failures_must_wait_even_with_the_right_password(
    visitor: Visitor, store: Session
):
    an_editor(store)
    for _ in range(3):
        visitor.sends("/sign-in", email="eva@example.org", password="wrong wrong")
    late = visitor.sends("/sign-in", email="EVA@example.org", password=PASSWORD)
    assert late.status_code == 429
    assert "Wait " in late.text
    assert [row.failures for row in store.scalars(select(FailedSignIn))] == [3, 3]


def test_a_closed_account_cannot_sign_in(visitor: Visitor, store: Session):
    an_editor(store, is_active=False)
    assert visitor.sends("/sign-in", email="eva@example.org", password=PASSWORD).status_code == 422


def test_a_form_without_its_forgery_token_is_refused(visitor: Visitor, store: Session):
    an_editor(store)
    answer = visitor.post("/sign-in", data={"email": "eva@example.org", "password": PASSWORD})
    assert answer.status_code == 422 or answer.status_code == 400
    assert not store.scalars(select(SignIn)).all()


def test_signing_in_leads_to_where_the_work_begins(visitor: Visitor, store: Session):
    an_editor(store)
    answer = visitor.sends("/sign-in", email=" Eva@Example.org ", password=PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/office/")
    assert visitor.get("/sign-in").location == "/"


def test_only_pages_of_ours_are_led_back_to(visitor: Visitor, store: Session):
    an_editor(store)
    for elsewhere in ("https://example.com/", "//example.com/", "/\\example.com"):
        answer = visitor.post(
            "/sign-in",
            query_string={"next": elsewhere},
            data={"csrf_token": visitor.token("/sign-in"), "email": "eva@example.org", "password": PASSWORD},
        )
        assert answer.location == "/office/"
        visitor.sends("/sign-out", "/account/")


def test_signing_out_makes_the_cookie_worthless(visitor: Visitor, store: Session):
    visitor.signs_in(an_editor(store))
    assert visitor.get("/account/").status_code == 200
    assert visitor.sends("/sign-out", "/account/").location == "/sign-in"
    assert not store.scalars(select(SignIn)).all()
    assert visitor.get("/account/").status_code == 303


def test_changing_the_password_signs_out_every_other_browser(visitor: Visitor, visitors, store: Session):
    editor = an_editor(store)
    other = visitors().signs_in(editor)
    visitor.sends("/sign-in", email=editor.email, password=PASSWORD)
    refused = visitor.sends("/account/password", "/account/", present="wrong", password="another good one")
    assert refused.status_code == 422
    accepted = visitor.sends("/account/password", "/account/", present=PASSWORD, password="another good one")
    assert accepted.status_code == 303
    assert visitor.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 303


def test_the_first_visitor_of_an_empty_installation_becomes_its_owner(visitor: Visitor, store: Session):
    assert visitor.get("/").location == "/welcome"
    short = visitor.sends("/welcome", name="Ada", email="ada@example.org", password="short", again="short")
    assert short.status_code == 422
    made = visitor.sends("/welcome", name="Ada", email="ADA@example.org", password=PASSWORD, again=PASSWORD)
    assert made.location == "/"
    owner = store.scalars(select(Person)).one()
    assert (owner.email, owner.roles) == ("ada@example.org", {Role.OWNER})
    assert visitor.get("/welcome").status_code == 404


def test_every_answer_carries_the_headers_that_protect_its_reader(visitor: Visitor, store: Session):
    an_editor(store)
    headers = visitor.get("/sign-in").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store, private"


def test_the_cookie_is_kept_from_scripts_and_sent_by_https_only_where_there_is_https(
    visitors, store: Session
):
    an_editor(store)
    plain = visitors().get("/sign-in").headers["Set-Cookie"]
    safe = visitors().get("/sign-in", base_url="https://localhost").headers["Set-Cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=Lax" in plain
    assert "Secure" not in plain
    assert "Secure" in safe
