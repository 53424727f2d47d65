"""A phone announces what it holds before it sends it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.models import AuditEntry, Evaluation, SignIn
from evaluations.photos.store import PhotoStore, Size
from tests.evaluations.photos.pictures import a_jpeg
from tests.phones import Phone
from tests.shopper.field.conftest import API, OURS, Line, digest
from tests.shopper.field.reading import data, error


def test_an_announcement_that_cannot_be_read_is_answered_in_words(line: Line):
    answer = line.visitor.post(f"{API}/announce", json={"holdings": 7}, headers=OURS)
    assert answer.status_code == 422
    assert error(answer)["code"] == "unreadable_announcement"
    assert error(answer)["message"].startswith("What the phone holds could not be read")
    assert line.visitor.post(f"{API}/announce", data="{", headers=OURS).status_code == 415


def test_what_is_not_here_is_asked_for(line: Line, phone: Phone, evaluation: Evaluation, store: Session):
    phone.answers("greeted", "yes")
    sent = phone.answers("clean", "no")
    data(line.changes(sent))
    holding = {"eid": str(evaluation.id), "did": phone.did, "top_seq": 3, "photos": []}
    answer = line.visitor.post(f"{API}/announce", json={"holdings": [holding]}, headers=OURS)
    assert data(answer)["holdings"] == [
        {"eid": str(evaluation.id), "did": phone.did, "missing": [[1, 1], [3, 3]], "photos_missing": []}
    ]
    assert abs(datetime.fromisoformat(data(answer)["at"]) - now()) < timedelta(minutes=5)


def test_somebody_elses_work_is_asked_for_as_if_nobody_had_it(
    another_line: Line, line: Line, phone: Phone, evaluation: Evaluation
):
    data(line.changes(phone.answers("greeted", "yes")))
    for eid in (str(evaluation.id), str(uuid4())):
        holding = {"eid": eid, "did": phone.did, "top_seq": 1, "photos": []}
        answer = another_line.visitor.post(f"{API}/announce", json={"holdings": [holding]}, headers=OURS)
        assert data(answer)["holdings"] == [
            {"eid": eid, "did": phone.did, "missing": [[1, 1]], "photos_missing": []}
        ]


def lose_all(photos: PhotoStore, _sha256: str) -> None:
    shutil.rmtree(photos.root)


def lose_the_original(photos: PhotoStore, sha256: str) -> None:
    photos.open(sha256, Size.ORIGINAL).unlink()


def empty_a_size(photos: PhotoStore, sha256: str) -> None:
    os.truncate(photos.open(sha256, Size.PRINT), 0)


@pytest.mark.parametrize("harm", [lose_all, lose_the_original, empty_a_size])
@pytest.mark.parametrize("is_own", [True, False], ids=["own", "found"])
def test_a_photo_whose_bytes_are_gone_is_asked_for_and_taken_again(
    app: Flask,
    line: Line,
    another_line: Line,
    phone: Phone,
    is_own: bool,
    harm: Callable[[PhotoStore, str], None],
):
    sender = line if is_own else Line(another_line.visitor, line.eid)
    photo_id, body = str(uuid4()), a_jpeg(40, 30)
    photos = [{"id": photo_id, "taken_ms": None}]
    sent = {"holdings": [{"eid": str(line.eid), "did": phone.did, "top_seq": 0, "photos": photos}]}

    def asked_for() -> list[str]:
        answer = sender.visitor.post(f"{API}/announce", json=sent, headers=OURS)
        return data(answer)["holdings"][0]["photos_missing"]

    assert sender.photo(body, photo_id).status_code == 201
    assert asked_for() == []
    harm(app.extensions["photos"], sha256(body).hexdigest())
    assert asked_for() == [photo_id]
    assert sender.photo(a_jpeg(41, 30), photo_id).status_code == 409
    if is_own:
        address = f"{API}/evaluations/{line.eid}/photos/{photo_id}"
        assert sender.visitor.head(address).status_code == 404
    again = sender.photo(body, photo_id)
    assert (again.status_code, again.headers["Repr-Digest"]) == (201, digest(body))
    assert asked_for() == []
    assert sender.photo(body, photo_id).status_code == 200
    assert app.extensions["photos"].open(sha256(body).hexdigest(), Size.ORIGINAL).read_bytes() == body


def test_a_browser_is_known_by_its_device_and_another_one_is_told_to_the_office(
    line: Line, phone: Phone, evaluation: Evaluation, store: Session
):
    phone.answers("greeted", "yes")
    holding = {"eid": str(evaluation.id), "did": phone.did, "top_seq": 1, "photos": []}
    fresh = str(uuid4())
    for did, holdings in ((phone.did, [holding]), (fresh, [])):
        sent = {"did": did, "holdings": holdings}
        assert line.visitor.post(f"{API}/announce", json=sent, headers=OURS).status_code == 200
    assert store.scalars(select(SignIn.device_id)).all() == [fresh]
    told = store.scalars(select(AuditEntry.act).where(AuditEntry.subject_id == evaluation.id)).all()
    assert told == ["evaluation.device_replaced"]
