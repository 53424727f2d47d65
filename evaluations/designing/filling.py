"""Filling: answers to a whole checklist for a test drive, at their best, at their worst, or by chance.

Pure: the same document, way and number give the same answers. Conditions are kept, so what is not asked stays
unanswered; follow-ups are left out, since they are asked after the visit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from random import Random

from evaluations.document import tree
from evaluations.document.answers import NOT_APPLICABLE, NOT_OBSERVED, Amount, Answer, answered
from evaluations.document.conditions import holds
from evaluations.document.kinds import (
    Finding,
    demands_comment,
    demands_photo,
    finding,
    fires,
    is_bonus,
    mark,
    readable,
)
from evaluations.document.numbers import as_text
from evaluations.document.sent import Place
from evaluations.document.tree import AnyQuestion, Document, Kind

SOMEWHERE = Place(lat="40.4168", lon="-3.7038", accuracy_m=8, fix_age_s=2)
SELDOM = 0.08
"""How often chance takes "not applicable" or "did not observe" where they are allowed."""
TEXTS = (
    *("AB-1234", "A1", "A12", "AB12", "ABC123", "1234ABC", "12345678A", "abc", "ABC", "a@example.org"),
    *("2026-03-14", "14/03/2026", "12:30", "12.50", "12,50", "+34 600 000 000"),
    *("1234567890123"[:length] for length in range(1, 14)),
)
"""What is tried where a short text has to look a certain way."""
FACTORS = (Decimal("0.5"), Decimal(1), Decimal(2), Decimal(5), Decimal(30), Decimal(120))


class Way(StrEnum):
    """How a checklist is filled."""

    BEST = "best"
    WORST = "worst"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Words:
    """What is written where words are asked for, and the day of the visit."""

    short: str
    narrative: str
    comment: str
    today: date


@dataclass(frozen=True, slots=True)
class Filled:
    """Answers, comments, and how many photos there are, each by question key."""

    answers: dict[str, Answer] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    photos: dict[str, int] = field(default_factory=dict)


def filled(document: Document, way: Way, words: Words, *, number: int = 1) -> Filled:
    """Answers to all of `document` that is asked; `number` says which ones where chance decides."""
    found = Filled()
    random = Random(number)  # noqa: S311 - answers for a trial
    asked: dict[str, AnyQuestion] = {}
    for touchpoint in document.touchpoints:
        is_met = touchpoint.show_if is None or holds(touchpoint.show_if, asked, found.answers)
        for question in touchpoint.questions:
            if not is_met or (question.show_if and not holds(question.show_if, asked, found.answers)):
                continue
            asked[question.key] = question
            if question.due_days is None and question.kind is not Kind.INSTRUCTION:
                _answer(found, question, way, words, random)
    return found


def _answer(found: Filled, question: AnyQuestion, way: Way, words: Words, random: Random) -> None:
    if isinstance(question, tree.Photo):
        found.photos[question.key] = question.min_count
    elif isinstance(question, tree.Signature):
        found.photos[question.key] = 1
    elif answer := _chosen(question, way, words, random):
        found.answers[question.key] = answer
        if demands_comment(question, answer):
            found.comments[question.key] = _at_least(words.comment, question.explain_min)
        if demands_photo(question, answer):
            found.photos[question.key] = 1


def _chosen(question: AnyQuestion, way: Way, words: Words, random: Random) -> Answer | None:
    possible = [one for one in _candidates(question, words) if readable(question, one)]
    if way is Way.RANDOM:
        if beside := _beside(question, random):
            return beside
        return random.choice(possible) if possible else None
    counted = [one for one in possible if finding(question, one) is Finding.ANSWERED]
    choose = max if way is Way.BEST else min
    return choose(counted or possible, key=lambda one: _worth(question, one), default=None)


def _beside(question: AnyQuestion, random: Random) -> Answer | None:
    if question.na_allowed and random.random() < SELDOM:
        return NOT_APPLICABLE
    if question.not_observed_allowed and random.random() < SELDOM:
        return NOT_OBSERVED
    return None


def _worth(question: AnyQuestion, answer: Answer) -> tuple[bool, bool, Decimal, bool]:
    """How good an answer is: what is critical is worst, then what fails, then what earns little."""
    given = mark(question, answer, blanks_count=False)
    earned = Decimal(given.earned.numerator) / Decimal(given.earned.denominator)
    has_failed = given.failed and not is_bonus(question)
    return not fires(question, answer), not has_failed, earned, not demands_comment(question, answer)


def _candidates(question: AnyQuestion, words: Words) -> Iterator[Answer]:
    """Answers that the kind takes; those that break a constraint are left out afterwards."""
    find = FINDS.get(question.kind)
    yield from (answered(value) for value in (find(question, words) if find else ()))


def _yes_no(_question: tree.YesNo, _words: Words) -> Iterator[str]:
    yield from ("yes", "no")


def _option(question: tree.SingleChoice, _words: Words) -> Iterator[str]:
    yield from (option.key for option in question.offered)


def _options(question: tree.SeveralChoices, _words: Words) -> Iterator[list[str]]:
    """Few and many of the options, from the one that earns most and from the one that earns least."""
    counting = [option for option in question.offered if not option.na]
    most = min(question.max_choices or len(counting), len(counting))
    for is_best in (True, False):
        order = sorted(counting, key=lambda option: (option.failing, -option.points), reverse=not is_best)
        for count in range(max(1, question.min_choices), most + 1):
            yield [option.key for option in order[:count]]
    yield from ([option.key] for option in question.offered)


def _rating(question: tree.Rating, _words: Words) -> Iterator[int]:
    yield from range(question.lo, question.hi + 1)


def _measures(question: tree.Number | tree.Money | tree.Duration, _words: Words) -> Iterator[object]:
    """Figures at and beside every border that the question knows, and a few ordinary ones."""
    decimals = 1 if isinstance(question, tree.Duration) else question.decimals
    step = Decimal(1).scaleb(-decimals)
    critical = question.critical
    borders = [
        question.minimum,
        question.maximum,
        *(band.up_to for band in question.bands),
        *((critical.minimum, critical.maximum) if critical else ()),
    ]
    known = [border for border in borders if border is not None]
    near = [border + part for border in known for part in (-step, Decimal(0), step)]
    for figure in sorted({one.quantize(step) for one in (*near, *FACTORS)}):
        text = as_text(figure)
        yield Amount(amount=text, currency=question.currency) if isinstance(question, tree.Money) else text


def _day(question: tree.Date, words: Words) -> Iterator[str]:
    days = (words.today, question.earliest, question.latest)
    yield from (day.isoformat() for day in days if day is not None)


def _time(_question: tree.Time, _words: Words) -> Iterator[str]:
    yield from ("11:30", "17:45")


def _line(question: tree.ShortText, words: Words) -> Iterator[str]:
    """Words where any will do, else what happens to look as asked; nothing where none does."""
    if not question.pattern:
        yield words.short[: question.max_length]
        return
    fits = (answered(text) for text in TEXTS if len(text) <= question.max_length)
    yield from (str(one.value) for one in fits if readable(question, one))


def _story(question: tree.Narrative, words: Words) -> Iterator[str]:
    yield _at_least(words.narrative, question.min_length)[: question.max_length]


def _at_least(text: str, shortest: int) -> str:
    """`text`, again and again until it is as long as is asked."""
    often = -(-(shortest + 1) // (len(text) + 1))
    return " ".join([text] * max(1, often))


def _place(_question: tree.Place, _words: Words) -> Iterator[Place]:
    yield SOMEWHERE


FINDS: Mapping[Kind, Callable[..., Iterator[object]]] = {
    Kind.YES_NO: _yes_no,
    Kind.SINGLE_CHOICE: _option,
    Kind.SEVERAL_CHOICES: _options,
    Kind.RATING: _rating,
    Kind.NUMBER: _measures,
    Kind.MONEY: _measures,
    Kind.DURATION: _measures,
    Kind.DATE: _day,
    Kind.TIME: _time,
    Kind.SHORT_TEXT: _line,
    Kind.NARRATIVE: _story,
    Kind.PLACE: _place,
}
