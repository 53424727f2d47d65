"""The owner invites people, says what they may do, closes accounts and opens them again."""

from __future__ import annotations

import json
from re import search
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import writing
from evaluations.errors import Invalid
from evaluations.models import Area, AuditEntry, Client, LinkPurpose, Mail, Person, Role, SignIn
from shopper.identity import changing, links, passwords
from tests.builders import NOON, a_client, a_client_user, a_location, a_person, a_shopper, kept
from tests.shopper.browsing import Visitor
from tests.shopper.mails import link_in, newest

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


def the_page(person: Person) -> str:
    return f"/office/people/{person.id}"


def saves(owner: Visitor, person: Person, **fields: object):
    known = {"name": person.name, "email": person.email, "language": person.language}
    return owner.sends(the_page(person), **(known | fields))


def test_an_invitation_is_mailed_and_opens_the_door_once(owner: Visitor, visitors, store: Session):
    answer = owner.sends(
        NEW,
        name="Nia",
        email="Nia@example.org",
        language="es",
        client="",
        roles=["editor", "scheduler"],
        way="mail",
    )
    nia = store.scalars(select(Person).where(Person.email == "nia@example.org")).one()
    assert (answer.status_code, answer.location) == (303, the_page(nia))
    assert nia.password_hash is None
    assert visitors().sends("/sign-in", email=nia.email, password="").status_code == 422
    mail = newest(store)
    assert (mail.recipient, mail.subject) == ("nia@example.org", "Su invitación a Shopper")
    newcomer, link = visitors(), link_in(mail)
    assert "Nia" in newcomer.get(link).text
    newcomer.sends(link, password="my own password", again="my own password")
    assert newcomer.get("/account/").status_code == 200
    assert visitors().get(link).status_code == 404
    assert {"person.invited", "invitation.accepted"} <= set(store.scalars(select(AuditEntry.act)))


def test_a_refused_newcomer_is_sent_nothing(owner: Visitor, store: Session):
    owner.sends(
        NEW, name="Nia", email="nia@example.org", language="en", client="", roles=["client"], way="mail"
    )
    assert list(store.scalars(select(Mail))) == []


def test_a_new_invitation_is_for_those_without_a_password_only(owner: Visitor, store: Session):
    invited, settled = a_person(store, Role.EDITOR), a_person(store, Role.EDITOR, password_hash="x")
    gone = a_person(store, Role.EDITOR, is_active=False)
    store.commit()
    for person, status in ((settled, 422), (gone, 422), (invited, 303)):
        answer = owner.sends(f"{the_page(person)}/invitations", the_page(person))
        assert answer.status_code == status
    assert [mail.person_id for mail in store.scalars(select(Mail))] == [invited.id]


@pytest.mark.parametrize(
    ("entered", "refusal"),
    [
        ({"name": " "}, "Enter a name."),
        ({"email": "nowhere"}, "This is not an e-mail address."),
        ({"email": "taken@example.org"}, "Somebody already has this e-mail."),
        ({"roles": []}, "Office people keep at least one office role"),
        ({"roles": ["shopper"]}, "not a valid choice"),
    ],
)
def test_a_change_that_cannot_be_is_refused_in_words_and_changes_nothing(
    owner: Visitor, store: Session, entered: dict[str, object], refusal: str
):
    editor = a_person(store, Role.EDITOR, name="Eva", email="eva@example.org")
    a_person(store, Role.EDITOR, email="taken@example.org")
    store.commit()
    answer = saves(owner, editor, **({"roles": ["editor"]} | entered))
    assert (answer.status_code, refusal in answer.text) == (422, True)
    store.refresh(editor)
    assert (editor.name, editor.email, editor.roles) == ("Eva", "eva@example.org", {Role.EDITOR})


def test_office_roles_are_a_set_that_the_owner_changes(owner: Visitor, visitors, store: Session):
    editor = a_person(store, Role.EDITOR, name="Eva")
    store.commit()
    eva = visitors().signs_in(editor)
    assert eva.get("/office/waves/").status_code == 404
    assert saves(owner, editor, name="Eva M", roles=["editor", "scheduler"]).status_code == 303
    assert eva.get("/office/waves/").status_code == 200
    entry = store.scalars(select(AuditEntry).where(AuditEntry.act == "person.changed")).one()
    assert json.loads(entry.details) == {
        "before": {"name": "Eva", "roles": ["editor"]},
        "after": {"name": "Eva M", "roles": ["editor", "scheduler"]},
    }


