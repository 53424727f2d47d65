"""What right looks like, on the phone: named in the package, and shown to the visit's own shopper alone."""

from __future__ import annotations

import hashlib

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from evaluations.document.tree import Picture
from evaluations.models import Evaluation, Person, Role
from evaluations.photos import pictures
from tests.builders import (
    NOON,
    a_document,
    a_person,
    a_question,
    a_shopper,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
)
from tests.evaluations.photos.pictures import a_jpeg
from tests.shopper.browsing import Visitor, visitor_of
from tests.shopper.field.conftest import API
from tests.shopper.field.reading import data


@pytest.fixture
def drawn(app: Flask, store: Session) -> pictures.Drawn:
    made = pictures.draw(a_jpeg())
    pictures.keep(app.extensions["photos"], [made])
    pictures.record(store, [made], by=a_person(store, Role.DESIGNER), at=NOON)
    return made


@pytest.fixture
def shopper(store: Session) -> Person:
    return a_shopper(store)


@pytest.fixture
def evaluation(store: Session, shopper: Person, drawn: pictures.Drawn) -> Evaluation:
    document = a_document(a_question(pictures=(Picture(sha256=drawn.sha256),)))
    wave = a_wave(store, version=a_version(store, document))
    made = an_evaluation(store, shopper, a_visit(store, wave))
    store.commit()
    return made


def test_the_package_names_every_picture_with_its_hash(
    visitor: Visitor, shopper: Person, evaluation: Evaluation, drawn: pictures.Drawn
):
    visitor.signs_in(shopper)
    files = data(visitor.get(f"{API}/visits/{evaluation.visit_id}/package"))["files"]
    address = f"/field/visits/{evaluation.visit_id}/pictures/{drawn.sha256}"
    assert files[address] == drawn.sha256
    answer = visitor.get(address)
    assert hashlib.sha256(answer.data).hexdigest() == drawn.sha256
    assert answer.mimetype == "image/jpeg"


def test_nobody_else_is_shown_them_and_no_other_picture_is(
    app: Flask,
    store: Session,
    visitor: Visitor,
    shopper: Person,
    evaluation: Evaluation,
    drawn: pictures.Drawn,
):
    address = f"/field/visits/{evaluation.visit_id}/pictures"
    elsewhere = pictures.draw(a_jpeg(90, 60))
    pictures.keep(app.extensions["photos"], [elsewhere])
    pictures.record(store, [elsewhere], by=a_person(store, Role.DESIGNER), at=NOON)
    other = a_shopper(store)
    client = a_person(store, Role.DESIGNER)
    store.commit()
    for person in (other, client):
        assert visitor_of(app).signs_in(person).get(f"{address}/{drawn.sha256}").status_code == 404
    visitor.signs_in(shopper)
    assert visitor.get(f"{address}/{elsewhere.sha256}").status_code == 404
