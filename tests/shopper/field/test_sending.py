"""Changes and photos on their way in: each is answered, and kept once."""

import hashlib
import json
import random
from uuid import UUID, uuid4

from PIL import Image
from sqlalchemy import event, select

from evaluations.models import (
    Change,
    Evaluation,
    Photo,
    VisitState,
)
from shopper.app import LARGEST_FORM
from tests.evaluations.photos.pictures import a_jpeg, as_bytes
from tests.shopper.field.conftest import API, Line, digest
from tests.shopper.field.reading import count, data, error


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


def test_two_hundred_changes_take_no_more_queries_than_one(line, phone, engine):
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    data(line.changes(phone.answers("greeted", "yes")))
    for_one = len(statements)
    assert len(data(line.changes(*[phone.comments("greeted", "Hm.") for _ in range(200)]))["results"]) == 200
    assert len(statements) - for_one <= for_one


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