def test_who_stands_alone_keeps_the_role_whatever_is_sent(owner: Visitor, store: Session):
    shopper = a_shopper(store)
    store.commit()
    assert saves(owner, shopper, roles=["owner"]).status_code == 303
    store.refresh(shopper)
    assert shopper.roles == {Role.SHOPPER}


def test_links_that_went_to_another_address_open_nothing_any_more(owner: Visitor, visitors, store: Session):
    editor = a_person(store, Role.EDITOR)
    link = f"/links/{links.make(store, editor, LinkPurpose.INVITATION, at=now())}"
    store.commit()
    saves(owner, editor, roles=["editor"], email="right@example.org")
    assert visitors().get(link).status_code == 404


def test_closing_an_account_closes_its_links_for_good(owner: Visitor, visitors, store: Session):
    editor = a_person(store, Role.EDITOR)
    link = f"/links/{links.make(store, editor, LinkPurpose.INVITATION, at=now())}"
    store.commit()
    owner.sends(f"{the_page(editor)}/closures", the_page(editor))
    owner.sends(f"{the_page(editor)}/openings", the_page(editor))
    assert visitors().get(link).status_code == 404


def test_the_last_owner_keeps_the_role(owner: Visitor, store: Session):
    own = store.scalars(select(Person)).one()
    a_person(store, Role.OWNER)  # invited, and cannot sign in yet
    a_person(store, Role.OWNER, password_hash="x", is_active=False)
    store.commit()
    answer = saves(owner, own, roles=["editor"])
    assert (answer.status_code, "Make somebody else an owner first." in answer.text) == (422, True)
    a_person(store, Role.OWNER, password_hash="x")
    store.commit()
    assert saves(owner, own, roles=["editor"]).status_code == 303
    assert owner.get("/office/people/").status_code == 404


def test_the_only_owner_who_can_sign_in_is_not_closed_by_one_who_cannot(store: Session):
    settled, invited = a_person(store, Role.OWNER, password_hash="x"), a_person(store, Role.OWNER)
    with pytest.raises(Invalid, match="last_owner"):
        changing.close(store, settled, by=invited, at=NOON)


def test_two_owners_who_take_the_role_from_each_other_at_once_leave_one(engine: Engine, store: Session):
    owners = [a_person(store, Role.OWNER, password_hash="x").id for _ in range(2)]
    store.commit()
    together, outcomes = Barrier(2), []

    def demote(own: int) -> None:
        with Session(writing(engine)) as session:
            together.wait()
            by, other = session.get_one(Person, owners[own]), session.get_one(Person, owners[1 - own])
            wanted = changing.Particulars(other.name, other.email, other.language, frozenset({Role.EDITOR}))
            try:
                changing.change(session, other, wanted, by=by, at=NOON)
                session.commit()
                outcomes.append("changed")
            except Invalid as refusal:
                outcomes.append(refusal.code)

    threads = [Thread(target=demote, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["changed", "last_owner"]


def test_a_client_user_is_limited_to_places_of_the_own_client(owner: Visitor, store: Session, brand: Client):
    person, shop = a_client_user(store, brand, name="Clea"), a_location(store, brand, name="High Street")
    foreign, area = a_location(store), kept(store, Area(client_id=brand.id, name="Coast"))
    store.commit()
    address = f"{the_page(person)}/limits"
    for wrong in ({"locations": [str(foreign.id)]}, {"areas": [str(foreign.area_id)]}, {"areas": ["x"]}):
        assert owner.sends(address, the_page(person), **wrong).status_code == 422
    answer = owner.sends(address, the_page(person), areas=[str(area.id)], locations=[str(shop.id)])
    assert answer.status_code == 303
    store.expire_all()
    assert ([one.name for one in person.areas], [one.name for one in person.locations]) == (
        ["Coast"],
        ["High Street"],
    )
    page = owner.get(the_page(person)).text
    assert page.count(" checked") == 2
    assert owner.sends(address, the_page(person)).status_code == 303
    store.expire_all()
    assert (person.areas, person.locations) == ([], [])


def test_only_client_users_are_limited_to_places(owner: Visitor, store: Session):
    editor = a_person(store, Role.EDITOR)
    store.commit()
    assert owner.sends(f"{the_page(editor)}/limits", the_page(editor)).status_code == 404


def test_the_account_of_somebody_is_the_owners_business_alone(visitor: Visitor, store: Session):
    scheduler, shopper = a_person(store, Role.SCHEDULER), a_shopper(store)
    store.commit()
    assert visitor.signs_in(scheduler).get(the_page(shopper)).status_code == 404
