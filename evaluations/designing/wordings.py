"""What gives pause in the words of a question: two things at once, opinion, leading, negation, no measure, assumptions.

The rules are data, a file for each language, and are searched in a text from which everything was taken out that is
not the question itself: quotations, brackets, names, and the answers behind a colon.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from evaluations.document.tree import AnyQuestion, Kind, Language

FOLDER = Path(__file__).with_name("wording_rules")
QUOTED = re.compile("«[^»]*»|“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\\w)|(?<!\\w)'[^']*'(?!\\w)")
BRACKETS = re.compile(r"\([^()]*\)")
ANSWERS = re.compile(r":[^:?]*(?=\?|$)")
NAMES = re.compile(
    r"(?<=[^.?!¿¡\s] )(?:[A-ZÁÉÍÓÚÑ][\w'’-]+)(?: (?:(?:and|y|e|of|de|del|la|los|&) )?[A-ZÁÉÍÓÚÑ][\w'’-]+)*"
)
CHOOSING = frozenset({Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES})


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for in the questions of some kinds, and what makes it harmless."""

    code: str
    kinds: frozenset[Kind]
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]

    def finds(self, kind: Kind, text: str) -> bool:
        """Whether the rule speaks of this text."""
        if kind not in self.kinds:
            return False
        return any(one.search(text) for one in self.patterns) and not any(
            one.search(text) for one in self.unless
        )


@cache
def rules(language: Language) -> tuple[Rule, ...]:
    """The rules of a language, in the order of their file."""
    told = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return tuple(
        Rule(
            code,
            frozenset(map(Kind, rule["kinds"])),
            tuple(map(re.compile, rule["patterns"])),
            tuple(map(re.compile, rule["unless"])),
        )
        for code, rule in told.items()
    )


def findings(question: AnyQuestion, language: Language, *, is_met: bool = True) -> tuple[str, ...]:
    """The codes of what gives pause in the words of `question` in one language.

    What may not have happened is asked for in peace where the question has a condition or may not apply, or where
    its touchpoint is not met by everybody (`is_met`).
    """
    found = _found(question.text.get(language, ""), question.kind, language)
    if question.na_allowed or question.show_if is not None or not is_met:
        return tuple(code for code in found if code != "assumes")
    return found


@lru_cache(maxsize=4096)
def _found(text: str, kind: Kind, language: Language) -> tuple[str, ...]:
    """Looked up again for every page of a draft, of which few texts change."""
    plain = bare(text, kind)
    return tuple(rule.code for rule in rules(language) if rule.finds(kind, plain))


def bare(text: str, kind: Kind) -> str:
    """The question itself in lower case, without quotations, brackets, names, and answers to choose from."""
    text = " ".join(QUOTED.sub(" ", text).split())
    if kind not in CHOOSING:
        text = BRACKETS.sub(" ", text)
    if not text.isupper():
        text = NAMES.sub("x", text)
    if kind in CHOOSING:
        text = ANSWERS.sub(" ", text)
    return " ".join(text.lower().split())
