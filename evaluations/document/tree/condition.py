"""When a question or a whole touchpoint is asked at all: a small tree of tests on the answers before it.

What the tests mean is in `evaluations.document.conditions`, and for the phone in `static/js/field/conditions.js`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from evaluations.document.tree.values import Key, Measure, Part

MOST_TESTS = 20
DEEPEST = 4
Word = Annotated[str, StringConstraints(min_length=1, max_length=40)]
"""An answer as rules name it (see `Critical.on`): "yes", an option's key, a rating as text."""


class OnAnswer(Part):
    """A test on the answer to one question, named by its key."""

    question: Key


class Is(OnAnswer):
    """It was answered so."""

    test: Literal["is"] = "is"
    answer: Word


class IsNot(OnAnswer):
    """It was answered, and otherwise."""

    test: Literal["is_not"] = "is_not"
    answer: Word


class OneOf(OnAnswer):
    """It was answered by one of these."""

    test: Literal["one_of"] = "one_of"
    answers: tuple[Word, ...] = Field(min_length=1, max_length=60)


class Chosen(OnAnswer):
    """Of several choices, this one is among those chosen."""

    test: Literal["chosen"] = "chosen"
    answer: Word


class AtLeast(OnAnswer):
    """A rating, a number, an amount or a duration in seconds that is not below this."""

    test: Literal["at_least"] = "at_least"
    measure: Measure


class AtMost(OnAnswer):
    """A rating, a number, an amount or a duration in seconds that is not above this."""

    test: Literal["at_most"] = "at_most"
    measure: Measure


class WasAnswered(OnAnswer):
    """It was answered, whatever the answer; "not applicable" and "did not observe" are none."""

    test: Literal["answered"] = "answered"


class WasNotApplicable(OnAnswer):
    """It was not applicable, by its state or by an option that means so."""

    test: Literal["na"] = "na"


class All(Part):
    """Every one of these holds."""

    test: Literal["all"] = "all"
    of: tuple[Condition, ...] = Field(min_length=1, max_length=MOST_TESTS)


class AnyOf(Part):
    """At least one of these holds."""

    test: Literal["any"] = "any"
    of: tuple[Condition, ...] = Field(min_length=1, max_length=MOST_TESTS)


class Not(Part):
    """This does not hold."""

    test: Literal["not"] = "not"
    of: Condition


AnyTest = Is | IsNot | OneOf | Chosen | AtLeast | AtMost | WasAnswered | WasNotApplicable
Condition = Annotated[AnyTest | All | AnyOf | Not, Field(discriminator="test")]

All.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()


def leaves_of(condition: Condition) -> Iterator[AnyTest]:
    """The tests that `condition` is made of, in order."""
    if isinstance(condition, All | AnyOf):
        for part in condition.of:
            yield from leaves_of(part)
    elif isinstance(condition, Not):
        yield from leaves_of(condition.of)
    else:
        yield condition


def depth_of(condition: Condition) -> int:
    """How many levels of "all", "any" and "not" it has, its tests one more."""
    if isinstance(condition, All | AnyOf):
        return 1 + max(depth_of(part) for part in condition.of)
    return 1 + depth_of(condition.of) if isinstance(condition, Not) else 1


def _small(condition: Condition | None) -> Condition | None:
    if condition is None:
        return None
    if sum(1 for _ in leaves_of(condition)) > MOST_TESTS:
        raise ValueError(f"a condition holds at most {MOST_TESTS} tests")
    if depth_of(condition) > DEEPEST:
        raise ValueError(f"a condition is at most {DEEPEST} levels deep")
    return condition


ShowIf = Annotated[
    Condition | None,
    AfterValidator(_small),
    Field(default=None, exclude_if=lambda condition: condition is None),
]
"""When something is asked at all. It is not written where it holds always, so that documents from before there were
conditions keep their hash."""


def renamed(condition: Condition, keys: Mapping[str, str]) -> Condition:
    """`condition` with the questions of `keys` under their new keys."""
    if isinstance(condition, All | AnyOf):
        return condition.model_copy(update={"of": tuple(renamed(part, keys) for part in condition.of)})
    if isinstance(condition, Not):
        return condition.model_copy(update={"of": renamed(condition.of, keys)})
    return condition.model_copy(update={"question": keys.get(condition.question, condition.question)})
