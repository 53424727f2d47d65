"""The office sees work that belongs to no visit of its shopper, decides on it, and brings in phones' files."""

import io
from uuid import uuid4

import pytest
from sqlalchemy import select

from evaluations.fieldwork.found import keeping
from evaluations.models import Change, FoundState, FoundWork, Photo, Role
from tests.builders import NOON, a_person, a_shopper, an_evaluation
from tests.evaluations.photos.pictures import a_jpeg
from tests.exports import a_part, an_export
from tests.phones import Phone
from tests.shopper.field.reading import count


@pytest.fixture
def office(store, visitor):
    person = a_person(store, Role.SCHEDULER)
    return visitor.signs_in(person)


def found_of(store, shopper, text: str = "Nobody.") -> FoundWork:
    phone = Phone(uuid4(), "0" * 64)
    sent = [phone.checks_in(), phone.answers("greeted", "no"), phone.comments("greeted", text)]
    keeping.store(store, phone.eid, sent, by=shopper, at=NOON)
    work = store.scalars(select(FoundWork).where(FoundWork.eid == phone.eid)).one()
    store.commit()
    return work


@pytest.mark.parametrize("role", [Role.EDITOR, Role.DESIGNER])
def test_it_does_not_exist_for_who_plans_no_visits(visitor, store, role):
    work = found_of(store, a_shopper(store))
    visitor.signs_in(a_person(store, role))
    for page in ("/office/found/", f"/office/found/{work.id}", "/office/found/imports/new"):
        assert visitor.get(page).status_code == 404


def test_where_nothing_was_found_the_page_says_what_it_is_for(office):
    assert "No work waits here" in office.get("/office/found/").text
    assert "Nothing was decided yet" in office.get("/office/found/?show=decided").text
    assert "Found work" not in office.get("/office/").text


def test_it_is_told_with_how_much_it_is_and_never_with_what_it_says(office, store):
    an_evaluation(store)
    work = found_of(store, a_shopper(store, name="Ada Quick"), "A secret remark.")
    page = office.get("/office/found/").text
    assert "Ada Quick" in page
    assert "3 entries" in page
    assert "Found work" in office.get("/office/").text
    one = office.get(f"/office/found/{work.id}").text
    assert "no visit that is known here" in one
    assert "This shopper has no visit that could take it over" in one
    assert "A secret remark" not in one


def test_a_decision_without_a_visit_or_a_reason_is_asked_again(office, store):
    shopper = a_shopper(store)
    work = found_of(store, shopper)
    an_evaluation(store, shopper)
    theirs = an_evaluation(store)
    address = f"/office/found/{work.id}"
    for given in ("", "nonsense", str(theirs.id)):
        answer = office.sends(f"{address}/take-overs", address, evaluation=given)
        assert answer.status_code == 422
    assert "Say why." in office.sends(f"{address}/set-asides", address, reason=" ").text
    store.refresh(work)
    assert work.state is FoundState.OPEN
    assert count(store, Change) == 0


def test_it_is_taken_over_to_the_visit_that_was_chosen(office, store):
    shopper = a_shopper(store)
    work = found_of(store, shopper)
    evaluation = an_evaluation(store, shopper)
    address = f"/office/found/{work.id}"
    answer = office.sends(f"{address}/take-overs", address, evaluation=str(evaluation.id))
    assert (answer.status_code, answer.location) == (303, f"/office/visits/{evaluation.visit_id}")
    page = office.get(answer.location).text
    assert "Taken over: 3 entries and 0 photos." in page
    assert "Found work added" in page
    decided = office.get("/office/found/?show=decided").text
    assert "taken over" in decided
    store.expire_all()
    assert {row.evaluation_id for row in store.scalars(select(Change))} == {evaluation.id}


def test_it_is_set_aside_with_the_reason_and_can_still_be_read(office, store):
    work = found_of(store, a_shopper(store))
    address = f"/office/found/{work.id}"
    assert office.sends(f"{address}/set-asides", address, reason="A rehearsal.").status_code == 303
    assert "set aside: A rehearsal." in " ".join(office.get(address).text.split())
    assert "No work waits here" in office.get("/office/found/").text


def bring(office, body: bytes | None):
    address = "/office/found/imports/new"
    file = {"file": (io.BytesIO(body), "unsent.zip")} if body is not None else {}
    return office.post(address, data={"csrf_token": office.token(address)} | file)


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (None, 422, "Choose a file first."),
        (b"", 422, "The file is empty."),
        (b"Dear office", 415, "This is not a file of unsent work."),
        (b"PK\x03\x04 and nothing more", 422, "This file is damaged or not whole"),
        (an_export(uuid4()), 422, "is no shopper here"),
    ],
)
def test_a_file_that_brings_nothing_is_refused_in_words(office, store, body, status, words):
    answer = bring(office, body)
    assert answer.status_code == status
    assert words in answer.text


def test_a_phones_file_is_brought_in_and_again_without_harm(office, store):
    evaluation = an_evaluation(store)
    phone, body = Phone(evaluation), a_jpeg(40, 30)
    attach = phone.attaches(body, "window")
    photo = attach["value"]["photo"]["id"]
    sent = [phone.answers("greeted", "yes"), attach]
    lost = Phone(uuid4(), "0" * 64)
    export = an_export(
        evaluation.shopper_id,
        a_part(phone, *sent, photos={photo: body, str(uuid4()): b"no picture"}),
        a_part(lost, lost.answers("greeted", "no")),
    )
    page = " ".join(bring(office, export).text.split())
    assert f"Work of {evaluation.shopper.name} brought in" in page
    assert "2 new, 0 known before" in page
    assert "This file is not a photo we can read" in page
    assert "Found work: no visit of this shopper" in page
    again = " ".join(bring(office, export).text.split())
    assert "0 new, 2 known before" in again
    assert (count(store, Change), count(store, Photo), count(store, FoundWork)) == (2, 1, 1)


def test_a_phone_that_had_nothing_unsent_is_told_so(office, store):
    shopper = a_shopper(store)
    assert "The file holds nothing" in bring(office, an_export(shopper.id)).text
