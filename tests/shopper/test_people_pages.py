"""The owner adds people, closes accounts and opens them again."""

from __future__ import annotations

from re import search

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.models import AuditEntry, Client, Person, Role, SignIn
from shopper.identity import passwords
from tests.builders import a_client, a_person, a_shopper
from tests.shopper.browsing import Visitor

NEW = "/office/people/new"


@pytest.fixture
def brand(store: Session) -> Client:
    brand = a_client(store)
    store.commit()
    return brand


@pytest.fixture
def owner(visitor: Visitor, store: Session) -> Visitor:
    person = a_person(store, Role.OWNER)
    store.commit()
    return visitor.signs_in(person)


@pytest.mark.parametrize(
    ("entered", "refusal"),
    [
        ({"name": "", "roles": ["shopper"]}, "Enter a name."),
        ({"name": "  ", "roles": ["shopper"]}, "Enter a name."),
        ({"email": "not an address", "roles": ["shopper"]}, "This is not an e-mail address."),
        ({"roles": []}, "Choose at least one."),
        ({"roles": ["wizard"]}, "not a valid choice"),
        ({"roles": ["shopper", "editor"]}, "A shopper or a client user has no other role."),
        ({"roles": ["client"]}, "Choose a client for a client user, and for nobody else."),
    ],
)
def test_a_person_who_cannot_be_is_refused_in_words_and_nothing_is_kept(
    owner: Visitor, store: Session, entered: dict[str, object], refusal: str
):
    fields = {"name": "Nia", "email": "nia@example.org", "language": "en", "client": ""} | entered
    answer = owner.sends(NEW, **fields)
    assert answer.status_code == 422
    assert refusal in answer.text
    assert 'value="nia@example.org"' in answer.text or "not an address" in answer.text
    assert len(store.scalars(select(Person)).all()) == 1


def test_an_email_belongs_to_one_person_however_it_is_written(owner: Visitor, store: Session):
    a_shopper(store, email="sam@example.org")
    store.commit()
    answer = owner.sends(
        NEW, name="Sam", email="SAM@Example.org", language="en", client="", roles=["shopper"]
    )
    assert (answer.status_code, "Somebody already has this e-mail." in answer.text) == (422, True)


def test_the_first_password_is_shown_once_and_opens_the_door(
    owner: Visitor, visitors, store: Session, brand: Client
):
    added = owner.sends(
        NEW,
        name="Clea",
        email="clea@example.org",
        language="es",
        roles=["client"],
        client=str(brand.id),
        way="hand",
    )
    found = search(r'<code class="password">([^<]+)</code>', added.text)
    assert found
    person = store.scalars(select(Person).where(Person.email == "clea@example.org")).one()
    assert passwords.is_right(person.password_hash, found[1])
    assert (person.client_id, person.language) == (brand.id, "es")
    assert visitors().sends("/sign-in", email="clea@example.org", password=found[1]).status_code == 303
    assert "person.added" in store.scalars(select(AuditEntry.act)).all()


def test_closing_an_account_signs_its_owner_out_everywhere(owner: Visitor, visitors, store: Session):
    shopper = a_shopper(store)
    store.commit()
    phone = visitors().signs_in(shopper)
    assert phone.get("/account/").status_code == 200
    owner.sends(f"/office/people/{shopper.id}/closures", f"/office/people/{shopper.id}")
    assert phone.get("/account/").status_code == 303
    assert not store.scalars(select(SignIn).where(SignIn.person_id == shopper.id)).all()
    owner.sends(f"/office/people/{shopper.id}/openings", f"/office/people/{shopper.id}")
    assert store.get_one(Person, shopper.id, populate_existing=True).is_active


def test_an_owner_cannot_close_the_own_account(owner: Visitor, store: Session):
    own = store.scalars(select(Person)).one()
    a_shopper(store)
    store.commit()
    answer = owner.sends(f"/office/people/{own.id}/closures", "/office/people/")
    assert (answer.status_code, "You cannot close your own account." in answer.text) == (422, True)


def test_a_scheduler_sees_shoppers_and_nobody_else(visitor: Visitor, store: Session):
    scheduler, shopper = a_person(store, Role.SCHEDULER, name="Sid"), a_shopper(store, name="Wanda Walker")
    a_person(store, Role.EDITOR, name="Edith Reed")
    store.commit()
    page = visitor.signs_in(scheduler).get("/office/people/").text
    assert shopper.name in page
    assert "Edith Reed" not in page
    assert visitor.get(NEW).status_code == 404
