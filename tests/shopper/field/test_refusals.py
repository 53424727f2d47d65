"""The phone's addresses: who may call them, and what they do not read."""

import json
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from evaluations.models import (
    Change,
    Role,
)
from tests.builders import a_person
from tests.evaluations.photos.pictures import a_jpeg
from tests.phones import Phone
from tests.shopper.field.conftest import API, OURS, Line
from tests.shopper.field.reading import count, error

NOT_JSON = [
    b"",
    b"{",
    b"\xff\xfe",
    b"NaN",
    b"[" * 100_000,
    b'{"changes": 1e999}',
    b"1" * 5000,
    b'{"changes": NaN}',
]


def every_call(line: Line) -> list[TestResponse]:
    phone, body = Phone(line.eid), a_jpeg(40, 30)
    return [
        line.get(f"evaluations/{line.eid}/state"),
        line.changes(phone.answers("greeted", "yes")),
        line.photo(body),
        line.visitor.head(f"{API}/evaluations/{line.eid}/photos/{uuid4()}"),
        line.hand_in(phone.hand_in()),
    ]


def test_who_is_signed_out_hears_so_as_json(visitor, evaluation):
    for response in [
        Line(visitor, evaluation.id).get("me/visits"),
        *every_call(Line(visitor, evaluation.id)),
    ]:
        assert response.status_code == 401
        if response.request.method != "HEAD":
            assert error(response)["code"] == "signed_out"


@pytest.mark.parametrize("role", [Role.OWNER, Role.SCHEDULER, Role.EDITOR, Role.CLIENT])
def test_these_addresses_do_not_exist_for_others_than_shoppers(visitor, store, evaluation, role):
    person = a_person(store, role)
    store.commit()
    line = Line(visitor.signs_in(person), evaluation.id)
    for response in [line.get("me/visits"), *every_call(line)]:
        assert response.status_code == 404


def test_somebody_elses_evaluation_is_not_read(another_line, store):
    for line in (another_line, Line(another_line.visitor, uuid4())):
        state = line.get(f"evaluations/{line.eid}/state")
        photo = line.visitor.head(f"{API}/evaluations/{line.eid}/photos/{uuid4()}")
        assert (state.status_code, error(state)["code"], photo.status_code) == (404, "not_found", 404)


def test_somebody_elses_package_looks_like_none(another_line, evaluation):
    theirs = another_line.get(f"visits/{evaluation.visit_id}/package")
    nowhere = another_line.get(f"visits/{uuid4()}/package")
    assert (theirs.status_code, theirs.data) == (nowhere.status_code, nowhere.data)
    assert error(theirs)["code"] == "not_found"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
        OURS | {"X-Shopper": "0"},
        OURS | {"Sec-Fetch-Site": "cross-site"},
        OURS | {"Sec-Fetch-Site": "same-site"},
        OURS | {"Origin": "http://elsewhere.example"},
        OURS | {"Origin": "https://localhost"},
        OURS | {"Origin": "http://localhost:8080"},
        OURS | {"Origin": "null"},
    ],
    ids=lambda headers: "-".join(headers.values()),
)
def test_a_page_of_another_site_sends_nothing(line, phone, store, headers):
    response = line.changes(phone.answers("greeted", "yes"), headers=headers)
    assert (response.status_code, error(response)["code"]) == (403, "foreign_page")
    assert count(store, Change) == 0


@pytest.mark.parametrize(
    "headers", [{"X-Shopper": "1"}, {"X-Shopper": "1", "Sec-Fetch-Site": "none"}], ids=str
)
def test_an_old_browser_that_says_nothing_of_origins_may_send(line, phone, headers):
    assert line.changes(phone.answers("greeted", "yes"), headers=headers).status_code == 200


@pytest.mark.parametrize("body", NOT_JSON, ids=lambda body: repr(body[:20]))
def test_what_is_no_json_is_an_unreadable_envelope(line, body):
    given = {"json": None, "data": body, "content_type": "application/json"}
    response = line.changes(**given)
    assert (response.status_code, error(response)["code"]) == (422, "unreadable_envelope")
    response = line.hand_in(None, **given)
    assert response.status_code == 422
    assert error(response)["code"] in ("unreadable_envelope", "unreadable_hand_in")


@pytest.mark.parametrize("envelope", [None, 1, [], {}, {"changes": {}}, {"changes": None}], ids=repr)
def test_json_without_changes_is_an_unreadable_envelope(line, envelope):
    response = line.changes(json=None, data=json.dumps(envelope), content_type="application/json")
    assert (response.status_code, error(response)["code"]) == (422, "unreadable_envelope")


def test_anything_but_json_is_not_read(line):
    response = line.changes(json=None, data={"changes": "[]"})
    assert (response.status_code, error(response)["code"]) == (415, "not_json")


def test_more_than_200_changes_at_once_are_too_many(line, phone, store):
    response = line.changes(*[phone.answers("greeted", "yes") for _ in range(201)])
    assert (response.status_code, error(response)["code"], error(response)["limit"]) == (
        413,
        "too_many_changes",
        200,
    )
    assert count(store, Change) == 0


def test_more_than_a_megabyte_at_once_is_too_large(line, phone, store):
    response = line.changes(*[phone.comments("greeted", "x" * 20_000) for _ in range(60)])
    assert (response.status_code, error(response)["code"], error(response)["limit"]) == (
        413,
        "too_large",
        1_000_000,
    )
    assert count(store, Change) == 0


def test_a_hand_in_that_cannot_be_read_says_where(line):
    response = line.hand_in({"part": "visit", "round": "one"})
    assert (response.status_code, error(response)["code"]) == (422, "unreadable_hand_in")


@pytest.mark.parametrize("since", ["-1", "x", "", "1.5", "9" * 30, "٣"])
def test_an_odd_cursor_is_refused(line, since):
    response = line.get(f"evaluations/{line.eid}/state?since={since}")
    assert (response.status_code, error(response)["code"]) == (422, "bad_cursor")


def test_an_odd_name_of_the_change_at_the_cursor_is_refused(line):
    response = line.get(f"evaluations/{line.eid}/state?since=1&last=none")
    assert (response.status_code, error(response)["field"]) == (422, "last")


def test_an_address_that_does_not_exist_is_answered_as_json(line):
    assert error(line.get("nothing/here"))["code"]
    assert error(line.visitor.delete(f"{API}/evaluations/{line.eid}/changes", headers=OURS))["code"]
