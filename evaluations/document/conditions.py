"""Which questions are asked, as far as is known: the conditions of a document against the answers to it.

`static/js/field/conditions.js` says the same on the phone; tests/vectors/conditions.json holds the two together.
A condition looks back only: it sees the answers to questions before its own that are asked themselves; that of a
touchpoint sees those before the touchpoint, and where it does not hold, nothing in the touchpoint is asked. A question
that is hidden, later or not there at all has no answer, and what is no answer fulfils no test; only "not" turns that
round.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from evaluations.document.answers import Answer
from evaluations.document.kinds import Finding, answer_words, figure_of, finding
from evaluations.document.tree import (
    All,
    AnyOf,
    AnyQuestion,
    AnyTest,
    AtLeast,
    AtMost,
    Condition,
    Document,
    Is,
    IsNot,
    Not,
    OneOf,
    Touchpoint,
    WasAnswered,
    WasNotApplicable,
)

Answers = Mapping[str, Answer]


def hidden(document: Document, answers: Answers) -> frozenset[str]:
    """The keys of the questions of `document` that are not asked, given `answers` (by question key)."""
    asked: dict[str, AnyQuestion] = {}
    for touchpoint in document.touchpoints:
        is_met = _shows(touchpoint, asked, answers)
        for question in touchpoint.questions:
            if is_met and _shows(question, asked, answers):
                asked[question.key] = question
    return frozenset(question.key for question in document.questions() if question.key not in asked)


def _shows(thing: Touchpoint | AnyQuestion, asked: Mapping[str, AnyQuestion], answers: Answers) -> bool:
    return thing.show_if is None or holds(thing.show_if, asked, answers)


def holds(condition: Condition, asked: Mapping[str, AnyQuestion], answers: Answers) -> bool:
    """Whether `condition` holds, where it sees the questions `asked` and `answers` to them."""
    if isinstance(condition, All):
        return all(holds(part, asked, answers) for part in condition.of)
    if isinstance(condition, AnyOf):
        return any(holds(part, asked, answers) for part in condition.of)
    if isinstance(condition, Not):
        return not holds(condition.of, asked, answers)
    question = asked.get(condition.question)
    return question is not None and _passes(condition, question, answers.get(question.key))


def _passes(test: AnyTest, question: AnyQuestion, answer: Answer | None) -> bool:
    if isinstance(test, WasAnswered):
        return finding(question, answer) is Finding.ANSWERED
    if isinstance(test, WasNotApplicable):
        return finding(question, answer) is Finding.NOT_APPLICABLE
    if isinstance(test, AtLeast | AtMost):
        figure = figure_of(question, answer)
        return figure is not None and _is_within(test, figure)
    words = answer_words(question, answer)
    if isinstance(test, Is):
        return words == (test.answer,)
    if isinstance(test, IsNot):
        return bool(words) and words != (test.answer,)
    if isinstance(test, OneOf):
        return bool(words) and all(word in test.answers for word in words)
    return test.answer in words


def _is_within(test: AtLeast | AtMost, figure: Decimal) -> bool:
    return figure >= test.measure if isinstance(test, AtLeast) else figure <= test.measure
