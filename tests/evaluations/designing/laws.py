"""What holds of every stored checklist, told once more from its plain JSON, apart from the product's own rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
PAIRS = (
    ("lo", "hi"),
    ("minimum", "maximum"),
    ("min_length", "max_length"),
    ("min_count", "max_count"),
    ("min_choices", "max_choices"),
    ("earliest", "latest"),
)


def broken(document: dict[str, Any]) -> list[str]:
    """The laws that `document` breaks, in words; none of a sound one."""
    return [*_of_keys(document), *_of_questions(document), *_of_conditions(document)]


def _questions(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for touchpoint in document["touchpoints"]:
        yield from touchpoint["questions"]


def _of_keys(document: dict[str, Any]) -> Iterator[str]:
    options = [question.get("options", []) for question in _questions(document)]
    for things in (document["touchpoints"], list(_questions(document)), *options):
        keys = [thing["key"] for thing in things]
        if len(set(keys)) < len(keys):
            yield f"a key twice in {keys}"
        yield from (f"no key: {key!r}" for key in keys if not KEY.fullmatch(key))
    languages = document["languages"]
    if not languages or len(set(languages)) < len(languages) or not set(languages) <= {"en", "es"}:
        yield f"languages {languages}"


def _of_questions(document: dict[str, Any]) -> Iterator[str]:
    for touchpoint in document["touchpoints"]:
        if Decimal(touchpoint["weight"]) < 0:
            yield "a negative weight"
    for question in _questions(document):
        for least, most in PAIRS:
            low, high = question.get(least), question.get(most)
            if low is not None and high is not None and _measure(low) > _measure(high):
                yield f"{question['key']}: {least} above {most}"
        if not 0 <= Decimal(question.get("points") or 0) <= 1000:
            yield f"{question['key']}: {question['points']} points"
        for part in (*question.get("options", []), *question.get("bands", [])):  # some cost points
            if not -1000 <= Decimal(part["points"]) <= 1000:
                yield f"{question['key']}: {part['points']} points"
        if any(not 0 <= Decimal(cap) <= 100 for cap in [(question["critical"] or {}).get("cap")] if cap):
            yield f"{question['key']}: a cap beyond 100 %"


def _measure(value: Any) -> Any:
    try:
        return Decimal(value)
    except ArithmeticError:
        return value


def _of_conditions(document: dict[str, Any]) -> Iterator[str]:
    before: dict[str, dict[str, Any]] = {}
    for touchpoint in document["touchpoints"]:
        yield from _unseen(touchpoint, before)
        for question in touchpoint["questions"]:
            yield from _unseen(question, before)
            before[question["key"]] = question


def _unseen(thing: dict[str, Any], before: dict[str, dict[str, Any]]) -> Iterator[str]:
    for key in _named(thing.get("show_if")):
        if key not in before:
            yield f"{thing['key']} depends on {key}, which does not stand before it"
        elif before[key].get("due_days"):
            yield f"{thing['key']} depends on {key}, which is asked days later"


def _named(condition: Any) -> Iterator[str]:
    if isinstance(condition, dict):
        if isinstance(condition.get("question"), str):
            yield condition["question"]
        parts = condition.get("of")
        for part in parts if isinstance(parts, list) else [parts]:
            yield from _named(part)
