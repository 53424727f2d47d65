"""What stands in the column `constraint`, as the limits that a question of a checklist may have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from evaluations.designing.xlsform.conditions import TURNED, least, most
from evaluations.designing.xlsform.expressions import (
    Call,
    Comparison,
    Figure,
    Joined,
    NotUnderstood,
    Self,
    Text,
    Tree,
)
from evaluations.document import patterns
from evaluations.document.numbers import as_text
from evaluations.document.tree import Kind
from evaluations.document.tree.values import ISO_DAY

LIMITED = frozenset({Kind.NUMBER, Kind.MONEY, Kind.DURATION})


def limits(tree: Tree, kind: Kind, *, decimals: int) -> dict[str, Any]:
    """The fields of a question of `kind` that keep what `tree` demands, or `NotUnderstood`."""
    found: dict[str, Any] = {}
    for part in _parts(tree):
        for name, value in _limit(part, kind, decimals).items():
            found[name] = _tighter(name, found[name], value) if name in found else value
    return found


def _parts(tree: Tree) -> Iterator[Tree]:
    if isinstance(tree, Joined) and tree.word == "and":
        for part in tree.parts:
            yield from _parts(part)
    else:
        yield tree


def _tighter(name: str, one: Any, other: Any) -> Any:
    if name == "pattern":
        raise NotUnderstood("constraint_two_patterns")
    return max(one, other) if name in {"minimum", "min_choices", "earliest"} else min(one, other)


def _limit(tree: Tree, kind: Kind, decimals: int) -> dict[str, Any]:
    if isinstance(tree, Call) and tree.function == "regex":
        return _pattern(tree, kind)
    if not isinstance(tree, Comparison):
        raise NotUnderstood("constraint_not_kept")
    sign, left, right = tree.sign, tree.left, tree.right
    if isinstance(left, Text | Figure):
        sign, left, right = TURNED[sign], right, left
    if isinstance(left, Self) and kind in LIMITED and isinstance(right, Figure):
        return _range(sign, right.value, Decimal(1).scaleb(-decimals), "minimum", "maximum")
    if isinstance(left, Self) and kind is Kind.DATE and isinstance(right, Text):
        return _days(sign, right.value)
    if (
        left == Call("count-selected", (Self(),))
        and kind is Kind.SEVERAL_CHOICES
        and isinstance(right, Figure)
    ):
        return _counts(sign, right.value)
    raise NotUnderstood("constraint_not_kept")


def _range(sign: str, figure: Decimal, step: Decimal, low: str, high: str) -> dict[str, Any]:
    if sign in {">", ">="}:
        return {low: least(sign, figure, step)}
    if sign in {"<", "<="}:
        return {high: most(sign, figure, step)}
    if sign == "=":
        return {low: figure, high: figure}
    raise NotUnderstood("constraint_not_kept")


def _counts(sign: str, figure: Decimal) -> dict[str, Any]:
    found = _range(sign, figure, Decimal(1), "min_choices", "max_choices")
    if any(not 0 <= count <= 60 for count in found.values()):
        raise NotUnderstood("constraint_not_kept")
    return {name: int(count) for name, count in found.items()}


def _days(sign: str, said: str) -> dict[str, Any]:
    if sign not in {">=", "<=", "="} or not ISO_DAY.fullmatch(said):
        raise NotUnderstood("constraint_not_kept")
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise NotUnderstood("constraint_not_kept") from None
    names = {">=": ("earliest",), "<=": ("latest",), "=": ("earliest", "latest")}[sign]
    return dict.fromkeys(names, day)


def _pattern(call: Call, kind: Kind) -> dict[str, Any]:
    if kind is not Kind.SHORT_TEXT or len(call.arguments) != 2 or not isinstance(call.arguments[0], Self):
        raise NotUnderstood("constraint_not_kept")
    said = call.arguments[1]
    if not isinstance(said, Text):
        raise NotUnderstood("constraint_not_kept")
    if flaw := patterns.flaw(said.value):
        raise NotUnderstood(flaw, pattern=said.value[:60])
    return {"pattern": said.value}


def written(fields: dict[str, Any]) -> str:
    """The expression that keeps these limits; empty where there is none."""
    said = []
    for name, sign in (("minimum", ">="), ("maximum", "<=")):
        if fields.get(name) is not None:
            said.append(f". {sign} {as_text(Decimal(fields[name]))}")
    for name, sign in (("earliest", ">="), ("latest", "<=")):
        if fields.get(name) is not None:
            said.append(f". {sign} '{fields[name]}'")
    if fields.get("min_choices"):
        said.append(f"count-selected(.) >= {fields['min_choices']}")
    if fields.get("max_choices") is not None:
        said.append(f"count-selected(.) <= {fields['max_choices']}")
    pattern = fields.get("pattern", "")
    if pattern and "'" not in pattern:
        said.append(f"regex(., '{pattern}')")
    return " and ".join(said)
