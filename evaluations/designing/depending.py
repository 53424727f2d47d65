"""Questions that depend on others: conditions that can never hold, and conditions under new keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from evaluations.designing.problems import Problem
from evaluations.designing.sense import words_for
from evaluations.document.tree import (
    AnyQuestion,
    AnyTest,
    AtLeast,
    AtMost,
    Document,
    Instruction,
    Measured,
    OneOf,
    Photo,
    Rating,
    SeveralChoices,
    Signature,
    SingleChoice,
    WasAnswered,
    WasNotApplicable,
)
from evaluations.document.tree.condition import leaves_of, renamed

__all__ = ["can_be_na", "earlier", "of_condition", "under_new_keys", "without_strangers"]


def earlier(document: Document, key: str | None, touchpoint: str) -> tuple[AnyQuestion, ...]:
    """The questions that stand before the question `key`, or before a new one at the end of `touchpoint`."""
    before: list[AnyQuestion] = []
    for each in document.touchpoints:
        for question in each.questions:
            if question.key == key:
                return tuple(before)
            before.append(question)
        if key is None and each.key == touchpoint:
            break
    return tuple(before)


def of_condition(document: Document, touchpoint: str, question: AnyQuestion) -> Iterator[Problem]:
    """What is wrong with the condition of `question`: each fault once, however many tests have it."""
    if question.show_if is None:
        return
    known = {one.key: one for one in document.questions()}
    before = {one.key for one in earlier(document, question.key, touchpoint)}
    seen: list[Problem] = []
    for test in leaves_of(question.show_if):
        code = _misplaced(test, question, known, before)
        if code is None and (fault := _impossible(test, known[test.question])):
            code, values = fault
        else:
            values = {}
        problem = Problem(code, touchpoint, question.key, values) if code else None
        if problem is not None and problem not in seen:
            seen.append(problem)
            yield problem


def _misplaced(
    test: AnyTest, question: AnyQuestion, known: Mapping[str, AnyQuestion], before: set[str]
) -> str | None:
    """Why `question` cannot look at the question of `test` at all."""
    if test.question == question.key:
        return "depends_on_itself"
    if test.question not in known:
        return "depends_on_none"
    if test.question not in before:
        return "depends_on_later"
    return "depends_on_follow_up" if known[test.question].due_days else None


def _impossible(test: AnyTest, on: AnyQuestion) -> tuple[str, dict[str, str]] | None:
    """Why no answer to the question `on` could ever fulfil `test`."""
    if isinstance(test, WasNotApplicable):
        return None if can_be_na(on) else ("depends_on_na", {})
    if isinstance(on, Instruction | Photo | Signature):
        return "depends_on_no_answer", {}
    if isinstance(test, WasAnswered):
        return None
    if isinstance(test, AtLeast | AtMost):
        return _impossible_figure(test, on)
    named = test.answers if isinstance(test, OneOf) else (test.answer,)
    unknown = [answer for answer in named if answer not in words_for(on)]
    return ("depends_on_unknown_answer", {"answer": unknown[0]}) if unknown else None


def _impossible_figure(test: AtLeast | AtMost, on: AnyQuestion) -> tuple[str, dict[str, str]] | None:
    if not isinstance(on, Rating | Measured):
        return "depends_on_no_figure", {}
    low, high = _range_of(on)
    too_high = isinstance(test, AtLeast) and high is not None and test.measure > high
    too_low = isinstance(test, AtMost) and low is not None and test.measure < low
    return ("depends_on_out_of_range", {}) if too_high or too_low else None


def _range_of(question: Rating | Measured) -> tuple[Decimal | None, Decimal | None]:
    if isinstance(question, Rating):
        return Decimal(question.lo), Decimal(question.hi)
    return question.minimum, question.maximum


def can_be_na(question: AnyQuestion) -> bool:
    """Whether `question` may turn out not to be applicable."""
    if isinstance(question, SingleChoice | SeveralChoices) and any(option.na for option in question.options):
        return True
    return question.na_allowed and not isinstance(question, Instruction)


def under_new_keys(questions: Iterable[AnyQuestion], keys: Mapping[str, str]) -> tuple[AnyQuestion, ...]:
    """`questions` under the keys that `keys` gives for their own; their conditions name each other by these."""
    return tuple(
        question.model_copy(
            update={
                "key": keys[question.key],
                "show_if": question.show_if and renamed(question.show_if, keys),
            }
        )
        for question in questions
    )


def without_strangers(questions: Iterable[AnyQuestion]) -> tuple[AnyQuestion, ...]:
    """`questions` on their own: a condition on any other question stays behind."""
    own: set[str] = set()
    kept = []
    for question in questions:
        condition = question.show_if
        if condition is not None and any(test.question not in own for test in leaves_of(condition)):
            question = question.model_copy(update={"show_if": None})
        kept.append(question)
        own.add(question.key)
    return tuple(kept)
