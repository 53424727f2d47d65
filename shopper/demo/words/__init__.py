"""What the demo's shoppers write, read from the files beside this one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

SMALL_NUMBERS = {"en": ("two", "three", "four", "five"), "es": ("dos", "tres", "cuatro", "cinco")}


@cache
def told(name: str) -> Mapping[str, Any]:
    """What the file of this name holds."""
    return tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))


def comments(brand: str, language: str, question: str, value: str) -> Sequence[str]:
    """What may be written beside this answer: under the answer's own key, else the question's."""
    all_of_them = told(brand)[language]
    found: Sequence[str] = all_of_them.get(f"{question}_{value}") or all_of_them.get(question) or ()
    return found


def filled(sentence: str, facts: Mapping[str, str]) -> str:
    """The sentence with the facts in it, and a capital at its beginning."""
    text = sentence.format_map(facts).replace(" a el ", " al ").replace(" de el ", " del ")
    return text[:1].upper() + text[1:]


class Dealer:
    """Deals phrases so that none comes again before all of its like were told."""

    def __init__(self) -> None:
        self._left: dict[tuple[str, ...], list[str]] = {}

    def deal(self, phrases: Sequence[str], random: Random) -> str:
        """The next of these phrases."""
        key = tuple(phrases)
        if not self._left.get(key):
            self._left[key] = random.sample(key, len(key))
        return self._left[key].pop()
