"""Questions about what may not happen at a visit, which leave the shopper no true answer where it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from evaluations.designing.vocabulary import limits, vocabulary
from evaluations.designing.wordings import QUOTED
from evaluations.document.tree import (
    AnyQuestion,
    Instruction,
    Language,
    Rating,
    SeveralChoices,
    SingleChoice,
    Touchpoint,
    Wording,
)

NUMBERED = re.compile(r"_\d+$")


def without_way_out(touchpoint: Touchpoint, languages: Sequence[Language]) -> frozenset[str]:
    """The keys of the questions of `touchpoint` that ask about what may not have happened, and have no way out."""
    if touchpoint.show_if is not None:
        return frozenset()
    asked = [question for question in touchpoint.questions if not isinstance(question, Instruction)]
    may_all_fail = _may_not_happen(touchpoint, languages)
    return frozenset(
        question.key
        for place, question in enumerate(asked)
        if not has_way_out(question)
        and (
            _says(question.text, "patterns", "unless", languages)
            or (may_all_fail and not _asks_whether(question, languages))
            or (question.due_days and any(_is_gate(each, languages) for each in asked[:place]))
        )
    )


def has_way_out(question: AnyQuestion) -> bool:
    """Whether it can be answered truly, or is not asked at all, where nothing happened."""
    if question.na_allowed or not question.required or question.show_if is not None:
        return True
    return isinstance(question, SingleChoice | SeveralChoices) and any(
        option.na for option in question.offered
    )


def _may_not_happen(touchpoint: Touchpoint, languages: Sequence[Language]) -> bool:
    """Whether the whole touchpoint is met at some visits only, by its key in the library or by its guidance."""
    if NUMBERED.sub("", touchpoint.key) in limits().may_not_come:
        return True
    return _says(touchpoint.guidance, "guidance", None, languages)


def _is_gate(question: AnyQuestion, languages: Sequence[Language]) -> bool:
    """Whether a follow-up asks if the thing came at all, so that those after it are about the thing."""
    return bool(question.due_days) and _asks_whether(question, languages)


def _asks_whether(question: AnyQuestion, languages: Sequence[Language]) -> bool:
    """Whether its answers tell that nothing happened: No, a number, or an option that says so."""
    if isinstance(question, SingleChoice | SeveralChoices):
        return any(
            _says(option.text, "says_nothing_happened", None, languages) for option in question.offered
        )
    return not isinstance(question, Rating) and _says(question.text, "asks_whether", None, languages)


def _says(wording: Wording, wanted: str, unless: str | None, languages: Sequence[Language]) -> bool:
    """Whether `wording` says in one of the languages what is looked for."""
    return any(_found(wording.get(language, ""), wanted, unless, language) for language in languages)


@lru_cache(maxsize=8192)
def _found(said: str, wanted: str, unless: str | None, language: Language) -> bool:
    known = vocabulary(language).may_not_happen
    text = " ".join(QUOTED.sub(" ", said).lower().split())
    return known[wanted].find_in(text) and not (unless is not None and known[unless].find_in(text))
