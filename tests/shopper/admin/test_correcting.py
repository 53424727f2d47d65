"""The form by which an answer is put right knows every kind of question."""

import pytest
from flask import Flask

from evaluations.document.answers import Answer
from evaluations.document.kinds import read_answer
from evaluations.document.tree import Kind
from shopper.admin.forms.correcting import answer_of, form_for
from tests.rules.test_kinds import SAMPLES, document_of

TYPED = {
    Kind.YES_NO: "yes",
    Kind.SINGLE_CHOICE: "warm",
    Kind.RATING: "4",
    Kind.SEVERAL_CHOICES: ["warm", "prompt"],
    Kind.NUMBER: "1234,5",
    Kind.MONEY: "1234.50",
    Kind.DURATION: "1:35.5",
    Kind.DATE: "2026-03-14",
    Kind.TIME: "09:30",
    Kind.SHORT_TEXT: "Maria & Jo",
    Kind.NARRATIVE: "I walked in.",
}
ANSWERED_BY_SHOPPERS_ALONE = {Kind.PHOTO, Kind.SIGNATURE, Kind.PLACE, Kind.INSTRUCTION}


def test_every_kind_is_put_right_or_answered_by_shoppers_alone():
    assert set(TYPED) | ANSWERED_BY_SHOPPERS_ALONE == set(Kind)


def read(app: Flask, kind: Kind, answer: Answer | None, **sent: object) -> object:
    sample = SAMPLES[kind]
    how = {"method": "POST", "data": {"state": "answered"} | sent} if sent else {}
    with app.test_request_context("/", **how):
        form = form_for(sample.question, document_of(sample), answer, "")
        return answer_of(form, sample.question, answer)


@pytest.mark.parametrize("kind", TYPED, ids=lambda kind: kind.value)
def test_what_is_typed_is_an_answer_of_its_kind(app, kind):
    sample = SAMPLES[kind]
    got, wanted = read_answer(sample.question, read(app, kind, None, value=TYPED[kind])), sample.answer
    if kind is Kind.SEVERAL_CHOICES:  # in whatever order the boxes stand
        got, wanted = (one.model_copy(update={"value": set(one.value)}) for one in (got, wanted))
    assert got == wanted


@pytest.mark.parametrize("kind", TYPED, ids=lambda kind: kind.value)
def test_the_form_shows_what_is_held_so_that_sending_it_as_it_is_changes_nothing(app, kind):
    sample = SAMPLES[kind]
    same = read_answer(sample.question, read(app, kind, sample.answer))
    assert same == sample.answer


def test_a_place_stays_as_it_is_when_only_its_comment_is_put_right(app):
    place = SAMPLES[Kind.PLACE]
    assert read_answer(place.question, read(app, Kind.PLACE, place.answer, comment="There.")) == place.answer


def test_a_question_is_made_not_applicable_or_blank(app):
    assert read(app, Kind.YES_NO, None, state="na", value="yes") == {"state": "na", "value": None}
    assert read(app, Kind.YES_NO, None, state="blank", value="yes") is None
