"""Approving what has something open, in the browser of an editor."""

import pytest

from evaluations.document.tree import Critical, Effect
from evaluations.models import Evaluation, EvaluationState, Role
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
from tests.evaluations.reviewing.visits import answers, hand_in

QUEUE = "/office/reviews/"


@pytest.fixture
def edith(store):
    return a_person(store, Role.EDITOR, name="Edith")


@pytest.fixture
def editor(edith, visitor):
    return visitor.signs_in(edith)


def page_of(evaluation):
    return f"{QUEUE}{evaluation.id}"


def now_in(store, evaluation):
    store.expire_all()
    return store.get_one(Evaluation, evaluation.id)


def decide(editor, evaluation, act, **fields):
    return editor.sends(f"{page_of(evaluation)}/{act}", _from=QUEUE + "?tab=claimed", **fields)


@pytest.fixture
def half_empty(store, edith):
    critical = Critical(on=("no",), effect=Effect.FAILS_VISIT)
    document = a_document(
        a_question("greeted"), a_question("exit", "Was the fire exit free?", critical=critical)
    )
    made = an_evaluation(store, visit=a_visit(store, a_wave(store, version=a_version(store, document))))
    answers(store, made, {"greeted": "yes"})
    decisions.claim(store, hand_in(store, made), by=edith, at=NOON)
    store.commit()
    return made


def test_an_approval_that_passes_over_something_open_is_refused_on_the_page(editor, store, half_empty):
    answer = decide(editor, half_empty, "approvals", note=" ")
    assert answer.status_code == 422
    assert "Say why it is approved all the same." in answer.text
    assert '<details class="asks" data-act="approve" open>' in answer.text
    assert now_in(store, half_empty).state is EvaluationState.IN_REVIEW


def test_who_approves_reads_first_how_much_is_open_and_that_enter_decides_nothing(editor, half_empty):
    sheet = editor.get(page_of(half_empty)).text.split('data-act="approve"')[1]
    assert "1 of 2 questions is still open or contradicts itself." in sheet
    assert "A critical question was never answered:" in sheet
    assert '<a href="#q-exit">2 · Was the fire exit free?</a>' in sheet
    assert "data-asked" not in sheet
    assert "data-enter" not in sheet


def test_the_reason_of_an_approval_stands_with_the_visit(editor, store, half_empty):
    assert decide(editor, half_empty, "approvals", note="The exit was locked in.").status_code == 303
    assert now_in(store, half_empty).state is EvaluationState.RELEASED
    assert "The exit was locked in." in editor.get(page_of(half_empty)).text
