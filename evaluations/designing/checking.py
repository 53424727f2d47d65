"""Checking: what stands in the way of publishing a document (errors), and what gives pause (warnings).

Problems are codes and values; the web edge words them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from evaluations.designing.outline import possible_in, worth
from evaluations.document.tree import (
    AnyQuestion,
    Document,
    Effect,
    Instruction,
    Kind,
    Language,
    Rating,
    Scored,
    SeveralChoices,
    SingleChoice,
    Touchpoint,
    Wording,
    YesNo,
)

MOST_QUESTIONS = 40
TWO_THINGS_AT_ONCE = {
    "en": re.compile(r"\b(and|and/or|as well as)\b", re.IGNORECASE),
    "es": re.compile(r"\b(y|e|y/o|así como)\b", re.IGNORECASE),
}


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or that gives pause, and where."""

    code: str
    touchpoint: str | None = None
    question: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of publishing."""
        return self.severity is Severity.ERROR


def problems(document: Document, given: Mapping[str, Kind] | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with `document`, in journey order.

    `given` holds the kinds of the question keys that published versions have given away.
    """
    return (
        *_of_the_whole(document),
        *(problem for touchpoint in document.touchpoints for problem in _of_touchpoint(document, touchpoint)),
        *_of_keys(document, given or {}),
    )


def errors(document: Document, given: Mapping[str, Kind] | None = None) -> tuple[Problem, ...]:
    """Those of its problems that stand in the way of publishing."""
    return tuple(problem for problem in problems(document, given) if problem.blocks)


def words_for(question: AnyQuestion) -> frozenset[str]:
    """The answers that a rule on this question may name: yes and no, option keys, or rating values."""
    if isinstance(question, YesNo):
        return frozenset({"yes", "no"})
    if isinstance(question, SingleChoice | SeveralChoices):
        return frozenset(option.key for option in question.options)
    if isinstance(question, Rating):
        return frozenset(str(value) for value in range(question.lo, question.hi + 1))
    return frozenset()


def _of_the_whole(document: Document) -> Iterator[Problem]:
    for language in _missing(document, document.title, needed=True):
        yield Problem("title_missing", values={"language": language})
    for language in _missing(document, document.briefing, needed=False):
        yield Problem("briefing_missing", values={"language": language})
    if not any(document.briefing.values()):
        yield _warning("no_briefing")
    if not document.touchpoints:
        yield Problem("no_touchpoints")
        return
    if not any(possible_in(touchpoint) for touchpoint in document.touchpoints):
        yield Problem("nothing_scored")
    elif document.scoring.total == "weights" and not any(
        touchpoint.weight for touchpoint in document.touchpoints if possible_in(touchpoint)
    ):
        yield Problem("weights_all_zero")
    count = sum(not isinstance(question, Instruction) for question in document.questions())
    if count > MOST_QUESTIONS:
        yield _warning("too_many_questions", count=count, limit=MOST_QUESTIONS)


def _of_touchpoint(document: Document, touchpoint: Touchpoint) -> Iterator[Problem]:
    key = touchpoint.key
    for language in _missing(document, touchpoint.name, needed=True):
        yield Problem("name_missing", key, values={"language": language})
    for language in _missing(document, touchpoint.guidance, needed=False):
        yield Problem("guidance_missing", key, values={"language": language})
    if not touchpoint.questions:
        yield Problem("touchpoint_empty", key)
        return
    if document.scoring.total == "weights" and touchpoint.weight and not possible_in(touchpoint):
        yield _warning("weight_without_score", key)
    yield from _of_repetition(document, touchpoint)
    for question in touchpoint.questions:
        yield from _of_wordings(document, touchpoint, question)
        yield from _of_rules(touchpoint, question)
        yield from _of_marking(touchpoint, question)


