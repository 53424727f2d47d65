"""The owner reads the audit trail: in words, narrowed, and page by page without a gap."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from re import findall, search
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.models import AuditEntry, Person, Role
from evaluations.queries import trail
from evaluations.queries.trail import NAMED, PAGE, Filters
from shopper.admin.trail import PAGES
from shopper.errors import all_words
from tests.builders import (
    NOON,
    a_client,
    a_location,
    a_person,
    a_shopper,
    a_visit,
    a_wave,
    an_evaluation,
    kept,
)
from tests.shopper.browsing import Visitor

HOME = "/office/trail/"


@pytest.fixture
def olga(store: Session) -> Person:
    return a_person(store, Role.OWNER, name="Olga")


@pytest.fixture
def owner(visitor: Visitor, store: Session, olga: Person) -> Visitor:
    store.commit()
    return visitor.signs_in(olga)


def entries(page: str) -> int:
    return page.count('<div class="trail-what">')


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.OWNER, Role.CLIENT}])
def test_the_trail_is_for_owners_alone(visitor: Visitor, store: Session, role: Role):
    person = a_person(store, role)
    audit.record(store, "person.added", person, by=person, at=NOON)
    store.commit()
    assert visitor.signs_in(person).get(HOME).status_code == 404
    assert trail.read(store, person, Filters()).entries == ()


def test_an_empty_trail_says_so(owner: Visitor):
    assert "Nothing has happened yet" in owner.get(HOME).text


def test_an_entry_says_who_did_what_to_which_thing_and_how_it_was_before(
    owner: Visitor, store: Session, olga: Person
):
    brand = a_client(store, name="Marisol")
    audit.record(
        store, "client.changed", brand, by=olga, at=NOON, before={"name": "Mari"}, after={"name": "Marisol"}
    )
    store.commit()
    page = owner.get(HOME).text
    assert "<b>Client changed</b>" in page
    assert f'<a href="/office/clients/{brand.id}">Marisol</a>' in page
    assert "Sat 14 Mar 2026, 12:00" in page
    assert search(r"<dt>Name</dt><dd><del>Mari</del>.*<ins>Marisol</ins></dd>", page)
    assert "Olga ·" in page


def test_what_is_gone_and_what_the_installation_did_are_told_too(owner: Visitor, store: Session):
    store.add(
        AuditEntry(
            at=NOON, actor_id=None, act="draft.discarded", subject_type="checklists", subject_id=uuid4()
        )
    )
    store.commit()
    page = owner.get(HOME).text
    assert "no longer there" in page
    assert "the installation ·" in page


def test_what_was_entered_is_shown_as_text_and_long_texts_are_cut(
    owner: Visitor, store: Session, olga: Person
):
    visit = a_visit(store)
    audit.record(store, "visit.cancelled", visit, by=olga, at=NOON, reason="<i>no</i>" + "x" * 5000)
    store.commit()
    page = owner.get(HOME).text
    assert "&lt;i&gt;no&lt;/i&gt;xxx" in page
    assert "x" * 400 not in page


def test_people_in_details_are_named(owner: Visitor, store: Session, olga: Person):
    visit, shopper = a_visit(store), a_shopper(store, name="Wanda Walker")
    audit.record(store, "visit.assigned", visit, by=olga, at=NOON, shopper=shopper.id)
    store.commit()
    assert "<dt>Shopper</dt><dd>Wanda Walker</dd>" in owner.get(HOME).text


def test_entries_are_narrowed_by_person_act_thing_and_days(owner: Visitor, store: Session, olga: Person):
    sid, brand = a_person(store, Role.SCHEDULER), a_client(store)
    shop = a_location(store, brand)
    audit.record(store, "client.added", brand, by=olga, at=NOON)
    audit.record(store, "client.changed", brand, by=sid, at=NOON + timedelta(days=1))
    audit.record(store, "location.added", shop, by=sid, at=NOON + timedelta(days=2, hours=11, minutes=59))
    store.commit()
    for asked, found in {
        "": 3,
        f"person={sid.id}": 2,
        "act=client.added": 1,
        "kind=clients": 2,
        f"thing={shop.id}": 1,
        "from=2026-03-15": 2,
        "to=2026-03-15": 2,
        "from=2026-03-16&to=2026-03-16": 1,
        f"person={sid.id}&kind=clients": 1,
        f"person={uuid4()}": 0,
        "person=x&act=y&kind=z&thing=&from=never&to=9999-12-31&older=x~y&newer=~": 3,
    }.items():
        assert entries(owner.get(f"{HOME}?{asked}").text) == found, asked


def test_paging_passes_every_entry_once_in_both_directions_even_at_one_moment(
    owner: Visitor, store: Session, olga: Person
):
    clients = [a_client(store, name=f"Client {number:03}") for number in range(2 * PAGE + 5)]
    audit.record_each(store, "client.added", clients, by=olga, at=NOON)
    store.commit()

    def walk(address: str, rel: str) -> list[list[str]]:
        read = []
        while True:
            page = owner.get(address).text
            read.append(findall(r">(Client \d{3})<", page.partition('<ol class="trail">')[2]))
            found = search(rf'rel="{rel}" href="([^"]+)"', page)
            if not found:
                return read
            address = unescape(found[1])
            last.append(address)

    last: list[str] = []
    down = walk(f"{HOME}?act=client.added", "next")
    assert [len(page) for page in down] == [PAGE, PAGE, 5]
    assert sorted(name for page in down for name in page) == [client.name for client in clients]
    up = walk(last[-1], "prev")
    assert up == down[::-1]
    assert all("act=client.added" in address for address in last)


def test_every_kind_of_thing_is_named_linked_and_looked_up_at_once(
    owner: Visitor, store: Session, olga: Person
):
    """The visitor counts the queries of every page; thirteen kinds on one page stay within its limit."""
    wave = a_wave(store)
    shop = a_location(store, wave.programme.client)
    evaluation = an_evaluation(store, visit=a_visit(store, wave, shop))
    version = wave.version
    for thing in (wave, wave.programme, wave.programme.client, shop, shop.area, version, version.checklist):
        audit.record(store, "wave.planned", thing, by=olga, at=NOON)
    for thing in (evaluation, evaluation.visit, evaluation.shopper):
        audit.record(store, "wave.planned", thing, by=olga, at=NOON)
    store.commit()
    page = owner.get(HOME).text
    assert "no longer there" not in page
    assert len(findall(r"</b> · <a href=", page)) == 10
    for address in findall(r'</b> · <a href="([^"]+)"', page):
        assert owner.get(address).status_code == 200, address


def test_whatever_is_named_has_its_word_and_its_page():
    assert NAMED.keys() == PAGES.keys() == all_words("THINGS").keys()


def test_reading_writes_nothing(owner: Visitor, store: Session, olga: Person):
    kept(store, AuditEntry(at=NOON, act="person.added", subject_type="people", subject_id=olga.id))
    store.commit()
    owner.get(HOME)
    assert store.scalar(select(func.count()).select_from(AuditEntry)) == 1
