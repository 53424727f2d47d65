"""A phone whose visit is unknown or another's hears what any phone hears, and nothing of it gets anywhere else."""

import hashlib
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from evaluations.fieldwork.found import keeping
from evaluations.models import Change, FoundItem, FoundWork, Photo, Submission
from tests.evaluations.photos.pictures import a_jpeg
from tests.phones import Phone
from tests.shopper.field.conftest import Line, digest
from tests.shopper.field.reading import count, data, error


def everything_sent(line: Line) -> list[Any]:
    """What each kind of sending is answered, without the ids and moments in it."""
    phone, body, photo = Phone(line.eid, "0" * 64), a_jpeg(40, 30), str(uuid4())
    changes = [phone.answers("greeted", "yes"), phone.attaches(body, "window", photo)]
    sent = phone.hand_in(1, (photo, hashlib.sha256(body).hexdigest()))
    told = [
        line.hand_in(sent),
        line.changes(*changes, {"id": 7}),
        line.changes(*changes),
        line.photo(body, photo),
        line.photo(body, photo),
        line.photo(a_jpeg(41, 30), photo),
        line.photo(b"no picture"),
        line.hand_in(sent),
    ]
    ids = [made["id"] for made in phone.made] + [photo, str(line.eid)]
    return [(answer.status_code, _without(answer.get_json(), ids)) for answer in told]


def _without(told: Any, ids: list[str]) -> Any:
    if isinstance(told, dict):
        return {
            _without(name, ids): _without(value, ids)
            for name, value in told.items()
            if name not in ("at", "digest", "submission")
        }
    if isinstance(told, list):
        return [_without(one, ids) for one in told]
    if isinstance(told, str):
        for place, one in enumerate(ids):
            told = told.replace(one, f"id {place}")
    return told


def test_an_unknown_visit_and_somebody_elses_are_answered_alike(another_line, line, phone, store):
    data(line.changes(phone.answers("greeted", "no")))
    theirs = everything_sent(another_line)
    nowhere = everything_sent(Line(another_line.visitor, uuid4()))
    assert theirs == nowhere
    assert [status for status, _told in theirs] == [409, 200, 200, 201, 200, 409, 415, 200]
    assert (count(store, Change), count(store, Photo), count(store, Submission)) == (1, 0, 0)
    assert store.scalars(select(FoundWork.eid)).all().count(line.eid) == 1


def test_a_photo_is_durable_and_its_hash_echoed(another_line, store, app):
    body = a_jpeg(40, 30)
    answer = another_line.photo(body)
    assert (answer.status_code, answer.headers["Repr-Digest"]) == (201, digest(body))
    item = store.scalars(select(FoundItem)).one()
    assert app.extensions["photos"].holds(item.sha256)
    assert data(answer)["id"] == item.name
    assert UUID(item.name)


@pytest.mark.parametrize("what", ["changes", "photo"])
def test_more_than_is_kept_is_refused_in_words_and_stays_on_the_phone(
    another_line, line, phone, store, monkeypatch, what
):
    monkeypatch.setattr(keeping, "MOST_BYTES", 100)
    stranger = Phone(line.eid, "0" * 64)
    answer = (
        another_line.photo(a_jpeg(40, 30))
        if what == "photo"
        else another_line.changes(stranger.comments("greeted", "x" * 200))
    )
    assert (answer.status_code, error(answer)["code"]) == (413, "found_full")
    assert "call the office" in error(answer)["message"]
    assert (count(store, FoundWork), count(store, FoundItem)) == (0, 0)
    assert line.changes(phone.answers("greeted", "yes")).status_code == 200
