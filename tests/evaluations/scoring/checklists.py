"""Small checklists for scoring, and the two touchpoints of the worked examples."""

from decimal import Decimal
from typing import Any

from evaluations.document.answers import NOT_APPLICABLE, Answer, answered
from evaluations.document.tree import (
    AnyQuestion,
    Critical,
    Document,
    Option,
    Rating,
    Scoring,
    SingleChoice,
    Touchpoint,
    YesNo,
)


def a_document(*touchpoints: Touchpoint, **scoring: Any) -> Document:
    return Document(scoring=Scoring(**scoring), touchpoints=touchpoints)


def a_touchpoint(*questions: AnyQuestion, key: str = "t1", weight: str = "1", **more: Any) -> Touchpoint:
    return Touchpoint(key=key, questions=questions, weight=Decimal(weight), **more)


def a_choice(key: str, points: dict[str, str], **more: Any) -> SingleChoice:
    """A choice whose options are worth these points."""
    options = tuple(Option(key=option, points=Decimal(worth)) for option, worth in points.items())
    return SingleChoice(key=key, options=options, **more)


GREETING = a_touchpoint(
    YesNo(key="greeted", points=Decimal(10)),
    Rating(key="warmth", lo=1, hi=5, points=Decimal(10)),
    a_choice("badge", {"worn": "5", "hidden": "3", "none": "0"}),
    YesNo(key="queue_told", points=Decimal(5), na_allowed=True),
    key="greeting",
    weight="3",
)
GREETING_ANSWERS: dict[str, Answer] = {
    "greeted": answered("yes"),
    "warmth": answered(4),
    "badge": answered("hidden"),
    "queue_told": NOT_APPLICABLE,
}
TILL_ANSWERS: dict[str, Answer] = {"till": answered("slow")}
BOTH_ANSWERS = GREETING_ANSWERS | TILL_ANSWERS


def the_till(critical: Critical | None = None) -> Touchpoint:
    """The second touchpoint of the examples: 4 of 10 when answered "slow"."""
    points = {"quick": "10", "slow": "4"}
    return a_touchpoint(
        a_choice("till", points, critical=critical, na_allowed=True), key="till_point", weight="1"
    )


BONUS = YesNo(key="smile", points=Decimal(5), bonus=True)
