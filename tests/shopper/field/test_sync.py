"""The addresses through which a phone's work arrives: what is refused, and what is answered."""

import hashlib
import json
import random
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from evaluations.clock import now
from evaluations.models import (
    Change,
    Decision,
    Evaluation,
    EvaluationState,
    Photo,
    Remark,
    Review,
    Role,
    Submission,
    VisitState,
)
from shopper.app import LARGEST_FORM
from tests.builders import NOON, a_person, a_visit, an_evaluation
from tests.evaluations.photos.pictures import a_jpeg, as_bytes
from tests.phones import Phone
from tests.shopper.field.conftest import API, OURS, Line, digest

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


def error(response: TestResponse) -> dict[str, Any]:
    assert response.mimetype == "application/json"
    found: dict[str, Any] = response.get_json()["error"]
    assert found["message"]
    return found


def data(response: TestResponse) -> dict[str, Any]:
    assert response.status_code in (200, 201), response.text
    found: dict[str, Any] = response.get_json()["data"]
    return found


def count(store: Session, table: type) -> int:
    return store.scalar(select(func.count()).select_from(table)) or 0


def every_call(line: Line) -> list[TestResponse]:
    phone, body = Phone(line.eid), a_jpeg(40, 30)
    return [
        line.get(f"evaluations/{line.eid}/state"),
        line.changes(phone.answers("greeted", "yes")),
        line.photo(body),
        line.visitor.head(f"{API}/evaluations/{line.eid}/photos/{uuid4()}"),
        line.hand_in(phone.hand_in()),
    ]


# refusals


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


def test_somebody_elses_evaluation_looks_like_none(another_line, store):
    theirs = every_call(another_line)
    nowhere = every_call(Line(another_line.visitor, uuid4()))
    for one, other in zip(theirs, nowhere, strict=True):
        assert one.status_code == other.status_code == 404
        assert one.data == other.data
    assert (count(store, Change), count(store, Photo), count(store, Submission)) == (0, 0, 0)


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


def test_an_address_that_does_not_exist_is_answered_as_json(line):
    assert error(line.get("nothing/here"))["code"]
    assert error(line.visitor.delete(f"{API}/evaluations/{line.eid}/changes", headers=OURS))["code"]


# changes


def test_a_batch_is_answered_change_by_change(line, phone, store):
    good, bad = phone.answers("greeted", "yes"), phone.comments("greeted", "\x07")
    response = line.changes(bad, good, 7)
    assert data(response) == {
        "results": [
            {"id": bad["id"], "result": "unreadable", "disposition": None, "code": "unfit_text"},
            {"id": good["id"], "result": "stored", "disposition": None, "code": None},
            {"id": None, "result": "unreadable", "disposition": None, "code": "bad_change"},
        ],
        "heads": {"answer:greeted": [good["id"]]},
        "cursor": 1,
        "state": "in_progress",
        "round": 1,
    }
    assert count(store, Change) == 1


def test_a_lone_surrogate_spoils_only_its_own_change(line, phone):
    good = phone.answers("greeted", "yes")
    odd = json.dumps(phone.comments("greeted", "HALF")).replace("HALF", "\\ud83d")
    body = f'{{"changes": [{odd}, {json.dumps(good)}]}}'
    response = line.changes(json=None, data=body, content_type="application/json")
    assert [result["result"] for result in data(response)["results"]] == ["unreadable", "stored"]


def test_what_was_acknowledged_is_committed(line, phone, store):
    data(line.changes(phone.checks_in(), phone.answers("greeted", "yes")))
    store.expire_all()
    evaluation = store.get_one(Evaluation, line.eid)
    assert count(store, Change) == 2
    assert (evaluation.visit.state, evaluation.arrivals) == (VisitState.UNDER_WAY, 2)


def test_texts_travel_unharmed(line, phone):
    text = '“Añadió” 🙂 \u2028 <script> \\ " \t\n'
    sent = phone.comments("greeted", text)
    data(line.changes(sent))
    state = data(line.get(f"evaluations/{line.eid}/state"))
    assert state["changes"][0]["change"] == sent


