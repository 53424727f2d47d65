"""Whether a condition can hold at all: every combination of answers that makes a difference to it is tried.

An answer matters only by which tests it passes. So of every question that a condition looks at, directly or by the
condition of another one, the answers are taken together that pass the same tests, and these few are combined. Where
there are still too many to try, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, product
from math import prod

from pydantic import TypeAdapter

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
    Document,
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
CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A question, and the condition under which it is asked: its own, and that of its touchpoint."""

    question: AnyQuestion
    asked_if: Condition | None


def outcomes(document: Document) -> dict[tuple[str, str | None], str]:
    """Whose condition makes no difference: `NEVER` or `ALWAYS`, by the keys of touchpoint and question.

    Never: whatever is answered or left blank. Always: as long as nothing that is required is left blank. The condition
    of a touchpoint stands under its key alone; where it never holds, nothing more is said of its questions.
    """
    found: dict[tuple[str, str | None], str] = {}
    before: dict[str, _Placed] = {}
    for touchpoint in document.touchpoints:
        whole = _outcome(touchpoint.show_if, None, before)
        if whole:
            found[touchpoint.key, None] = whole
        for question in touchpoint.questions:
            own = _outcome(question.show_if, touchpoint.show_if, before)
            if own and whole != NEVER:
                found[touchpoint.key, question.key] = own
            before[question.key] = _Placed(question, _both(touchpoint.show_if, question.show_if))
    return found


def _both(one: Condition | None, other: Condition | None) -> Condition | None:
    return All(of=(one, other)) if one and other else one or other


def _outcome(
    condition: Condition | None, given: Condition | None, before: Mapping[str, _Placed]
) -> str | None:
    """Whether `condition` makes a difference, where it is only asked for if `given` holds."""
    if condition is None:
        return None
    involved = _involved([condition, *([given] if given else [])], before)
    return _tried(_told(condition), _told(given), tuple(_Seen(each) for each in involved))


def _told(condition: Condition | None) -> str:
    return condition.model_dump_json() if condition else ""


class _Seen:
    """A placed question that is the same as another one whose answers and condition are."""

    def __init__(self, placed: _Placed) -> None:
        self.placed = placed
        self._text = placed.question.model_dump_json(exclude={"text", "help"}) + _told(placed.asked_if)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Seen) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


@lru_cache(maxsize=2048)
def _tried(told: str, told_given: str, seen: tuple[_Seen, ...]) -> str | None:
    """Remembered, since of the conditions of a draft few change between two pages."""
    condition: Condition = CONDITION.validate_json(told)
    given: Condition | None = CONDITION.validate_json(told_given) if told_given else None
    involved = [each.placed for each in seen]
    conditions = [each.asked_if for each in involved if each.asked_if]
    tests = [
        test for each in (condition, *([given] if given else ()), *conditions) for test in leaves_of(each)
    ]
    ways: dict[str, Sequence[Passed]] = {}
    filled: dict[str, Sequence[Passed]] = {}
    for question in (each.question for each in involved):
        answers = _ways(question, [test for test in tests if test.question == question.key])
        if answers is None:
            return None
        ways[question.key] = tuple({*answers, NOTHING})
        may_be_empty = not question.required or question.not_observed_allowed or not answers
        filled[question.key] = ways[question.key] if may_be_empty else tuple(answers)
    if prod(map(len, ways.values())) > limits().most_combinations:
        return None
    if not any(_is_met(condition, passed) for passed in _passings(involved, ways, given)):
        return NEVER
    return (
        ALWAYS if all(_is_met(condition, passed) for passed in _passings(involved, filled, given)) else None
    )


def _involved(conditions: Sequence[Condition], before: Mapping[str, _Placed]) -> list[_Placed]:
    """The questions that conditions look at, and those on which they depend, in their order."""
    wanted: set[str] = set()
    ahead = list(conditions)
    while ahead:
        for test in leaves_of(ahead.pop()):
            placed = before.get(test.question)
            if placed is not None and test.question not in wanted:
                wanted.add(test.question)
                ahead += [placed.asked_if] if placed.asked_if else []
    return [placed for key, placed in before.items() if key in wanted]


def _passings(
    involved: Sequence[_Placed], ways: Ways, given: Condition | None
) -> Iterator[dict[str, Passed]]:
    """For each combination of answers with which `given` holds, the tests passed at the questions asked then."""
    for answers in product(*(ways[each.question.key] for each in involved)):
        passed: dict[str, Passed] = {}
        for placed, tests in zip(involved, answers, strict=True):
            if placed.asked_if is None or _is_met(placed.asked_if, passed):
                passed[placed.question.key] = tests
        if given is None or _is_met(given, passed):
            yield passed


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
        return [option.key for option in question.offered]
    if isinstance(question, tree.SeveralChoices):
        return _choices(question, tests)
    if isinstance(question, tree.Rating):
        return list(range(question.lo, question.hi + 1))
    return list(_figures(question, tests)) if isinstance(question, tree.Measured) else []


def _choices(question: tree.SeveralChoices, tests: Sequence[AnyTest]) -> list[Value] | None:
    """The sets of those options that tests name, alone, and with one other or as many as are asked for."""
    named = {word for test in tests for word in _words_of(test)}
    telling = [option.key for option in question.offered if option.key in named or option.na]
    others = [option.key for option in question.offered if option.key not in telling]
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
        text = format(figure or abs(figure), "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        yield Amount(amount=text, currency=question.currency) if isinstance(question, tree.Money) else text
