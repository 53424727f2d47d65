"""How a demo shopper answers: drawn from the shop's quality, with one clear pain point."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from evaluations.document.answers import NOT_APPLICABLE, Answer, answered
from evaluations.document.kinds import demands_comment
from evaluations.document.tree import (
    AnyQuestion,
    Document,
    Narrative,
    Photo,
    Rating,
    ShortText,
    SingleChoice,
    Touchpoint,
    YesNo,
)
from shopper.demo import words

BETTER = {
    "signage": 0.12,
    "store_layout": 0.08,
    "greeting": 0.0,
    "staff": 0.05,
    "returns": -0.34,
    "email_capture": -0.12,
}
"""How much better than the shop in general each touchpoint is: returns are the pain point to find."""
SCENES = {
    "signage_photo": ("window",),
    "layout_entrance_photo": ("layout", "entrance"),
    "returns_photo": ("till",),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at one question."""

    question: AnyQuestion
    answer: Answer | None
    comment: str = ""
    scenes: tuple[str, ...] = ()


def answers(
    document: Document, quality: float, language: str, random: Random, *, exit_blocked: bool = False
) -> list[Found]:
    """What a shopper found in a shop of this quality (0 to 1), in journey order."""
    return [
        _found(question, _at(touchpoint, quality), language, random, exit_blocked)
        for touchpoint in document.touchpoints
        for question in touchpoint.questions
    ]


def _at(touchpoint: Touchpoint, quality: float) -> float:
    return min(0.98, max(0.05, quality + BETTER.get(touchpoint.key, 0.0)))


def _found(question: AnyQuestion, quality: float, language: str, random: Random, exit_blocked: bool) -> Found:
    if question.key == "layout_emergency_exit":
        answer: Answer | None = answered("yes" if exit_blocked else "no")
    else:
        answer = _answer(question, quality, language, random)
    comment = ""
    if answer is not None and demands_comment(question, answer):
        comment = random.choice(words.COMMENTS[language][question.key])
    scenes = SCENES.get(question.key, ())
    if exit_blocked and question.key == "layout_emergency_exit":
        scenes = ("entrance",)
    elif question.key == "layout_prices" and comment:
        scenes = ("shelf",)
    return Found(question, answer, comment, scenes)


def _answer(question: AnyQuestion, quality: float, language: str, random: Random) -> Answer | None:
    if question.na_allowed and not isinstance(question, Photo) and random.random() < 0.04:
        return NOT_APPLICABLE
    match question:
        case YesNo():
            well = random.random() < quality
            return answered(question.favourable if well else {"yes": "no", "no": "yes"}[question.favourable])
        case SingleChoice():
            options = sorted(
                (option for option in question.options if not option.na), key=lambda o: -o.points
            )
            spread = random.gauss((1 - quality) * (len(options) - 1) * 0.9, 0.6)
            return answered(options[min(len(options) - 1, max(0, round(spread)))].key)
        case Rating():
            value = question.lo + (question.hi - question.lo) * quality + random.gauss(0, 0.6)
            return answered(min(question.hi, max(question.lo, round(value))))
        case ShortText():
            texts = words.TEXTS[language].get(question.key, ())
            return answered(random.choice(texts)) if texts and random.random() < quality else None
        case Narrative():
            stories = words.STORIES[language].get(question.key)
            return answered(random.choice(stories["good" if quality > 0.62 else "poor"])) if stories else None
        case _:
            return None