def test_two_hundred_changes_of_200_bytes_are_quick(line, phone):
    batch = [phone.answers("greeted", "yes") for _ in range(200)]
    before = now()
    assert len(data(line.changes(*batch))["results"]) == 200
    assert now() - before < timedelta(seconds=3)


# photos


def test_a_photo_without_its_check_sum_is_refused(line):
    for stated in ("", "sha-256=:AAAA:", "md5=:AAAA:", "sha-256=nonsense"):
        response = line.photo(a_jpeg(40, 30), **{"Repr-Digest": stated})
        assert (response.status_code, error(response)["code"]) == (422, "digest_missing")


def test_a_photo_that_was_altered_on_its_way_is_refused(line, store, app):
    response = line.photo(a_jpeg(40, 30), **{"Repr-Digest": digest(b"something else")})
    assert (response.status_code, error(response)["code"]) == (422, "digest_differs")
    assert count(store, Photo) == 0
    assert not list(app.extensions["photos"].root.glob("*/*"))


def test_other_bytes_under_a_known_id_are_refused(line, store):
    photo_id, first = str(uuid4()), a_jpeg(40, 30)
    line.photo(first, photo_id)
    response = line.photo(a_jpeg(41, 30), photo_id)
    assert (response.status_code, error(response)["code"]) == (409, "photo_differs")
    assert store.get_one(Photo, UUID(photo_id)).sha256 == hashlib.sha256(first).hexdigest()


def test_an_id_that_another_evaluation_holds_is_refused(line, another_line, store):
    photo_id, body = str(uuid4()), a_jpeg(40, 30)
    other = store.scalars(select(Evaluation).where(Evaluation.id != line.eid)).one()
    Line(another_line.visitor, other.id).photo(body, photo_id)
    response = line.photo(body, photo_id)
    assert (response.status_code, error(response)["code"]) == (409, "photo_differs")


def test_what_is_no_picture_is_refused_with_its_own_code(line, store):
    text = line.photo(b"Dear diary, this is no picture at all.")
    assert (text.status_code, error(text)["code"]) == (415, "photo_unknown_type")
    cut = line.photo(a_jpeg(400, 300)[:2000])
    assert (cut.status_code, error(cut)["code"]) == (422, "photo_truncated")
    assert count(store, Photo) == 0


def test_a_photo_larger_than_the_limit_is_refused_with_the_limit(line, store):
    for headers in ({}, {"Transfer-Encoding": "chunked"}):
        response = line.photo(b"\xff\xd8\xff" + bytes(25 * 1024 * 1024), **headers)
        assert (response.status_code, error(response)["code"], error(response)["limit"]) == (
            413,
            "photo_too_large",
            25,
        )
    assert count(store, Photo) == 0


def test_a_photo_is_kept_and_its_hash_echoed(line, store):
    photo_id, body = str(uuid4()), a_jpeg(40, 30)
    response = line.photo(body, photo_id)
    assert response.status_code == 201
    assert response.headers["Repr-Digest"] == digest(body)
    assert data(response) == {
        "id": photo_id,
        "sha256": hashlib.sha256(body).hexdigest(),
        "bytes": len(body),
        "mime": "image/jpeg",
        "width": 40,
        "height": 30,
    }
    assert store.get_one(Photo, UUID(photo_id)).sent_by_id


def test_a_photo_may_be_larger_than_any_form(line):
    body = as_bytes(Image.frombytes("RGB", (1000, 800), random.Random(1).randbytes(2_400_000)), "PNG")
    assert len(body) > LARGEST_FORM
    assert line.photo(body, mime="image/png").status_code == 201
    assert line.photo(body, mime="image/png", **{"Transfer-Encoding": "chunked"}).status_code == 201


