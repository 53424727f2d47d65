"""What the question check knows, read from its files: words in each language, and the figures that it goes by."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from evaluations.document.tree import Kind, Language

FOLDER = Path(__file__).with_name("check_words")
OPEN = "open_"
"""How the name of an end that is not itself within a range begins."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns, of which any may be found."""

    any_of: tuple[re.Pattern[str], ...]

    def find_in(self, text: str) -> bool:
        """Whether one of them is found in `text`, which is in lower case."""
        return any(one.search(text) for one in self.any_of)


@dataclass(frozen=True, slots=True)
class Ranges:
    """How options write ranges: whole texts, with the names of their ends, and the seconds of a unit of time."""

    whole: tuple[re.Pattern[str], ...]
    none: re.Pattern[str]
    seconds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language that the check looks for."""

    may_not_happen: Mapping[str, Patterns]
    scales: Mapping[str, Patterns]
    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Limits:
    """The figures that the check goes by; what they mean is said in their file."""

    most_questions: int
    least_explanation: int
    usual_explanation: int
    smallest_share_percent: int
    smallest_part_of_even: Fraction
    most_combinations: int
    may_not_come: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take, in seconds; what the figures mean is said in their file."""

    kinds: Mapping[Kind, Fraction]
    besides: Mapping[str, Fraction]


@cache
def vocabulary(language: Language) -> Vocabulary:
    """What is known of a language."""
    told = _read(language)
    return Vocabulary(
        {name: _patterns(patterns) for name, patterns in told["may_not_happen"].items()},
        {name: _patterns(patterns) for name, patterns in told["scales"].items()},
        _ranges(told["ranges"]),
    )


@cache
def limits() -> Limits:
    """The figures that the check goes by."""
    told: dict[str, Any] = _read("limits")
    return Limits(**told | {"may_not_come": tuple(told["may_not_come"])})


@cache
def pace() -> Pace:
    """How long things take."""
    told = _read("seconds")
    return Pace(
        {Kind(kind): Fraction(seconds) for kind, seconds in told["kinds"].items()},
        {name: Fraction(value) for name, value in told["besides"].items()},
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), parse_float=Fraction)


def _patterns(patterns: Sequence[str]) -> Patterns:
    return Patterns(tuple(map(re.compile, patterns)))


def _ranges(told: Mapping[str, Any]) -> Ranges:
    ends = {name: told["number"].replace("{}", name) for name in ("a", "b", f"{OPEN}a", f"{OPEN}b")}
    forms = [*told["between"], *told["at_most"], *told["at_least"]]
    whole = tuple(re.compile(_with_ends(form, ends)) for form in forms)
    return Ranges(whole, re.compile(told["none"]), told["seconds"])


def _with_ends(form: str, ends: Mapping[str, str]) -> str:
    for name, pattern in ends.items():
        form = form.replace(f"{{{name}}}", pattern)
    return form
