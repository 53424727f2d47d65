"""An approval that passes over something open has a reason, and keeps it."""

import json

import pytest
from sqlalchemy import select

from evaluations.document.tree import Scoring
from evaluations.errors import Invalid
from evaluations.fieldwork import changes
from evaluations.models import AuditEntry, EvaluationState, Photo, Review, Role
from evaluations.reviewing import decisions
from tests.builders import (
    NOON,
    a_document,
    a_person,
    a_question,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
)
from tests.evaluations.reviewing.visits import a_change, a_photo, answers, hand_in, says

State = EvaluationState
WHY = "The shop closed while the shopper was there."


@pytest.fixture
def editor(session):
    return a_person(session, Role.EDITOR)


@pytest.fixture
def handed_in(session):
    return hand_in(session, an_evaluation(session))


@pytest.mark.parametrize("note", ["", " \n"])
def test_what_has_something_open_is_not_approved_without_a_reason(session, editor, handed_in, note):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    with pytest.raises(Invalid) as refused:
        decisions.approve(session, handed_in, by=editor, at=NOON, note=note)
    assert (refused.value.code, refused.value.field) == ("approval_reason_needed", "note")
    assert refused.value.values == {"questions": 1}
    assert handed_in.state is State.IN_REVIEW
    assert session.scalars(select(Review)).all() == []


def test_answers_that_contradict_each_other_are_not_approved_without_a_reason(session, editor):
    evaluation = an_evaluation(session)
    said = [
        a_change(evaluation, "answer:greeted", "answer.set", {"state": "answered", "value": value})
        for value in ("yes", "no")
    ]
    changes.store(session, evaluation, said, by=evaluation.shopper, at=NOON)
    decisions.claim(session, hand_in(session, evaluation), by=editor, at=NOON)
    with pytest.raises(Invalid) as refused:
        decisions.approve(session, evaluation, by=editor, at=NOON)
    assert refused.value.code == "approval_reason_needed"


def test_the_reason_of_an_approval_is_kept_and_in_the_trail(session, editor, handed_in):
    decisions.claim(session, handed_in, by=editor, at=NOON)
    decisions.approve(session, handed_in, by=editor, at=NOON, note=f" {WHY} ")
    assert session.scalars(select(Review.note)).one() == WHY
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "evaluation.approved")).one()
    details = json.loads(entry.details)
    assert (details["reason"], details["open"]) == (WHY, ["greeted"])


def test_a_photo_that_came_after_hand_in_is_open_no_longer(session, editor):
    evaluation = an_evaluation(session)
    answers(session, evaluation, {"greeted": "yes"})
    photo = a_photo(session, evaluation, "greeted")
    kept = {column.key: getattr(photo, column.key) for column in Photo.__table__.columns}
    session.delete(photo)
    session.flush()
    decisions.claim(session, hand_in(session, evaluation), by=editor, at=NOON)
    with pytest.raises(Invalid):
        decisions.approve(session, evaluation, by=editor, at=NOON)
    session.add(Photo(**kept))
    session.flush()
    decisions.approve(session, evaluation, by=editor, at=NOON)
    assert evaluation.state is State.RELEASED


def test_a_shop_that_was_closed_is_not_scored_where_a_blank_counts_as_nothing(session, editor):
    document = a_document(a_question("greeted", points=10), scoring=Scoring(blanks_count=True, target=80))
    visit = a_visit(session, a_wave(session, version=a_version(session, document)))
    evaluation = an_evaluation(session, visit=visit)
    says(session, evaluation, "visit:outcome", "outcome.set", {"outcome": "closed_store", "note": "Shut."})
    a_photo(session, evaluation)
    decisions.claim(session, hand_in(session, evaluation), by=editor, at=NOON)
    card = decisions.approve(session, evaluation, by=editor, at=NOON, note="It was closed.")
    assert (card.millionths, card.possible) == (None, "0")