def _of_wordings(document: Document, touchpoint: Touchpoint, question: AnyQuestion) -> Iterator[Problem]:
    here = (touchpoint.key, question.key)
    for language in _missing(document, question.text, needed=True):
        yield Problem("text_missing", *here, {"language": language})
    ends = (question.lo_text, question.hi_text) if isinstance(question, Rating) else ()
    either_end = any(any(end.values()) for end in ends)
    wanted = [("help_missing", question.help, False), *(("end_missing", end, either_end) for end in ends)]
    for code, wording, needed in wanted:
        for language in _missing(document, wording, needed=needed):
            yield Problem(code, *here, {"language": language})
    for place, option in enumerate(question.options if isinstance(question, SingleChoice) else (), 1):
        for language in _missing(document, option.text, needed=True):
            yield Problem("option_missing", *here, {"language": language, "place": place})
    if isinstance(question, SingleChoice):
        for language in document.languages:
            for place, first in _repeated([option.text for option in question.options], language):
                yield Problem("option_twice", *here, {"language": language, "place": place, "first": first})
    if isinstance(question, YesNo | Rating) and _asks_two_things(document, question.text):
        yield _warning("asks_two_things", *here)


def _of_repetition(document: Document, touchpoint: Touchpoint) -> Iterator[Problem]:
    """Questions that ask what one before them in the touchpoint asks, in any language."""
    texts = [question.text for question in touchpoint.questions]
    again = {place: first for language in document.languages for place, first in _repeated(texts, language)}
    for place, first in sorted(again.items()):
        yield _warning("question_twice", touchpoint.key, touchpoint.questions[place - 1].key, first=first)


def _repeated(wordings: Sequence[Wording], language: Language) -> Iterator[tuple[int, int]]:
    """The places, counted from 1, whose words stood before, each with the place where they stood first."""
    places: dict[str, int] = {}
    for place, wording in enumerate(wordings, 1):
        words = " ".join(wording.get(language, "").split()).casefold()
        if words and places.setdefault(words, place) != place:
            yield place, places[words]


def _of_rules(touchpoint: Touchpoint, question: AnyQuestion) -> Iterator[Problem]:
    here = (touchpoint.key, question.key)
    known = words_for(question)
    critical = question.critical
    for answer in sorted(set(question.explain_on) - known):
        yield Problem("explains_unknown_answer", *here, {"answer": answer})
    if critical is None:
        return
    if not known:
        yield Problem("cannot_be_critical", *here)
        return
    for answer in sorted(set(critical.on) - known):
        yield Problem("critical_on_unknown_answer", *here, {"answer": answer})
    if critical.effect is Effect.ZEROES_TOUCHPOINT and not possible_in(touchpoint):
        yield Problem("zeroes_nothing", *here)
    if isinstance(question, SingleChoice) and all(
        option.na for option in question.options if option.key in critical.on
    ):
        yield _warning("critical_never_fires", *here)


def _of_marking(touchpoint: Touchpoint, question: AnyQuestion) -> Iterator[Problem]:
    here = (touchpoint.key, question.key)
    if isinstance(question, SingleChoice) and len(question.options) < 2:
        yield Problem("choice_too_short", *here, {"count": len(question.options)})
    if isinstance(question, Scored) and question.bonus and worth(question) and not possible_in(touchpoint):
        yield _warning("bonus_lost", *here)


def _of_keys(document: Document, given: Mapping[str, Kind]) -> Iterator[Problem]:
    for touchpoint in document.touchpoints:
        for question in touchpoint.questions:
            before = given.get(question.key, question.kind)
            if before is not question.kind:
                yield Problem("kind_changed", touchpoint.key, question.key, {"before": before})


def _missing(document: Document, wording: Wording, *, needed: bool) -> tuple[str, ...]:
    """The languages in which `wording` is empty; one that is empty in all of them must be `needed`."""
    missing = tuple(language for language in document.languages if not wording.get(language, "").strip())
    return missing if needed or len(missing) < len(document.languages) else ()


def _asks_two_things(document: Document, wording: Wording) -> bool:
    return any(
        TWO_THINGS_AT_ONCE[language].search(wording.get(language, "")) for language in document.languages
    )


def _warning(code: str, *here: str, **values: Any) -> Problem:
    touchpoint, question = (*here, None, None)[:2]
    return Problem(code, touchpoint, question, values, Severity.WARNING)
