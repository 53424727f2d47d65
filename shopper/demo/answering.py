"""How a demo shopper answers: drawn from the shop's quality, with trends and one pain point to be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from statistics import NormalDist

from evaluations.document.answers import NOT_APPLICABLE, NOT_OBSERVED, Answer, AnswerState, answered
from evaluations.document.kinds import demands_comment
from evaluations.document.tree import (
    AnyQuestion,
    Document,
    Duration,
    Narrative,
    Rating,
    ShortText,
    SingleChoice,
    Touchpoint,
    YesNo,
)
from shopper.demo.places import Shop
from shopper.demo.telling import Teller

BETTER: Mapping[str, float] = {
    "signage": 0.08, "store_layout": 0.1, "greeting": -0.12, "staff": 0.02, "returns": -0.02,
    "email_capture": 0.14,
    "website": 0.06, "call_centre": -0.16, "cleanliness": 0.1, "eye_test": 0.08, "checkout": 0.1,
    "loyalty_offer": -0.06,
}  # fmt: skip
"""How much better than the shop in general each touchpoint was in the first wave."""
TREND: Mapping[str, float] = {"greeting": 0.1, "store_layout": -0.1}
"""How much better each became with every wave: one rises, one falls, the others stay."""
PAIN = ("South and East", "returns", -0.6)
"""The pain point to find: in one region, returns are hardly explained."""
STAYS = 0.85
"""How often a shop does a thing as it did it the last time, rather than anew."""
NORMAL = NormalDist()
NA, NO = NOT_APPLICABLE, answered("no")
CONSEQUENCES: Mapping[tuple[str, str], Mapping[str, Answer | None]] = {
    ("greeting_wait", "never"): {
        "greeting_eye_contact": NA, "greeting_smile": NA, "greeting_help_offered": NO,
        "greeting_warmth": NA, "greeting_words": None,
    },
    ("staff_knowledge", "no_answer"): {"staff_decision": answered("nothing")},
    ("returns_raised", "not_explained"): {"returns_period": NO, "returns_clarity": NA},
    ("email_asked", "no"): {
        "email_purpose": NA, "email_benefit": answered("not_asked"), "email_ease": NA, "email_words": None,
    },
    ("call_wait", "nobody"): {
        "call_introduced": NA, "call_solved": answered("no_call"), "call_repeated": NA, "call_friendliness": NA,
    },
    ("call_solved", "at_once"): {"call_repeated": NO},
    ("website_product", "not_found"): {"website_price": NO},
    ("loyalty_refusal", "no"): {"loyalty_enrolment": NA},
    ("loyalty_offered", "no"): {
        "loyalty_benefit": NA, "loyalty_clarity": NA, "loyalty_enrolment": NA, "loyalty_refusal": NA,
    },
}  # fmt: skip
"""What an answer says of others, so that no visit contradicts itself."""
SELDOM_OBSERVED = {"layout_emergency_exit": 0.1, "clean_fitting_rooms": 0.3}
SELDOM_APPLIES = {"layout_wayfinding": 0.06, "clean_fitting_rooms": 0.2, "loyalty_enrolment": 0.4}
DUSK = 18


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at one question."""

    question: AnyQuestion
    answer: Answer | None
    comment: str = ""
    scenes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """One visit: where, in which wave (from 0), at what hour, and what happened there besides."""

    shop: Shop
    wave: int
    hour: int
    random: Random
    exit_blocked: bool = False


def answers(document: Document, occasion: Occasion, teller: Teller) -> list[Found]:
    """What a shopper found, in journey order, consistent in itself."""
    given: dict[str, Answer | None] = {
        question.key: _answer(question, _quality(touchpoint, occasion), occasion)
        for touchpoint in document.touchpoints
        for question in touchpoint.questions
        if question.due_days is None
    }
    for (key, value), others in CONSEQUENCES.items():
        if (answer := given.get(key)) is not None and answer.value == value:
            given |= others
    values = {key: answer.value for key, answer in given.items() if answer is not None}
    return [
        _found(question, given, values, occasion, teller)
        for question in document.questions()
        if question.key in given
    ]


def _quality(touchpoint: Touchpoint, occasion: Occasion) -> float:
    region, painful, worse = PAIN
    quality = occasion.shop.quality + BETTER[touchpoint.key] + TREND.get(touchpoint.key, 0) * occasion.wave
    if touchpoint.key == painful and occasion.shop.region == region:
        quality += worse
    return min(0.96, max(0.06, quality))


