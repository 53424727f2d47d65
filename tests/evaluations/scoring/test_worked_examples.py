"""The worked examples of the rules of scoring, to the digit, by their numbers."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evaluations.document.answers import NOT_APPLICABLE, Answer, answered
from evaluations.document.tree import Critical, Duration, Effect, PointBand, Rating, Touchpoint, YesNo
from evaluations.scoring.bands import Verdict, shown
from evaluations.scoring.scorecard import score
from tests.evaluations.scoring.checklists import (
    BONUS,
    BOTH_ANSWERS,
    GREETING,
    GREETING_ANSWERS,
    a_document,
    a_touchpoint,
    the_till,
)

WITH_BONUS = Touchpoint(**{**dict(GREETING), "questions": (*GREETING.questions, BONUS)})
TILL_NOT_APPLICABLE: dict[str, Answer] = {**GREETING_ANSWERS, "till": NOT_APPLICABLE}


def test_1_a_greeting_of_20_5_points_out_of_25_is_82_percent() -> None:
    card = score(a_document(GREETING), GREETING_ANSWERS)
    marks = {one.key: (one.earned, one.possible, one.counted) for one in card.questions}
    assert marks == {
        "greeted": (10, 10, True),
        "warmth": (Fraction("7.5"), 10, True),
        "badge": (3, 5, True),
        "queue_told": (0, 0, False),
    }
    assert (card.touchpoints[0].earned, card.touchpoints[0].possible) == (Fraction("20.5"), 25)
    assert (card.shown, card.millionths) == ("82.0", 82_000_000)


def test_2_two_touchpoints_are_71_5_by_weights_and_70_by_points() -> None:
    by_weights = score(a_document(GREETING, the_till(), total="weights"), BOTH_ANSWERS)
    by_points = score(a_document(GREETING, the_till(), total="points"), BOTH_ANSWERS)
    assert (by_weights.shown, by_points.shown) == ("71.5", "70.0")
    assert (by_points.earned, by_points.possible) == (Fraction("24.5"), 35)


@pytest.mark.parametrize("total", ["points", "weights"])
def test_3_a_touchpoint_that_is_all_not_applicable_leaves_the_other_as_it_is(total: str) -> None:
    card = score(a_document(GREETING, the_till(), total=total), TILL_NOT_APPLICABLE)
    assert card.shown == "82.0"
    assert card.touchpoints[1].score is None
    assert card.renormalised is (total == "weights")


@pytest.mark.parametrize(("may_exceed", "percentage"), [(False, "100.0"), (True, "102.0")])
def test_4_a_bonus_is_capped_at_100_unless_it_may_exceed(may_exceed: bool, percentage: str) -> None:
    document = a_document(WITH_BONUS, bonus_may_exceed=may_exceed)
    card = score(document, {**GREETING_ANSWERS, "smile": answered("yes")})
    assert card.shown == percentage


@pytest.mark.parametrize(
    ("critical", "percentage", "verdict"),
    [
        (Critical(on=("slow",), effect=Effect.ZEROES_TOUCHPOINT), "61.5", Verdict.PASSED),
        (Critical(on=("slow",), effect=Effect.FAILS_VISIT), "71.5", Verdict.FAILED),
        (Critical(on=("slow",), effect=Effect.CAPS_TOTAL, cap=Decimal(50)), "50.0", Verdict.PASSED),
    ],
    ids=["zeroes its touchpoint", "fails the visit", "caps the total"],
)
def test_5_a_critical_question_has_its_one_effect(
    critical: Critical, percentage: str, verdict: Verdict
) -> None:
    card = score(a_document(GREETING, the_till(critical), total="weights"), BOTH_ANSWERS)
    assert (card.shown, card.verdict) == (percentage, verdict)
    assert [(fired.question, fired.effect) for fired in card.criticals] == [("till", critical.effect)]


def test_6_a_visit_with_everything_not_applicable_is_not_scored() -> None:
    card = score(a_document(the_till(), target=Decimal(80)), {"till": NOT_APPLICABLE})
    assert (card.score, card.shown, card.millionths, card.band) == (None, None, None, None)
    assert card.verdict is Verdict.NOT_SCORED


@pytest.mark.parametrize(("seconds", "earned"), [("95", 3), ("120", 3), ("120.5", 0), ("60", 5), ("60.1", 3)])
def test_7_a_wait_earns_the_points_of_the_band_it_falls_in(seconds: str, earned: int) -> None:
    bands = [PointBand(up_to=60, points=5), PointBand(up_to=120, points=3), PointBand(points=0)]
    card = score(a_document(a_touchpoint(Duration(key="wait", bands=bands))), {"wait": answered(seconds)})
    assert (card.earned, card.possible) == (earned, 5)


def test_8_thirds_do_not_drift() -> None:
    ratings = [Rating(key=f"rating_{n}", lo=1, hi=7, points=Decimal(10)) for n in range(3)]
    alone = score(a_document(a_touchpoint(ratings[0])), {"rating_0": answered(3)})
    assert (alone.questions[0].earned, alone.shown) == (Fraction(10, 3), "33.3")
    three = score(a_document(a_touchpoint(*ratings)), {one.key: answered(3) for one in ratings})
    assert (three.earned, three.possible, three.score) == (10, 30, Fraction(1, 3))


@pytest.mark.parametrize(
    ("percentage", "read"),
    [(Fraction(200, 3), "66.7"), (Fraction("82.05"), "82.1"), (Fraction("82.04"), "82.0")],
)
def test_9_shown_percentages_are_rounded_half_up_to_one_decimal(percentage: Fraction, read: str) -> None:
    assert str(shown(percentage / 100)) == read


def test_10_by_points_a_zeroed_touchpoint_keeps_what_was_possible_there() -> None:
    zeroes = Critical(on=("slow",), effect=Effect.ZEROES_TOUCHPOINT)
    card = score(a_document(GREETING, the_till(zeroes)), BOTH_ANSWERS)
    assert (card.earned, card.possible, card.shown) == (Fraction("20.5"), 35, "58.6")
    assert card.touchpoints[1].zeroed


def test_10_by_points_a_touchpoint_is_clamped_before_it_is_added() -> None:
    card = score(a_document(WITH_BONUS, the_till()), {**BOTH_ANSWERS, "smile": answered("yes")})
    assert (card.earned, card.possible, card.shown) == (29, 35, "82.9")


def test_the_bonus_of_the_examples_has_nothing_possible() -> None:
    assert isinstance(BONUS, YesNo)
    card = score(a_document(WITH_BONUS), {"smile": answered("yes")})
    assert [(one.earned, one.possible) for one in card.questions if one.bonus] == [(5, 0)]
