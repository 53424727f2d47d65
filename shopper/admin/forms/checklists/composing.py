"""A condition as it is composed: all, any or none of some tests, among which groups of tests may stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluations.document import tree
from evaluations.document.tree import AnyTest, Condition

ALL, ANY, NONE = "all", "any", "none"
JOINS = (ALL, ANY, NONE)


@dataclass(frozen=True, slots=True)
class Group:
    """Some tests of which all, one or none must hold."""

    join: str
    tests: tuple[AnyTest, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """A condition with at most one level of groups in it."""

    join: str
    parts: tuple[AnyTest | Group, ...]


def composed(condition: Condition) -> Composition | None:
    """`condition` as it would be composed; None where it is nested more deeply."""
    join, found = _opened(condition)
    parts: list[AnyTest | Group] = []
    for part in found:
        if not isinstance(part, tree.All | tree.AnyOf | tree.Not):
            parts.append(part)
            continue
        its_join, tests = _opened(part)
        leaves = tuple(test for test in tests if not isinstance(test, tree.All | tree.AnyOf | tree.Not))
        if len(leaves) < len(tests):
            return None
        parts.append(Group(its_join, leaves))
    return Composition(join, tuple(parts))


def condition_of(composition: Composition) -> Condition | None:
    """The condition that was composed; None where it has no test."""
    parts = [
        _joined(part.join, part.tests) if isinstance(part, Group) else part for part in composition.parts
    ]
    return _joined(composition.join, [part for part in parts if part is not None])


def _opened(condition: Condition) -> tuple[str, tuple[Condition, ...]]:
    if isinstance(condition, tree.All):
        return ALL, condition.of
    if isinstance(condition, tree.AnyOf):
        return ANY, condition.of
    if isinstance(condition, tree.Not):
        part = condition.of
        return NONE, part.of if isinstance(part, tree.AnyOf) else (part,)
    return ALL, (condition,)


def _joined(join: str, parts: Sequence[Condition]) -> Condition | None:
    if not parts:
        return None
    if join == NONE:
        return tree.Not(of=parts[0] if len(parts) == 1 else tree.AnyOf(of=tuple(parts)))
    if len(parts) == 1:
        return parts[0]
    return tree.AnyOf(of=tuple(parts)) if join == ANY else tree.All(of=tuple(parts))
