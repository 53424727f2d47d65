"""Estimating: how long a visit takes to report, by the kinds of its questions, their words and their conditions.

What may be asked or may not is counted with how likely it is, where every answer is taken to be as likely as any other.
The figures are data: see check_words/seconds.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from math import ceil, prod

from evaluations.designing.reach import limits_of, words_for
from evaluations.designing.vocabulary import pace
from evaluations.document.tree import (
    All,
    AnyOf,
    AnyQuestion,
    AnyTest,
    AtLeast,
    AtMost,
    Chosen,
    Condition,
    Document,
    Is,
    IsNot,
    Kind,
    Measured,
    Narrative,
    Not,
    OneOf,
    Photo,
    Rating,
    SeveralChoices,
    SingleChoice,
    Touchpoint,
    WasAnswered,
    WasNotApplicable,
    Wording,
)

MINUTE = 60
HALF = Fraction(1, 2)
Likely = Mapping[str, tuple[AnyQuestion, Fraction]]
"""The questions before, by key, each with how likely it is asked."""


def minutes(document: Document) -> int:
    """How long a visit takes to report, in minutes, rounded up; what is asked days later is left out."""
    likely: dict[str, tuple[AnyQuestion, Fraction]] = {}
    seconds = sum((_in_touchpoint(document, each, likely) for each in document.touchpoints), Fraction(0))
    return ceil(seconds / MINUTE)


def _in_touchpoint(
    document: Document, touchpoint: Touchpoint, likely: dict[str, tuple[AnyQuestion, Fraction]]
) -> Fraction:
    met = chance(touchpoint.show_if, likely)
    language = document.languages[0]
    reading = _words(touchpoint.guidance.get(language, ""))
    seconds = met * (pace().besides["touchpoint"] + reading * MINUTE / pace().besides["words_a_minute"])
    for question in touchpoint.questions:
        asked = met * chance(question.show_if, likely)
        likely[question.key] = (question, asked)
        if question.due_days is None:
            seconds += asked * (
                _reading(question, document) * MINUTE / pace().besides["words_a_minute"]
                + _answering(question)
            )
    return seconds


def _reading(question: AnyQuestion, document: Document) -> int:
    """How many words there are to read."""
    wordings: list[Wording] = [question.text, question.help]
    if isinstance(question, SingleChoice | SeveralChoices):
        wordings += [option.text for option in question.offered]
    if isinstance(question, Rating):
        wordings += [question.lo_text, question.hi_text]
    return sum(_words(document.say(wording, document.languages[0])) for wording in wordings)


@lru_cache(maxsize=8192)
def _words(text: str) -> int:
    return len(text.split())


def _answering(question: AnyQuestion) -> Fraction:
    """How long it takes to answer, photograph and explain."""
    seconds, besides = pace().kinds[question.kind], pace().besides
    if isinstance(question, Photo):
        seconds += question.min_count * besides["photo"]
    if isinstance(question, Narrative):
        seconds += question.min_length * MINUTE / besides["characters_a_minute"]
    if question.explain_on:
        writing = question.explain_min * MINUTE / besides["characters_a_minute"]
        seconds += besides["share_of_comments"] * (besides["comment"] + writing)
    return seconds


def chance(condition: Condition | None, likely: Likely) -> Fraction:
    """How likely `condition` holds, its parts taken to have nothing to do with each other."""
    if condition is None:
        return Fraction(1)
    if isinstance(condition, All):
        return prod((chance(part, likely) for part in condition.of), start=Fraction(1))
    if isinstance(condition, AnyOf):
        return 1 - prod((1 - chance(part, likely) for part in condition.of), start=Fraction(1))
    if isinstance(condition, Not):
        return 1 - chance(condition.of, likely)
    if condition.question not in likely:
        return Fraction(0)
    question, asked = likely[condition.question]
    return asked * _share(condition, question)


def _share(test: AnyTest, question: AnyQuestion) -> Fraction:
    """The share of the answers to `question` that pass `test`."""
    may_be_blank = question.na_allowed or not question.required
    blank = pace().besides["share_of_blanks"] if may_be_blank else Fraction(0)
    if isinstance(test, WasAnswered):
        return 1 - blank
    if isinstance(test, WasNotApplicable):
        return blank
    if isinstance(test, AtLeast | AtMost):
        return (1 - blank) * _share_of_figures(test, question)
    return (1 - blank) * _share_of_words(test, question)


def _share_of_words(test: Is | IsNot | OneOf | Chosen, question: AnyQuestion) -> Fraction:
    if isinstance(question, SeveralChoices):
        return HALF
    known = words_for(question)
    named = test.answers if isinstance(test, OneOf) else (test.answer,)
    part = Fraction(len(known.intersection(named)), len(known) or 1)
    return 1 - part if isinstance(test, IsNot) else part


def _share_of_figures(test: AtLeast | AtMost, question: AnyQuestion) -> Fraction:
    if isinstance(question, Rating):
        steps = range(question.lo, question.hi + 1)
        passing = sum(
            value >= test.measure if isinstance(test, AtLeast) else value <= test.measure for value in steps
        )
        return Fraction(passing, len(steps))
    least, most = limits_of(question) if isinstance(question, Measured) else (None, None)
    if question.kind is Kind.DURATION or least is None or most is None or least >= most:
        return HALF
    within = Fraction(test.measure - least) / Fraction(most - least)
    part = min(Fraction(1), max(Fraction(0), within))
    return 1 - part if isinstance(test, AtLeast) else part
