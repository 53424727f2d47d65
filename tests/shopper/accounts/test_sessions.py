"""One's own browsers: listed in words, and signed out one by one or all but this one."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.models import AuditEntry, Person, Role, SignIn
from shopper.identity import browsers, passwords
from shopper.language import speaking
from tests.builders import a_person, kept
from tests.shopper.browsing import Visitor

HOME = "/account/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1 Mobile/15E148 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"
SAMSUNG = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/25.0 Chrome/121.0 Mobile Safari/537.36"
)


@pytest.fixture
def eva(store: Session) -> Person:
    person = a_person(store, Role.EDITOR)
    store.commit()
    return person


def a_sign_in(store: Session, person: Person, browser: str = PHONE, **given: object) -> UUID:
    at = now()
    values: dict[str, object] = {
        "token_hash": uuid4().hex,
        "person_id": person.id,
        "created_at": at,
        "last_seen_at": at - timedelta(hours=3),
        "expires_at": at + timedelta(hours=1),
        "browser": browser,
    }
    row: SignIn = kept(store, SignIn(**(values | given)))
    store.commit()
    return row.id


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        (SAMSUNG, "Samsung Internet on Android"),
        ("curl/8.0", "An unknown browser"),
        ("<script>Firefox/1", "Firefox"),
        ("", "An unknown browser"),
    ],
)
def test_a_browser_is_named_in_words(user_agent: str, words: str):
    assert browsers.in_words(user_agent) == words


def test_a_browser_is_named_in_the_readers_language():
    with speaking("es"):
        assert browsers.in_words(EDGE) == "Edge en Windows"


def test_anothers_browser_and_an_unknown_one_cannot_be_signed_out(
    visitor: Visitor, store: Session, eva: Person
):
    foreign = a_sign_in(store, a_person(store, Role.OWNER))
    visitor.signs_in(eva)
    for sign_in in (foreign, uuid4()):
        assert visitor.sends(f"{HOME}sessions/{sign_in}/endings", HOME).status_code == 404
    assert store.get(SignIn, foreign) is not None


def test_the_own_browsers_are_listed_and_this_one_is_marked(visitor: Visitor, store: Session, eva: Person):
    a_sign_in(store, eva)
    a_sign_in(store, eva, EDGE, expires_at=now())
    a_sign_in(store, a_person(store, Role.OWNER), SAMSUNG)
    page = visitor.signs_in(eva).get(HOME).text
    assert "Safari on iPhone" in page
    assert "last seen 3 hours ago" in page
    assert page.count("this browser") == 1
    assert "Edge" not in page
    assert "Samsung" not in page


def test_one_browser_is_signed_out_and_the_others_stay(
    visitor: Visitor, visitors, store: Session, eva: Person
):
    phone, tablet = a_sign_in(store, eva), a_sign_in(store, eva, SAMSUNG)
    visitor.signs_in(eva)
    answer = visitor.sends(f"{HOME}sessions/{phone}/endings", HOME)
    assert answer.status_code == 303
    assert "Safari on iPhone is signed out." in visitor.get(HOME).text
    store.expire_all()
    assert (store.get(SignIn, phone), store.get(SignIn, tablet) is not None) == (None, True)
    assert "session.ended" in store.scalars(select(AuditEntry.act)).all()


def test_all_other_browsers_are_signed_out_at_once(visitor: Visitor, store: Session, eva: Person):
    a_sign_in(store, eva)
    other = a_sign_in(store, a_person(store, Role.OWNER))
    visitor.signs_in(eva)
    assert visitor.sends(f"{HOME}sessions/endings", HOME).status_code == 303
    assert visitor.get(HOME).status_code == 200
    assert len(store.scalars(select(SignIn).where(SignIn.person_id == eva.id)).all()) == 1
    assert store.get(SignIn, other) is not None


def test_signing_this_browser_out_leads_to_the_sign_in_page(visitor: Visitor, store: Session, eva: Person):
    visitor.signs_in(eva)
    own = store.scalars(select(SignIn.id).where(SignIn.person_id == eva.id)).one()
    assert visitor.sends(f"{HOME}sessions/{own}/endings", HOME).location == "/sign-in"
    assert visitor.get(HOME).status_code == 303


def test_a_phones_cookie_is_written_anew_when_it_was_not_seen_for_a_while_and_never_after_its_session_ended(
    visitor: Visitor, store: Session
):
    sam = a_person(store, Role.SHOPPER, password_hash=passwords.hashed("correct horse battery"))
    store.commit()
    visitor.sends("/sign-in", email=sam.email, password="correct horse battery")
    visitor.get("/field")  # the first page puts the token against forgeries into it
    assert "Set-Cookie" not in visitor.get("/field").headers
    store.execute(update(SignIn).values(last_seen_at=now() - timedelta(hours=1)))
    store.commit()
    assert "Set-Cookie" in visitor.get("/field").headers
    kept_until = visitor.get_cookie("shopper").expires
    assert kept_until > now() + timedelta(days=59)
    store.execute(delete(SignIn))
    store.commit()
    ended = visitor.get("/field/api/v1/me/visits")
    assert (ended.status_code, "Set-Cookie" in ended.headers) == (401, False)


def test_a_changed_profile_is_in_the_trail_with_what_was_before(
    visitor: Visitor, store: Session, eva: Person
):
    before = eva.name
    visitor.signs_in(eva).sends(HOME, name="Eva Lind", language="es")
    entry = store.scalars(select(AuditEntry).where(AuditEntry.act == "profile.changed")).one()
    assert before in entry.details
    assert "Eva Lind" in entry.details
