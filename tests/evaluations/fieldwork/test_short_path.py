"""What a visit that was not made still needs, held to the vectors that the phone's twin is held to as well."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from evaluations.fieldwork import changes, short_path
from evaluations.fieldwork.short_path import ShortLack, short_lacks
from evaluations.fieldwork.submitting import open_items
from evaluations.models import Outcome, was_made
from evaluations.queries import capture
from tests.builders import NOON, an_evaluation
from tests.phones import Phone

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "short_path.json").read_text())["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["says"])
def test_what_the_short_path_lacks_is_what_the_vector_says(vector: dict[str, Any]) -> None:
    outcome = vector["outcome"] and Outcome(vector["outcome"])
    found = short_lacks(outcome, vector["note"], is_checked_in=vector["checked_in"], photos=vector["photos"])
    assert list(found) == vector["missing"]


def test_the_vectors_reach_every_outcome_and_every_lack() -> None:
    assert {vector["outcome"] for vector in VECTORS} == {None, *Outcome}
    assert {code for vector in VECTORS for code in vector["missing"]} == set(ShortLack)


@pytest.mark.parametrize(
    ("outcome", "made"), [(None, True), *((one, one is Outcome.MADE) for one in Outcome)]
)
def test_a_visit_was_made_unless_it_is_said_that_it_was_not(outcome, made):
    assert was_made(outcome) is made


def test_a_closed_place_handed_in_without_its_photo_is_told_to_the_editor(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    batch = [phone.checks_in(), phone.ends("closed_store", "Shutters down.")]
    changes.store(session, evaluation, batch, by=evaluation.shopper, at=NOON)
    found = capture.contents(session, evaluation)
    assert open_items(evaluation, found) == [{"code": "front_missing"}]


def test_a_photo_that_belongs_to_no_question_shows_the_closed_front(session):
    evaluation = an_evaluation(session)
    phone = Phone(evaluation)
    photo = phone.attaches(b"a shutter", None, str(uuid4()))
    batch = [phone.checks_in(), photo, phone.ends("closed_store", "Shutters down.")]
    changes.store(session, evaluation, batch, by=evaluation.shopper, at=NOON)
    assert short_path.lacks_of(capture.contents(session, evaluation)) == ()
