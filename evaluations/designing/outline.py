"""An outline of a document: how long a visit takes, what weighs how much, how far it is translated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evaluations.designing.estimating import minutes
from evaluations.document.kinds import KINDS
from evaluations.document.kinds import worth as possible
from evaluations.document.tree import (
    AnyQuestion,
    Date,
    Document,
    Instruction,
    Language,
    Measured,
    Number,
    Rating,
    SeveralChoices,
    ShortText,
    SingleChoice,
    Touchpoint,
    Wording,
)


@dataclass(frozen=True, slots=True)
class Outline:
    """The figures below the designer's page."""

    minutes: int
    questions: int
    """Without the instructions, which ask nothing."""
    points: Fraction
    shares: dict[str, Fraction | None]
    """Per touchpoint its part of the total, None where it has nothing to score."""
    percents: dict[str, int | None]
    """The same in whole percent, which add up to 100."""
    numbers: dict[str, int]
    """Per question its number, by which pages, reports and paper all call it."""
    translated: dict[Language, Fraction]
    """Per language the part of all sentences that it has."""


def outline(document: Document) -> Outline:
    """The figures of `document`."""
    parts, numbered = shares(document), numbers(document)
    return Outline(
        minutes=minutes(document),
        questions=len(numbered),
        points=sum((possible_in(touchpoint) for touchpoint in document.touchpoints), Fraction(0)),
        shares=parts,
        percents=percents(parts),
        numbers=numbered,
        translated={language: _translated(document, language) for language in document.languages},
    )


def numbers(document: Document) -> dict[str, int]:
    """The number of each question, counted through all touchpoints; an instruction asks nothing and has none."""
    asked = [question for question in document.questions() if not isinstance(question, Instruction)]
    return {question.key: number for number, question in enumerate(asked, start=1)}


def worth(question: AnyQuestion) -> Fraction:
    """The most that an answer to `question` earns, bonus or not."""
    return KINDS[question.kind](question).possible()


def possible_in(touchpoint: Touchpoint) -> Fraction:
    """The points possible in `touchpoint` when everything is answered."""
    return sum((possible(question) for question in touchpoint.questions), Fraction(0))


def shares(document: Document) -> dict[str, Fraction | None]:
    """What part of the total each touchpoint is, when everything is answered."""
    by_points = {touchpoint.key: possible_in(touchpoint) for touchpoint in document.touchpoints}
    parts = dict(by_points)
    if document.scoring.total == "weights":
        parts = {
            touchpoint.key: Fraction(touchpoint.weight) if by_points[touchpoint.key] else Fraction(0)
            for touchpoint in document.touchpoints
        }
    whole = sum(parts.values(), Fraction(0))
    return {key: part / whole if whole and by_points[key] else None for key, part in parts.items()}


def percents(shares: dict[str, Fraction | None]) -> dict[str, int | None]:
    """The shares in whole percent: rounded down, and what is left over goes to the largest remainders."""
    exact = {key: share * 100 for key, share in shares.items() if share is not None}
    left = sum(exact.values(), Fraction(0)) - sum(int(part) for part in exact.values())
    more = set(sorted(exact, key=lambda key: int(exact[key]) - exact[key])[: int(left)])
    return {key: int(exact[key]) + (key in more) if key in exact else None for key in shares}


def wordings(document: Document) -> Iterator[Wording]:
    """Every wording of the document that is not empty in all languages, or may not be."""
    yield document.title
    yield document.briefing
    for touchpoint in document.touchpoints:
        yield from (touchpoint.name, touchpoint.guidance)
        for question in touchpoint.questions:
            yield from question_wordings(question)


def question_wordings(question: AnyQuestion) -> Iterator[Wording]:
    """Every wording of one question."""
    yield from (question.text, question.help)
    yield from (picture.caption for picture in question.pictures)
    if isinstance(question, SingleChoice | SeveralChoices):
        yield from (option.text for option in question.offered)
    if isinstance(question, Rating):
        yield from (question.lo_text, question.hi_text)
    if isinstance(question, Number):
        yield question.unit
    if isinstance(question, Measured | ShortText | Date):
        yield question.constraint_message


def _translated(document: Document, language: Language) -> Fraction:
    said = [wording for wording in wordings(document) if any(wording.values())]
    if not said:
        return Fraction(1)
    return Fraction(sum(bool(wording.get(language)) for wording in said), len(said))