def test_a_photo_sent_again_is_known(line, store):
    photo_id, body = str(uuid4()), a_jpeg(40, 30)
    first, again = line.photo(body, photo_id), line.photo(body, photo_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.data == again.data
    assert again.headers["Repr-Digest"] == digest(body)
    assert count(store, Photo) == 1


def test_whether_a_photo_is_here_can_be_asked(line):
    photo_id, body = str(uuid4()), a_jpeg(40, 30)
    address = f"{API}/evaluations/{line.eid}/photos/{photo_id}"
    assert line.visitor.head(address).status_code == 404
    line.photo(body, photo_id)
    response = line.visitor.head(address)
    assert (response.status_code, response.headers["Repr-Digest"]) == (200, digest(body))


# state


def test_the_state_tells_what_came_since(line, phone):
    first, second = phone.answers("greeted", "yes"), phone.answers("greeted", "no")
    data(line.changes(first))
    cursor = data(line.get(f"evaluations/{line.eid}/state"))["cursor"]
    data(line.changes(second))
    state = data(line.get(f"evaluations/{line.eid}/state?since={cursor}"))
    assert state["changes"] == [{"arrival": 2, "disposition": None, "head": True, "change": second}]
    assert (state["cursor"], state["reload"], state["more"]) == (2, False, False)


def test_a_cursor_above_the_highest_number_means_reload(line, phone):
    data(line.changes(phone.answers("greeted", "yes")))
    state = data(line.get(f"evaluations/{line.eid}/state?since=99"))
    assert (state["reload"], len(state["changes"]), state["cursor"]) == (True, 1, 1)


def test_a_long_history_comes_in_pages(line, phone):
    sent = [phone.answers("greeted", "yes") for _ in range(250)]
    data(line.changes(*sent[:200]))
    data(line.changes(*sent[200:]))
    first = data(line.get(f"evaluations/{line.eid}/state?since=0"))
    second = data(line.get(f"evaluations/{line.eid}/state?since={first['cursor']}"))
    assert (first["more"], second["more"]) == (True, False)
    assert [one["change"] for one in first["changes"] + second["changes"]] == sent


def test_a_return_is_told_question_by_question_until_it_is_handed_in(line, phone, store, evaluation):
    data(line.changes(phone.answers("greeted", "yes")))
    data(line.hand_in(phone.hand_in()))
    editor = a_person(store, Role.EDITOR)
    evaluation = store.get_one(Evaluation, line.eid, populate_existing=True)
    review = Review(
        evaluation=evaluation, editor=editor, round=1, decision=Decision.RETURNED, decided_at=NOON
    )
    review.note, review.remarks = "Almost.", [Remark(question_key="greeted", text="How soon?")]
    store.add(review)
    evaluation.state, evaluation.round, evaluation.return_due_at = EvaluationState.RETURNED, 2, NOON
    store.commit()
    state = data(line.get(f"evaluations/{line.eid}/state"))
    assert (state["state"], state["round"], state["deadline"]) == ("returned", 2, "2026-03-14T12:00:00.000Z")
    assert (state["note"], state["remarks"]) == ("Almost.", {"greeted": ["How soon?"]})
    data(line.changes(phone.answers("greeted", "no")))
    assert data(line.get(f"evaluations/{line.eid}/state"))["remarks"] == {"greeted": ["How soon?"]}
    assert data(line.hand_in(phone.hand_in(2)))["round"] == 2
    state = data(line.get(f"evaluations/{line.eid}/state"))
    assert (state["state"], state["remarks"], state["note"]) == ("submitted", {}, "")


def test_the_state_names_the_photos_that_are_here(line):
    photo_id, body = str(uuid4()), a_jpeg(40, 30)
    line.photo(body, photo_id)
    state = data(line.get(f"evaluations/{line.eid}/state"))
    assert state["photos"] == [{"id": photo_id, "sha256": hashlib.sha256(body).hexdigest()}]


# hand-in


def test_a_hand_in_is_refused_while_the_device_still_holds_something(line, phone, store):
    unsent, photo_id = phone.answers("greeted", "yes"), str(uuid4())
    response = line.hand_in(phone.hand_in(1, (photo_id, "a" * 64)))
    found = error(response)
    assert (response.status_code, found["code"]) == (409, "incomplete")
    assert (found["missing_changes"], found["missing_photos"]) == ([unsent["id"]], [photo_id])
    assert count(store, Submission) == 0


def test_a_hand_in_gives_a_receipt_and_a_repeat_the_same(line, phone, store):
    photo_id, body = str(uuid4()), a_jpeg(40, 30)
    sha256 = hashlib.sha256(body).hexdigest()
    data(line.changes(phone.answers("greeted", "yes"), phone.attaches(body, "greeted", photo_id)))
    line.photo(body, photo_id)
    submission, sent = str(uuid4()), phone.hand_in(1, (photo_id, sha256))
    receipt = data(line.hand_in(sent, submission))
    assert receipt["changes"] == sorted(change["id"] for change in phone.made)
    assert receipt["photos"] == [{"id": photo_id, "sha256": sha256}]
    assert (receipt["submission"], receipt["evaluation"]) == (submission, str(line.eid))
    text = {name: value for name, value in receipt.items() if name != "digest"}
    canonical = json.dumps(text, sort_keys=True, separators=(",", ":"))
    assert receipt["digest"] == hashlib.sha256(canonical.encode()).hexdigest()
    assert data(line.hand_in(sent, submission)) == receipt
    assert data(line.hand_in(sent, str(uuid4()))) == receipt
    state = data(line.get(f"evaluations/{line.eid}/state"))
    assert (state["state"], state["receipt"]) == ("submitted", receipt["digest"][:4].upper())
    assert count(store, Submission) == 1


def test_what_comes_after_the_hand_in_is_kept_and_named(line, phone):
    data(line.hand_in(phone.hand_in()))
    [result] = data(line.changes(phone.answers("greeted", "yes")))["results"]
    assert (result["result"], result["disposition"]) == ("stored", "after_hand_in")


# visits and packages


def test_the_list_shows_own_open_visits_and_names_withdrawn_ones(line, store, evaluation):
    withdrawn = an_evaluation(store, evaluation.shopper, state=EvaluationState.ABANDONED)
    withdrawn.visit.state, withdrawn.visit.window_to = VisitState.CANCELLED, now().date()
    old = an_evaluation(store, evaluation.shopper, state=EvaluationState.RELEASED)
    old.submitted_at = now() - timedelta(days=400)
    an_evaluation(store)
    a_visit(store)
    store.commit()
    found = data(line.get("me/visits"))
    assert [visit["id"] for visit in found["visits"]] == [str(evaluation.visit_id)]
    assert found["withdrawn"] == [{"id": str(withdrawn.visit_id), "eid": str(withdrawn.id)}]
    [visit] = found["visits"]
    assert (visit["state"], visit["evaluation_state"], visit["round"]) == ("assigned", "in_progress", 1)
    assert (visit["eid"], visit["vid"]) == (str(evaluation.id), evaluation.version.content_hash)
    assert visit["location"]["name"] == evaluation.visit.location.name
    assert visit["client"] == evaluation.visit.wave.programme.client.name


def test_the_package_carries_the_document_whose_hash_is_its_version(line, evaluation):
    response = line.get(f"visits/{evaluation.visit_id}/package")
    package = data(response)
    assert hashlib.sha256(package["document"].encode()).hexdigest() == package["vid"]
    assert (package["eid"], package["visit"]) == (str(evaluation.id), str(evaluation.visit_id))
    etag = response.headers["ETag"]
    assert not etag.startswith("W/")
    again = line.get(f"visits/{evaluation.visit_id}/package", **{"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")
    assert line.get(f"visits/{evaluation.visit_id}/package", **{"If-None-Match": '"old"'}).status_code == 200


def test_the_package_of_a_withdrawn_visit_still_says_where_work_belongs(line, store, evaluation):
    evaluation.visit.state = VisitState.CANCELLED
    store.commit()
    response = line.get(f"visits/{evaluation.visit_id}/package")
    found = error(response)
    assert (response.status_code, found["code"], found["eid"]) == (410, "visit_withdrawn", str(line.eid))


def test_no_answer_may_be_kept_by_anybody_on_the_way(line, evaluation):
    for response in [
        line.get("me/visits"),
        line.get(f"visits/{evaluation.visit_id}/package"),
        line.get(f"evaluations/{line.eid}/state"),
    ]:
        assert "no-store" in response.headers["Cache-Control"]
