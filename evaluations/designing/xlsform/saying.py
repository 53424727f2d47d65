"""A condition as the expression that stands in the column `relevant`."""

from __future__ import annotations

from evaluations.document.numbers import as_text
from evaluations.document.tree import (
    All,
    AnyOf,
    AtLeast,
    AtMost,
    Chosen,
    Condition,
    Is,
    IsNot,
    Not,
    OneOf,
    WasAnswered,
)


def expression(condition: Condition) -> str:
    """The expression that says `condition`, or comes nearest to it."""
    if isinstance(condition, All | AnyOf):
        word = " and " if isinstance(condition, All) else " or "
        return word.join(_inside(part) for part in condition.of)
    if isinstance(condition, Not):
        return _negated(condition)
    name = f"${{{condition.question}}}"
    if isinstance(condition, Is):
        return f"{name} = '{condition.answer}'"
    if isinstance(condition, IsNot):
        return f"{name} != '' and {name} != '{condition.answer}'"
    if isinstance(condition, OneOf):
        return " or ".join(f"{name} = '{answer}'" for answer in condition.answers)
    if isinstance(condition, Chosen):
        return f"selected({name}, '{condition.answer}')"
    if isinstance(condition, AtLeast):
        return f"{name} >= {as_text(condition.measure)}"
    if isinstance(condition, AtMost):
        return f"{name} <= {as_text(condition.measure)}"
    return f"{name} {'!=' if isinstance(condition, WasAnswered) else '='} ''"


def _inside(condition: Condition) -> str:
    """The same as a part of a longer expression."""
    said = expression(condition)
    return f"({said})" if " and " in said or " or " in said else said


def _negated(condition: Not) -> str:
    part = condition.of
    if isinstance(part, Is):
        return f"${{{part.question}}} != '{part.answer}'"
    if isinstance(part, WasAnswered):
        return f"${{{part.question}}} = ''"
    return f"not({expression(part)})"
