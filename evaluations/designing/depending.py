"""Questions and touchpoints that depend on answers: conditions that can never hold, and conditions under new keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from evaluations.designing.problems import Problem
from evaluations.designing.sense import is_retired, words_for
from evaluations.document.tree import (
    AnyQuestion,
    AnyTest,
    AtLeast,
    AtMost,
    Condition,
    Document,
    Instruction,
    Measured,
    OneOf,
    Photo,
    Rating,
    SeveralChoices,
    Signature,
    SingleChoice,
    Touchpoint,
    WasAnswered,
    WasNotApplicable,
)
from evaluations.document.tree.condition import leaves_of, renamed

__all__ = [
    "MISPLACED",
    "before_touchpoint",
    "can_be_na",
    "earlier",
    "impossible",
    "misplaced",
    "named_in",
    "of_condition",
    "of_touchpoint_condition",
    "under_new_keys",
    "without_strangers",
]

MISPLACED = frozenset(
    {"depends_on_itself", "depends_on_own", "depends_on_none", "depends_on_later", "depends_on_follow_up"}
)
"""The codes of conditions on a question that they cannot look at, whatever is answered there."""


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


def before_touchpoint(document: Document, key: str) -> tuple[AnyQuestion, ...]:
    """The questions that stand before the touchpoint `key`."""
    before: list[AnyQuestion] = []
    for each in document.touchpoints:
        if each.key == key:
            break
        before += each.questions
    return tuple(before)


def of_condition(document: Document, touchpoint: Touchpoint, question: AnyQuestion) -> Iterator[Problem]:
    """What is wrong with the condition of `question`: each fault once, however many tests have it."""
    if question.show_if is not None:
        before = {one.key for one in earlier(document, question.key, touchpoint.key)}
        own = {question.key: "depends_on_itself"}
        yield from _faults(document, question.show_if, before, own, (touchpoint.key, question.key))


def of_touchpoint_condition(document: Document, touchpoint: Touchpoint) -> Iterator[Problem]:
    """The same of the condition of a whole touchpoint, which looks at none of its own questions."""
    if touchpoint.show_if is not None:
        before = {one.key for one in before_touchpoint(document, touchpoint.key)}
        own = {question.key: "depends_on_own" for question in touchpoint.questions}
        yield from _faults(document, touchpoint.show_if, before, own, (touchpoint.key, None))


def misplaced(document: Document) -> tuple[Problem, ...]:
    """The conditions of `document` that look at what they cannot see: with these none is taken in from a file."""
    return tuple(
        problem
        for touchpoint in document.touchpoints
        for found in (
            of_touchpoint_condition(document, touchpoint),
            *(of_condition(document, touchpoint, question) for question in touchpoint.questions),
        )
        for problem in found
        if problem.code in MISPLACED
    )


def named_in(problem: Problem, document: Document) -> dict[str, str]:
    """What depends on what, by their words in `document`, for whoever brings it from elsewhere."""
    thing = document.question(problem.question or "") or next(
        each for each in document.touchpoints if each.key == problem.touchpoint
    )
    words = thing.name if isinstance(thing, Touchpoint) else thing.text
    first = document.languages[0]
    on = problem.values["on"]
    return {
        "name": document.say(words, first) or thing.key,
        "on": document.say(on, first) or next(iter(on.values())),
    }


def _faults(
    document: Document,
    condition: Condition,
    before: Collection[str],
    own: Mapping[str, str],
    here: tuple[str, str | None],
) -> Iterator[Problem]:
    known = {one.key: one for one in document.questions()}
    seen: list[Problem] = []
    for test in leaves_of(condition):
        on = known.get(test.question)
        code = own.get(test.question) or _misplaced(on, before)
        found = (code, {}) if code else impossible(test, on) if on else None
        if found is None:
            continue
        name = on.text if on and any(on.text.values()) else {"": test.question}
        problem = Problem(found[0], *here, {"on": name} | found[1])
        if problem not in seen:
            seen.append(problem)
            yield problem


def _misplaced(on: AnyQuestion | None, before: Collection[str]) -> str | None:
    """Why a condition that sees the questions `before` it cannot look at the question `on` at all."""
    if on is None:
        return "depends_on_none"
    if on.key not in before:
        return "depends_on_later"
    return "depends_on_follow_up" if on.due_days else None


def impossible(test: AnyTest, on: AnyQuestion) -> tuple[str, dict[str, str]] | None:
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
    if unknown and is_retired(on, unknown[0]):
        return "depends_on_retired_answer", {"answer": unknown[0]}
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
    if isinstance(question, SingleChoice | SeveralChoices) and any(option.na for option in question.offered):
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
