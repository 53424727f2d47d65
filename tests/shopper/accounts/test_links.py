"""Links from mails: they open once, for a limited time, for their reader alone, and are told to nobody."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import writing
from evaluations.models import AuditEntry, FailedSignIn, Link, LinkPurpose, Mail, Person, Role, SignIn
from shopper.discretion import HidesTokens
from shopper.identity import links, passwords
from tests.builders import a_person
from tests.shopper.browsing import Visitor
from tests.shopper.mails import link_in, newest

FORGOTTEN = "/sign-in/forgotten/"
OLD, NEW = "correct horse battery", "a better password"


@pytest.fixture
def eva(store: Session) -> Person:
    person = a_person(
        store, Role.EDITOR, name="Eva", email="eva@example.org", password_hash=passwords.hashed(OLD)
    )
    store.commit()
    return person


def asks(visitor: Visitor, email: str = "eva@example.org"):
    return visitor.sends(FORGOTTEN, email=email)


def a_link(
    store: Session, person: Person, purpose: LinkPurpose = LinkPurpose.RESET, age: timedelta | None = None
):
    token = links.make(store, person, purpose, at=now() - (age or timedelta()))
    store.commit()
    return f"/links/{token}"


def chooses(visitor: Visitor, link: str, password: str = NEW, again: str | None = None):
    return visitor.sends(link, password=password, again=again or password)


def test_unknown_closed_and_known_people_get_the_same_answer(visitors, store: Session, eva: Person):
    a_person(store, Role.EDITOR, email="gone@example.org", is_active=False)
    store.commit()
    pages = []
    for email in ("eva@example.org", "gone@example.org", "nobody@example.org"):
        visitor = visitors()
        answer = asks(visitor, email)
        pages.append(
            (answer.status_code, answer.location, visitor.get(answer.location).text.partition("<main")[2])
        )
    assert pages[0][0] == 303
    assert [page[:2] for page in pages] == [pages[0][:2]] * 3
    assert {page[2].partition("<script")[0] for page in pages} == {pages[0][2].partition("<script")[0]}
    assert [mail.recipient for mail in store.scalars(select(Mail))] == ["eva@example.org"]


def test_asking_too_often_must_wait_alike_for_everybody_and_keeps_nobody_from_signing_in(
    visitors, store: Session, eva: Person
):
    for email in ("eva@example.org", "nobody@example.org"):
        visitor = visitors()
        assert [asks(visitor, email).status_code for _ in range(3)] == [303] * 3
        late = asks(visitor, email)
        assert (late.status_code, "Wait " in late.text) == (429, True)
    assert len(store.scalars(select(Mail.id)).all()) == 3
    assert visitors().sends("/sign-in", email=eva.email, password=OLD).status_code == 303
    assert len(store.scalars(select(FailedSignIn)).all()) == 3


@pytest.mark.parametrize("spoilt", ["unknown", "used", "expired", "closed account", "garbled"])
def test_whatever_opens_nothing_shows_the_same_page_and_what_to_do(
    visitors, store: Session, eva: Person, spoilt: str
):
    unknown = visitors().get("/links/never-given")
    visitor, link = visitors(), a_link(store, eva, age=timedelta(hours=1) if spoilt == "expired" else None)
    if spoilt == "used":
        chooses(visitors(), link)
    if spoilt == "closed account":
        eva.is_active = False
        store.commit()
    if spoilt == "garbled":
        link = link[:-1] + "é%00"
    if spoilt == "unknown":
        link += "x"
    answer = visitor.get(link)
    assert (answer.status_code, unknown.status_code) == (404, 404)
    assert "This link does not open anything" in answer.text
    assert "ask whoever invited you for a new invitation" in answer.text
    said = [page.text.partition("<main")[2].partition("<script")[0] for page in (answer, unknown)]
    assert said[0] == said[1]
    token = visitor.token("/sign-in")
    assert visitor.post(link, data={"csrf_token": token, "password": NEW, "again": NEW}).status_code == 404


@pytest.mark.parametrize(
    ("purpose", "lasts"),
    [(LinkPurpose.INVITATION, timedelta(days=7)), (LinkPurpose.RESET, timedelta(hours=1))],
)
def test_an_invitation_lasts_seven_days_and_a_reset_one_hour(
    visitor: Visitor, store: Session, eva: Person, purpose: LinkPurpose, lasts: timedelta
):
    almost = a_link(store, eva, purpose, age=lasts - timedelta(minutes=1))
    over = a_link(store, eva, purpose, age=lasts + timedelta(seconds=1))
    assert (visitor.get(almost).status_code, visitor.get(over).status_code) == (200, 404)


@pytest.mark.parametrize(
    ("password", "again", "refusal"),
    [
        ("short", "short", "Choose a password of 10 to 200 characters."),
        (NEW, "another one", "The two passwords differ."),
        ("", "", "Choose a password."),
    ],
)
def test_a_refused_password_uses_nothing_up(
    visitor: Visitor, store: Session, eva: Person, password: str, again: str, refusal: str
):
    link = a_link(store, eva)
    answer = visitor.post(
        link, data={"csrf_token": visitor.token(link), "password": password, "again": again}
    )
    assert (answer.status_code, refusal in answer.text) == (422, True)
    assert visitor.get(link).status_code == 200


def test_a_form_without_its_forgery_token_changes_nothing(visitor: Visitor, store: Session, eva: Person):
    link = a_link(store, eva)
    answer = visitor.post(link, data={"password": NEW, "again": NEW})
    assert (answer.status_code, "open for too long" in answer.text) == (422, True)
    assert passwords.is_right(store.get_one(Person, eva.id, populate_existing=True).password_hash, OLD)


def test_opening_the_page_uses_nothing_up(visitor: Visitor, store: Session, eva: Person):
    link = a_link(store, eva)
    assert [visitor.get(link).status_code for _ in range(3)] == [200, 200, 200]


def test_a_forgotten_password_is_chosen_anew_and_every_other_browser_is_signed_out(
    visitor: Visitor, visitors, store: Session, eva: Person
):
    phone = visitors().signs_in(eva)
    asks(visitor, "EVA@example.org")
    link, other = link_in(newest(store)), a_link(store, eva, LinkPurpose.INVITATION)
    answer = chooses(visitor, link)
    assert (answer.status_code, answer.location) == (303, "/")
    assert visitor.get("/account/").status_code == 200
    assert phone.get("/account/").status_code == 303
    assert visitors().sends("/sign-in", email=eva.email, password=OLD).status_code == 422
    assert visitors().sends("/sign-in", email=eva.email, password=NEW).status_code == 303
    assert [visitors().get(spent).status_code for spent in (link, other)] == [404, 404]
    assert {"password.link_sent", "password.reset"} <= set(store.scalars(select(AuditEntry.act)))


def test_a_link_for_one_person_signs_another_out_of_the_same_browser(
    visitor: Visitor, store: Session, eva: Person
):
    visitor.signs_in(a_person(store, Role.OWNER, name="Olga"))
    chooses(visitor, a_link(store, eva))
    assert "eva@example.org" in visitor.get("/account/").text or "Eva" in visitor.get("/account/").text
    assert {row.person_id for row in store.scalars(select(SignIn))} == {eva.id}


def test_of_two_who_use_a_link_at_once_one_succeeds(engine: Engine, store: Session, eva: Person):
    token = a_link(store, eva).rpartition("/")[2]
    together, outcomes = Barrier(2), []

    def use() -> None:
        with Session(engine) as looking:
            link = links.find(looking, token, at=now())
            assert link is not None
            link_id = link.id
        together.wait()
        with Session(writing(engine)) as session, session.begin():
            outcomes.append(links.use(session, session.get_one(Link, link_id), at=now()))

    threads = [Thread(target=use) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, True]


def test_the_tables_hold_the_tokens_hash_and_once_the_mail_is_sent_nothing_else(
    visitor: Visitor, store: Session, eva: Person
):
    asks(visitor)
    mail = newest(store)
    token = link_in(mail).rpartition("/")[2]
    [link] = store.scalars(select(Link))
    assert link.token_hash == hashlib.sha256(token.encode()).hexdigest()
    mail.link = None  # what sending does
    store.commit()
    for table in ("links", "mails", "audit_entries", "sign_ins", "failed_sign_ins"):
        assert token not in str(store.execute(text(f"SELECT * FROM {table}")).all())


def test_the_pages_address_is_told_to_nobody(visitor: Visitor, store: Session, eva: Person):
    link = a_link(store, eva)
    assert visitor.get(link).headers["Referrer-Policy"] == "no-referrer"
    assert visitor.get("/links/unknown").headers["Referrer-Policy"] == "no-referrer"
    assert chooses(visitor, link).headers["Referrer-Policy"] == "no-referrer"
    assert visitor.get("/account/").headers["Referrer-Policy"] == "same-origin"


def test_it_works_by_https_although_the_browser_sends_no_referer(
    visitor: Visitor, store: Session, eva: Person
):
    link, there = a_link(store, eva), "https://localhost"
    found = visitor.get(link, base_url=there).text.partition('name="csrf_token" type="hidden" value="')[2]
    fields = {"csrf_token": found.partition('"')[0], "password": NEW, "again": NEW}
    assert visitor.post(link, base_url=there, data=fields).status_code == 303


@pytest.mark.parametrize(
    "arguments", [("%s failed", "/links/s3cret-t0ken?x=1"), ("GET /links/s3cret-t0ken",)]
)
def test_tokens_are_taken_out_of_what_is_logged(arguments: tuple[str, ...], caplog: pytest.LogCaptureFixture):
    logger = logging.getLogger("tests.discretion")
    logger.addFilter(HidesTokens())
    logger.warning(*arguments)
    assert "s3cret" not in caplog.text
    assert "/links/…" in caplog.text


def test_a_crash_on_the_page_logs_no_token(
    app: Flask, visitor: Visitor, store: Session, eva: Person, caplog: pytest.LogCaptureFixture
):
    link = a_link(store, eva)
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    store.execute(text("ALTER TABLE links RENAME TO mislaid"))
    store.commit()
    assert visitor.get(link).status_code == 500
    told = [record.fields["route"] for record in caplog.records if record.levelname == "ERROR"]
    assert told == ["/links/<token>"]
    assert link.rpartition("/")[2] not in caplog.text


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Choose a new password"), ("es", "Elija una contraseña nueva")]
)
def test_mail_and_page_speak_the_recipients_language(
    visitor: Visitor, store: Session, eva: Person, language: str, words: str
):
    eva.language = language
    store.commit()
    asks(visitor)
    mail = newest(store)
    assert words in mail.subject
    assert words in visitor.get(link_in(mail)).text


def test_the_link_leads_to_the_public_address_where_one_is_set(
    app: Flask, visitor: Visitor, store: Session, eva: Person
):
    asks(visitor)
    assert (newest(store).link or "").startswith("http://localhost/links/")
    app.config["ADDRESS"] = "https://shopper.example.org"
    visitor.sends(FORGOTTEN, email=eva.email)
    assert (newest(store).link or "").startswith("https://shopper.example.org/links/")


def test_the_templates_of_mail_keep_the_links_place(app: Flask):
    folder = Path(str(app.template_folder)) / "mail"
    for purpose in LinkPurpose:
        assert "\n{{ link }}\n" in (folder / f"{purpose.value}.txt").read_text()