def _answer(question: AnyQuestion, quality: float, occasion: Occasion) -> Answer | None:
    random, key = occasion.random, question.key
    habit = Random(f"{occasion.shop.code} {key}").random()  # noqa: S311 - a habit of the shop
    luck = habit if random.random() < STAYS else random.random()
    if key == "layout_emergency_exit" and occasion.exit_blocked:
        return answered("yes")
    if random.random() < SELDOM_OBSERVED.get(key, 0):
        return NOT_OBSERVED
    if random.random() < SELDOM_APPLIES.get(key, 0) or (key == "signage_lit" and occasion.hour < DUSK):
        return NOT_APPLICABLE
    match question:
        case YesNo():
            well = key == "layout_emergency_exit" or luck < quality
            return answered(question.favourable if well else {"yes": "no", "no": "yes"}[question.favourable])
        case SingleChoice():
            options = sorted((one for one in question.options if not one.na), key=lambda one: -one.points)
            place = (1 - quality) * (len(options) - 1) * 0.9 + 0.6 * NORMAL.inv_cdf(luck)
            return answered(options[min(len(options) - 1, max(0, round(place)))].key)
        case Rating():
            value = question.lo + (question.hi - question.lo) * quality - 0.7 * NORMAL.inv_cdf(luck)
            return answered(min(question.hi, max(question.lo, round(value))))
        case Duration():
            seconds = 60 + 400 * (1 - quality) - 60 * NORMAL.inv_cdf(luck)
            return answered(str(max(20, round(seconds))))
        case _:
            return None


def _found(
    question: AnyQuestion,
    given: Mapping[str, Answer | None],
    values: Mapping[str, object],
    occasion: Occasion,
    teller: Teller,
) -> Found:
    answer, random = given[question.key], occasion.random
    match question:
        case Narrative():
            answer = answered(teller.story(question.key, values))
        case ShortText():
            heard = teller.text(question.key, values.get("email_benefit"))
            is_told = heard and question.key in given and _was_spoken_to(question.key, values)
            answer = answered(heard) if is_told and random.random() < 0.7 else None
    comment = ""
    if answer is not None and demands_comment(question, answer):
        comment = teller.comment(question.key, answer.value)
    elif answer is not None and _is_best(question, answer) and random.random() < 0.2:
        comment = teller.praise(question.key)
    return Found(question, answer, comment, tuple(_scenes(question.key, values, comment, random)))


def _was_spoken_to(key: str, values: Mapping[str, object]) -> bool:
    if key == "greeting_words":
        return values.get("greeting_wait") != "never"
    return key == "email_words" and values.get("email_asked") == "yes"


def _is_best(question: AnyQuestion, answer: Answer) -> bool:
    if answer.state is not AnswerState.ANSWERED:
        return False
    if isinstance(question, SingleChoice):
        return answer.value == max(question.options, key=lambda option: option.points).key
    if isinstance(question, YesNo):
        return answer.value == question.favourable
    return isinstance(question, Rating) and answer.value == question.hi


def _scenes(key: str, values: Mapping[str, object], comment: str, random: Random) -> Iterator[str]:
    """What is photographed at this question."""
    if scene := ALWAYS.get(key):
        yield scene
    if (seen := SOMETIMES.get(key)) and random.random() < seen[1]:
        yield random.choice(seen[0])
    if key == "returns_photo" and values.get("returns_written") == "yes" and random.random() < 0.5:
        yield "notice"
    if comment and (shown := SHOWN.get((key, str(values.get(key))))) and random.random() < shown[1]:
        yield shown[0]


ALWAYS = {"signage_photo": "window", "checkout_receipt_photo": "receipt"}
SOMETIMES = {
    "layout_entrance_photo": (("layout", "layout", "entrance", "greeting"), 0.7),
    "clean_till_photo": (("till", "greeting"), 0.8),
}
SHOWN: Mapping[tuple[str, str], tuple[str, float]] = {
    ("layout_aisles", "no"): ("boxes", 0.8),
    ("layout_emergency_exit", "yes"): ("exit", 1.0),
    ("layout_prices", "no"): ("shelf", 0.5),
    ("clean_shelves", "1"): ("gap", 0.8),
    ("clean_shelves", "2"): ("gap", 0.8),
}
"""What an answer shows that must be explained, and how often it is photographed."""
