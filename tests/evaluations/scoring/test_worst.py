"""The one question of a visit that somebody should act on first."""

from decimal import Decimal

import pytest

from evaluations.document.answers import NOT_APPLICABLE, answered
from evaluations.document.tree import Critical, Effect, Rating, YesNo
from evaluations.scoring.scorecard import score
from evaluations.scoring.worst import worst
from tests.evaluations.scoring.checklists import BONUS, a_document, a_touchpoint

YES, NO = answered("yes"), answered("no")


def a_yes_no(key, points=10, effect=None):
    cap = Decimal(50) if effect is Effect.CAPS_TOTAL else None
    critical = effect and Critical(on=("no",), effect=effect, cap=cap)
    return YesNo(key=key, points=Decimal(points), critical=critical, na_allowed=True)


def worst_of(document, answers):
    found = worst(score(document, answers))
    return found and found.key


def test_where_nothing_was_lost_there_is_none():
    document = a_document(a_touchpoint(a_yes_no("a"), a_yes_no("b"), BONUS))
    for answers in ({}, {"a": YES, "b": NOT_APPLICABLE, "smile": NO}):
        assert worst_of(document, answers) is None


def test_the_question_that_cost_the_total_most_is_the_worst():
    light = a_touchpoint(a_yes_no("dear", 30), a_yes_no("c", 30), key="light", weight="1")
    heavy = a_touchpoint(a_yes_no("cheap", 5), a_yes_no("d", 5), key="heavy", weight="9")
    answers = {"dear": NO, "cheap": NO, "c": YES, "d": YES}
    assert worst_of(a_document(light, heavy), answers) == "dear"
    assert worst_of(a_document(light, heavy, total="weights"), answers) == "cheap"


def test_a_question_that_failed_is_worse_than_one_that_lost_more():
    half = Rating(key="half", lo=1, hi=5, points=Decimal(40))
    document = a_document(a_touchpoint(half, a_yes_no("failed", 5)))
    assert worst_of(document, {"half": answered(2), "failed": NO}) == "failed"
    assert worst_of(document, {"half": answered(2), "failed": YES}) == "half"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Effect.FAILS_VISIT, Effect.ZEROES_TOUCHPOINT),
        (Effect.ZEROES_TOUCHPOINT, Effect.CAPS_TOTAL),
        (Effect.FAILS_VISIT, Effect.CAPS_TOTAL),
    ],
)
def test_the_gravest_critical_is_worse_than_whatever_was_lost(first, second):
    document = a_document(
        a_touchpoint(a_yes_no("lost", 90), a_yes_no("b", 1, second), a_yes_no("a", 0, first))
    )
    assert worst_of(document, {"lost": NO, "b": NO, "a": NO}) == "a"
