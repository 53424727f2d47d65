"""How much of its checklist a scorecard rests on."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.document.answers import NOT_APPLICABLE, NOT_OBSERVED, answered
from evaluations.document.tree import Critical, Effect, Narrative, YesNo
from evaluations.scoring.coverage import Basis, Coverage, coverage
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
from tests.evaluations.scoring.generated import answer_sheets, documents

YES = answered("yes")
FAILS = Critical(on=("no",), effect=Effect.FAILS_VISIT)


def covered(document, answers) -> Coverage:
    return coverage(document, score(document, answers))


def four(**given):
    return a_touchpoint(*(YesNo(key=key, points=Decimal(10), **given) for key in "abcd"))


def test_a_checklist_without_points_has_nothing_to_cover():
    found = covered(a_document(a_touchpoint(Narrative(key="story"), BONUS)), {})
    assert (found.scored, found.answered, found.is_whole) == (0, 0, True)
    assert found.touchpoints == {"t1": Basis(Fraction(0), Fraction(0))}
    assert not found.touchpoints["t1"].is_thin


def test_what_was_not_answered_is_counted_by_its_reason():
    document = a_document(four(na_allowed=True, not_observed_allowed=True))
    found = covered(document, {"a": YES, "b": NOT_APPLICABLE, "c": NOT_OBSERVED})
    assert (found.scored, found.answered) == (4, 1)
    assert (found.not_applicable, found.not_observed, found.blank) == (1, 1, 1)
    assert not found.is_whole


def test_a_follow_up_that_nobody_answered_is_not_left_blank():
    later = YesNo(key="mail", due_days=14, critical=FAILS)
    found = covered(a_document(a_touchpoint(YesNo(key="greeted"), later)), {"greeted": YES})
    assert (found.scored, found.blank, found.due, found.is_whole) == (1, 0, 1, True)
    assert found.unanswered_criticals == ()


def test_stories_photos_and_bonus_questions_are_not_scored_questions():
    document = a_document(a_touchpoint(YesNo(key="greeted"), Narrative(key="story"), BONUS))
    found = covered(document, {"greeted": YES})
    assert (found.scored, found.answered, found.is_whole) == (1, 1, True)


@pytest.mark.parametrize(
    ("answers", "counted", "is_thin"),
    [("", 0, False), ("a", 10, True), ("ab", 20, False), ("abc", 30, False)],
)
def test_a_score_is_thin_that_rests_on_less_than_half_of_the_points(answers, counted, is_thin):
    basis = covered(a_document(four()), dict.fromkeys(answers, YES)).touchpoints["t1"]
    assert basis == Basis(Fraction(counted), Fraction(40))
    assert basis.is_thin is is_thin


def test_where_blanks_count_a_score_rests_on_all_points_and_the_blanks_are_still_told():
    found = covered(a_document(four(), blanks_count=True), {"a": YES})
    assert found.touchpoints["t1"] == Basis(Fraction(40), Fraction(40))
    assert (found.answered, found.blank) == (1, 3)


@pytest.mark.parametrize(
    ("answers", "unanswered"),
    [
        ({}, ("exit",)),
        ({"exit": answered("")}, ("exit",)),
        ({"exit": YES}, ()),
        ({"exit": answered("no")}, ()),
        ({"exit": NOT_APPLICABLE}, ()),
        ({"exit": NOT_OBSERVED}, ()),
    ],
)
def test_a_critical_question_that_was_left_blank_is_named_even_without_points(answers, unanswered):
    question = YesNo(
        key="exit", points=Decimal(0), critical=FAILS, na_allowed=True, not_observed_allowed=True
    )
    found = covered(a_document(a_touchpoint(YesNo(key="greeted"), question)), answers)
    assert found.unanswered_criticals == unanswered


def test_touchpoints_that_had_nothing_to_score_are_named_unless_they_weigh_nothing():
    idle = a_touchpoint(YesNo(key="idle"), key="idle_point", weight="0")
    document = a_document(GREETING, the_till(), idle, total="weights")
    assert covered(document, GREETING_ANSWERS).without_score == ("till_point",)
    assert covered(document, BOTH_ANSWERS).without_score == ()


@given(st.data())
def test_every_scored_question_is_told_once(data):
    document = data.draw(documents())
    found = covered(document, data.draw(answer_sheets(document)))
    assert found.blank >= 0
    assert found.answered + found.not_applicable + found.not_observed + found.blank == found.scored
    for basis in found.touchpoints.values():
        assert 0 <= basis.counted <= basis.available
