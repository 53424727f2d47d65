"""Conditions that make no difference: held to what trying every answer by the evaluator itself says."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.designing import checking, reasoning
from evaluations.document.answers import NOT_APPLICABLE, answered
from evaluations.document.conditions import hidden
from evaluations.document.tree import (
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Chosen,
    Is,
    IsNot,
    Not,
    Number,
    OneOf,
    Option,
    SeveralChoices,
    ShortText,
    WasAnswered,
    WasNotApplicable,
)
from tests.evaluations.designing.documents import choice, document, rating, touchpoint, yes_no

NEVER, ALWAYS = reasoning.NEVER, reasoning.ALWAYS
PAID = yes_no("paid", na_allowed=True)
WHICH = choice("which", 5, 3, 0, required=False)
WARM = rating("warm", hi=3)
SEEN = SeveralChoices(
    key="seen",
    text={"en": "What was seen?"},
    options=tuple(Option(key=key, text={"en": key}, points=1) for key in ("a", "b", "c")),
    max_choices=2,
)
QUEUE = Number(key="queue", text={"en": "How many?"}, minimum=0, maximum=3)
ANSWERS = {
    "paid": [None, answered("yes"), answered("no"), NOT_APPLICABLE],
    "which": [None, *(answered(f"option_{place}") for place in (1, 2, 3))],
    "warm": [None, *map(answered, (1, 2, 3))],
    "seen": [
        None,
        *(answered(some) for some in ((), ("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c"))),
    ],
    "queue": [None, *map(answered, ("0", "1", "2", "3"))],
}
"""Every answer that there is to each question, and none."""
TESTS = st.one_of(
    st.builds(Is, question=st.just("paid"), answer=st.sampled_from(["yes", "no"])),
    st.builds(IsNot, question=st.just("paid"), answer=st.sampled_from(["yes", "no"])),
    st.builds(WasNotApplicable, question=st.just("paid")),
    st.builds(WasAnswered, question=st.sampled_from(list(ANSWERS))),
    st.builds(
        OneOf,
        question=st.just("which"),
        answers=st.lists(st.sampled_from(["option_1", "option_2", "option_3"]), min_size=1, max_size=3).map(
            tuple
        ),
    ),
    st.builds(AtLeast, question=st.sampled_from(["warm", "queue"]), measure=st.integers(0, 4)),
    st.builds(AtMost, question=st.sampled_from(["warm", "queue"]), measure=st.integers(0, 4)),
    st.builds(Chosen, question=st.just("seen"), answer=st.sampled_from(["a", "b"])),
    st.builds(Is, question=st.just("seen"), answer=st.sampled_from(["a", "b"])),
)
CONDITIONS = st.recursive(
    TESTS,
    lambda parts: st.one_of(
        st.builds(Not, of=parts),
        st.builds(All, of=st.lists(parts, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, of=st.lists(parts, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=4,
)


def asked_about(condition, *, gate=None, before=(PAID, WHICH, WARM, SEEN, QUEUE)):
    """A checklist in which the last question has this condition, and its touchpoint the condition `gate`."""
    last = touchpoint("last", yes_no("last", show_if=condition), show_if=gate)
    return document(touchpoint("first", *before), last)


def said(doc, question="last"):
    """What is said of the condition of a question."""
    found = {problem.code for problem in checking.problems(doc) if problem.question == question}
    return found & {NEVER, ALWAYS}


@given(CONDITIONS)
@settings(max_examples=60, deadline=None)
def test_what_is_never_or_always_asked_is_what_trying_every_answer_says(condition):
    doc = asked_about(condition)
    outcome = reasoning.outcomes(doc).get(("last", "last"))
    shown, shown_when_complete = set(), set()
    for answers in product(*ANSWERS.values()):
        given = {key: answer for key, answer in zip(ANSWERS, answers, strict=True) if answer is not None}
        is_asked = "last" not in hidden(doc, given)
        shown.add(is_asked)
        if all(key in given for key in ANSWERS if key != "which"):
            shown_when_complete.add(is_asked)
        if len(shown) == 2 and len(shown_when_complete) == 2:
            break
    assert (outcome == NEVER) == (shown == {False})
    assert (outcome == ALWAYS) == (shown_when_complete == {True} and outcome != NEVER)


def test_a_question_whose_touchpoint_is_met_on_the_contrary_only_is_never_asked():
    doc = asked_about(Is(question="paid", answer="no"), gate=Is(question="paid", answer="yes"))
    assert said(doc) == {NEVER}


def test_a_touchpoint_that_is_never_met_is_named_and_its_questions_are_not():
    gate = All(of=(Is(question="paid", answer="yes"), Is(question="paid", answer="no")))
    doc = asked_about(Is(question="paid", answer="no"), gate=gate)
    assert [(p.code, p.question) for p in checking.errors(doc)] == [(NEVER, None)]


def test_what_asks_again_for_what_its_touchpoint_asks_for_changes_nothing():
    paid = Is(question="paid", answer="yes")
    assert said(asked_about(paid, gate=paid)) == {ALWAYS}


def test_of_a_text_it_is_known_only_whether_it_was_answered():
    told = ShortText(key="told", text={"en": "Which?"}, pattern="[A-Z]{4}", required=False)
    both = All(of=(WasAnswered(question="told"), Not(of=WasAnswered(question="told"))))
    assert said(asked_about(both, before=(told,))) == {NEVER}
    assert said(asked_about(WasAnswered(question="told"), before=(told,))) == set()


@pytest.mark.parametrize("count", [16, 60])
def test_where_there_is_too_much_to_try_nothing_is_said(count):
    many = SeveralChoices(
        key="many",
        text={"en": "Which?"},
        options=tuple(Option(key=f"o{n}", text={"en": f"{n}"}, points=1) for n in range(count)),
    )
    every = (Chosen(question="many", answer=f"o{n}") for n in range(15))
    only_one = Is(question="many", answer="o0")
    assert said(asked_about(All(of=(*every, only_one)), before=(many,))) == set()
    assert said(asked_about(All(of=(Chosen(question="many", answer="o1"), only_one)), before=(many,))) == {
        NEVER
    }
