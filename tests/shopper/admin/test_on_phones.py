"""The office sees what shoppers made and what of it has not come yet."""

from html import unescape
from uuid import uuid4

import pytest

from evaluations.fieldwork import announcing, changes
from evaluations.models import Role, SignIn
from tests.builders import NOON, a_person, an_evaluation
from tests.evaluations.reviewing.visits import hand_in
from tests.phones import NOON_MS, Phone, every


@pytest.fixture
def evaluation(store):
    return an_evaluation(store)


@pytest.fixture
def office(store, visitor):
    person = a_person(store, Role.SCHEDULER, Role.EDITOR)
    store.commit()
    return visitor.signs_in(person)


def announces(store, evaluation, phone, photos=0):
    taken = [{"id": str(uuid4()), "taken_ms": NOON_MS} for _ in range(photos)]
    holding = {"eid": str(phone.eid), "did": phone.did, "top_seq": phone.seq, "photos": taken}
    sent = announcing.read({"holdings": [holding]})
    announcing.announce(store, sent, holds=every, by=evaluation.shopper, at=NOON)
    store.commit()


def test_nothing_is_said_where_all_that_was_announced_is_here(store, office, evaluation):
    phone = Phone(evaluation)
    changes.store(store, evaluation, [phone.answers("greeted", "yes")], by=evaluation.shopper, at=NOON)
    announces(store, evaluation, phone)
    hand_in(store, evaluation)
    store.commit()
    for page in (f"/office/visits/{evaluation.visit_id}", f"/office/reviews/{evaluation.id}"):
        assert "Still on the phone" not in office.get(page).text


def test_what_is_still_on_a_phone_is_told_with_when_it_was_last_seen(store, office, evaluation):
    phone = Phone(evaluation)
    phone.answers("greeted", "yes")
    phone.comments("greeted", "At once.")
    announces(store, evaluation, phone, photos=14)
    hand_in(store, evaluation)
    store.commit()
    for page in (f"/office/visits/{evaluation.visit_id}", f"/office/reviews/{evaluation.id}"):
        text = " ".join(office.get(page).text.split())
        assert "14 photos and 2 entries" in text
        assert "the first photo of" in text
        assert "Last seen" in text


def test_entries_alone_are_told_without_photos(store, office, evaluation):
    phone = Phone(evaluation)
    phone.answers("greeted", "yes")
    announces(store, evaluation, phone)
    text = office.get(f"/office/visits/{evaluation.visit_id}").text
    assert "1 entry" in text
    assert "the first photo" not in text


def test_what_went_with_a_phones_storage_is_called_lost(store, office, evaluation):
    phone = Phone(evaluation)
    phone.answers("greeted", "yes")
    announces(store, evaluation, phone, photos=3)
    browser = SignIn(
        token_hash="h",
        person=evaluation.shopper,
        created_at=NOON,
        last_seen_at=NOON,
        expires_at=NOON,
        device_id=phone.did,
    )
    store.add(browser)
    sent = announcing.read({"did": str(uuid4()), "holdings": []})
    announcing.recognise(store, browser, sent, by=evaluation.shopper, at=NOON)
    store.commit()
    text = " ".join(unescape(office.get(f"/office/visits/{evaluation.visit_id}").text).split())
    assert "Lost with the phone's storage:" in text
    assert "3 photos and 1 entry" in text
    assert "Phone's storage cleared, a new device took over" in text
