"""Whether a condition can hold at all: every combination of answers that makes a difference to it is tried.

An answer matters only by which tests it passes. So of every question that a condition looks at, directly or by the
condition of another one, the answers are taken together that pass the same tests, and these few are combined. Where
there are still too many to try, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, product
from math import prod

from evaluations.designing.reach import limits_of, step_of
from evaluations.designing.vocabulary import limits
from evaluations.document import tree
from evaluations.document.answers import NOT_APPLICABLE, Amount, Answer, Value, answered
from evaluations.document.conditions import holds
from evaluations.document.kinds import readable
from evaluations.document.tree import (
    All,
    AnyOf,
    AnyQuestion,
    AnyTest,
    AtLeast,
    AtMost,
    Condition,
    Not,
    OneOf,
    WasAnswered,
    WasNotApplicable,
)
from evaluations.document.tree.condition import leaves_of

NEVER, ALWAYS = "never_asked", "always_asked"
Passed = frozenset[AnyTest]
"""The tests that an answer passes."""
Ways = Mapping[str, Sequence[Passed]]
"""By question, the ways to answer it, each by the tests that it passes."""
NOTHING: Passed = frozenset()
ZERO = Decimal(0)


def outcome(condition: Condition, before: Mapping[str, AnyQuestion]) -> str | None:
    """`NEVER` or `ALWAYS` where the answers to the questions `before` make no difference to `condition`.

    Never: whatever is answered or left blank. Always: as long as nothing that is required is left blank.
    """
    involved = _involved(condition, before)
    return _outcome(condition.model_dump_json(), tuple(_Seen(question) for question in involved))


class _Seen:
    """A question that is the same as another one which says the same."""

    def __init__(self, question: AnyQuestion) -> None:
        self.question = question
        self._text = question.model_dump_json(exclude={"text", "help"})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Seen) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


@lru_cache(maxsize=2048)
def _outcome(told: str, seen: tuple[_Seen, ...]) -> str | None:
    """Remembered, since of the conditions of a draft few change between two pages."""
    condition = tree.Question.model_validate_json(f'{{"key":"x","show_if":{told}}}').show_if
    assert condition is not None
    involved = [each.question for each in seen]
    tests = [test for each in (condition, *_conditions(involved)) for test in leaves_of(each)]
    ways: dict[str, Sequence[Passed]] = {}
    filled: dict[str, Sequence[Passed]] = {}
    for question in involved:
        own = [test for test in tests if test.question == question.key]
        answers = _ways(question, own)
        if answers is None:
            return None
        ways[question.key] = tuple({*answers, NOTHING})
        may_be_empty = not question.required or question.not_observed_allowed or not answers
        filled[question.key] = ways[question.key] if may_be_empty else tuple(answers)
    if prod(map(len, ways.values())) > limits().most_combinations:
        return None
    if not any(_holding(condition, involved, ways)):
        return NEVER
    return ALWAYS if all(_holding(condition, involved, filled)) else None


def _involved(condition: Condition, before: Mapping[str, AnyQuestion]) -> list[AnyQuestion]:
    """The questions that a condition looks at, and those on which they depend, in their order."""
    wanted: set[str] = set()
    ahead = [condition]
    while ahead:
        for test in leaves_of(ahead.pop()):
            question = before.get(test.question)
            if question is not None and question.key not in wanted:
                wanted.add(question.key)
                ahead += _conditions([question])
    return [question for key, question in before.items() if key in wanted]


def _conditions(questions: Iterable[AnyQuestion]) -> Iterator[Condition]:
    return (question.show_if for question in questions if question.show_if is not None)


def _holding(condition: Condition, involved: Sequence[AnyQuestion], ways: Ways) -> Iterator[bool]:
    """Whether the condition holds, for each combination of answers."""
    for answers in product(*(ways[question.key] for question in involved)):
        passed: dict[str, Passed] = {}
        for question, tests in zip(involved, answers, strict=True):
            if question.show_if is None or _is_met(question.show_if, passed):
                passed[question.key] = tests
        yield _is_met(condition, passed)


def _is_met(condition: Condition, passed: Mapping[str, Passed]) -> bool:
    """The same as `evaluations.document.conditions.holds`, where it is known which tests are passed."""
    if isinstance(condition, All):
        return all(_is_met(part, passed) for part in condition.of)
    if isinstance(condition, AnyOf):
        return any(_is_met(part, passed) for part in condition.of)
    if isinstance(condition, Not):
        return not _is_met(condition.of, passed)
    return condition in passed.get(condition.question, NOTHING)


def _ways(question: AnyQuestion, tests: Sequence[AnyTest]) -> set[Passed] | None:
    """The ways to answer `question`; None where they are too many to be told apart."""
    values = _values(question, tests)
    if values is None:
        return None
    found: set[Passed] = set()
    for answer in (*map(answered, values), *([NOT_APPLICABLE] if question.na_allowed else ())):
        if readable(question, answer):
            found.add(_passed(question, tests, answer))
    if isinstance(question, tree.ShortText | tree.Narrative | tree.Date | tree.Time | tree.Place):
        found.add(frozenset(test for test in tests if isinstance(test, WasAnswered)))
    return found


def _passed(question: AnyQuestion, tests: Sequence[AnyTest], answer: Answer) -> Passed:
    asked, given = {question.key: question}, {question.key: answer}
    return frozenset(test for test in tests if holds(test, asked, given))


def _values(question: AnyQuestion, tests: Sequence[AnyTest]) -> list[Value] | None:
    """Values of answers to `question`, one at least for every way that `tests` could tell apart."""
    if isinstance(question, tree.YesNo):
        return ["yes", "no"]
    if isinstance(question, tree.SingleChoice):
        return [option.key for option in question.options]
    if isinstance(question, tree.SeveralChoices):
        return _choices(question, tests)
    if isinstance(question, tree.Rating):
        return list(range(question.lo, question.hi + 1))
    return list(_figures(question, tests)) if isinstance(question, tree.Measured) else []


def _choices(question: tree.SeveralChoices, tests: Sequence[AnyTest]) -> list[Value] | None:
    """The sets of those options that tests name, alone, and with one other or as many as are asked for."""
    named = {word for test in tests for word in _words_of(test)}
    telling = [option.key for option in question.options if option.key in named or option.na]
    others = [option.key for option in question.options if option.key not in telling]
    if 2 ** len(telling) > limits().most_combinations:
        return None
    found: list[Value] = []
    for count in range(len(telling) + 1):
        fillings = {0, 1, max(0, question.min_choices - count)}
        for some in combinations(telling, count):
            found += [(*some, *others[:more]) for more in fillings if more <= len(others)]
    return found


def _words_of(test: AnyTest) -> tuple[str, ...]:
    if isinstance(test, OneOf):
        return test.answers
    if isinstance(test, AtLeast | AtMost | WasAnswered | WasNotApplicable):
        return ()
    return (test.answer,)


def _figures(question: tree.Measured, tests: Sequence[AnyTest]) -> Iterator[Value]:
    """The figures around every border that tests name, and those at the ends of what can be answered."""
    step = step_of(question)
    figures = {ZERO, *(end for end in limits_of(question) if end is not None)}
    for test in tests:
        if isinstance(test, AtLeast | AtMost):
            nearest = (test.measure / step).to_integral_value() * step
            figures |= {nearest - step, nearest, nearest + step}
    for figure in sorted(figures):
        text = format(abs(figure) if not figure else figure, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        yield Amount(amount=text, currency=question.currency) if isinstance(question, tree.Money) else text
