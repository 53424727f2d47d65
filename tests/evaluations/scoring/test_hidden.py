"""A question that was not asked counts nothing, whatever stands there from before."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evaluations.document.answers import NOT_APPLICABLE, answered
from evaluations.document.kinds import Finding
from evaluations.document.tree import Critical, Document, Effect, Is, Lens, Not, Scoring, Touchpoint, YesNo
from evaluations.scoring.coverage import coverage
from evaluations.scoring.scorecard import as_json, from_json, score

IF_QUEUE = Is(question="queue", answer="yes")
YES, NO = answered("yes"), answered("no")


def a_till(condition=IF_QUEUE, scoring=None, **values):
    """A question about a queue, and one that is asked only where there was one."""
    asked = YesNo(key="queue", na_allowed=True, points=Decimal(5))
    given = {"key": "kept_short", "show_if": condition, "lenses": (Lens.SIMPLICITY,)} | values
    till = Touchpoint(key="till", questions=(asked, YesNo(**given)))
    return Document(touchpoints=(till,), scoring=scoring or Scoring())


def of(card, key):
    return next(one for one in card.questions if one.key == key)


@pytest.mark.parametrize("queue", [None, NO, NOT_APPLICABLE])
def test_a_hidden_question_is_neither_earned_nor_possible(queue):
    answers = {"kept_short": NO} | ({"queue": queue} if queue else {})
    card = score(a_till(), answers)
    hidden = of(card, "kept_short")
    assert (hidden.finding, hidden.counted, hidden.failed, hidden.possible) == (
        Finding.HIDDEN,
        False,
        False,
        0,
    )
    assert card.possible == (5 if queue == NO else 0)
    assert [one.score for one in card.lenses] == [None]


def test_a_question_that_is_asked_counts_as_any_other():
    card = score(a_till(), {"queue": YES, "kept_short": NO})
    assert (card.earned, card.possible, of(card, "kept_short").failed) == (5, 15, True)


def test_blanks_that_count_do_not_count_where_nothing_was_asked():
    doc = a_till(scoring=Scoring(blanks_count=True))
    assert score(doc, {"queue": NO}).possible == 5
    assert score(doc, {"queue": YES}).possible == 15


@pytest.mark.parametrize("effect", [Effect.FAILS_VISIT, Effect.ZEROES_TOUCHPOINT])
def test_a_critical_question_that_is_hidden_fires_nothing(effect):
    doc = a_till(critical=Critical(on=("no",), effect=effect))
    card = score(doc, {"queue": NO, "kept_short": NO})
    assert card.criticals == ()
    assert score(doc, {"queue": YES, "kept_short": NO}).criticals != ()


def test_a_hidden_follow_up_is_not_owed():
    doc = a_till(due_days=7)
    assert (score(doc, {"queue": NO}).due, score(doc, {"queue": YES}).due) == (0, 1)
    assert score(doc, {"queue": NO}).open_points == 0


def test_coverage_speaks_of_what_was_asked_only():
    doc = a_till(critical=Critical(on=("no",)))
    found = coverage(doc, score(doc, {"queue": NO}))
    assert (found.scored, found.answered, found.blank, found.unanswered_criticals) == (1, 1, 0, ())
    assert found.touchpoints["till"].available == 5


def test_not_turns_round_what_is_no_answer():
    doc = a_till(Not(of=IF_QUEUE))
    assert of(score(doc, {}), "kept_short").finding is Finding.BLANK
    assert of(score(doc, {"queue": YES}), "kept_short").finding is Finding.HIDDEN


def test_a_scorecard_is_read_back_with_what_was_hidden():
    card = score(a_till(), {"queue": NO})
    assert from_json(as_json(card)) == card


def a_journey(scoring=None, condition=IF_QUEUE):
    """A till, and help in the queue, which is met only where there was a queue."""
    till = Touchpoint(
        key="till",
        weight=Decimal(1),
        questions=(YesNo(key="queue", points=Decimal(5)), YesNo(key="quick", points=Decimal(5))),
    )
    critical = Critical(on=("no",), effect=Effect.FAILS_VISIT)
    helped = YesNo(key="helped", points=Decimal(10), critical=critical, lenses=(Lens.SIMPLICITY,))
    helping = Touchpoint(key="helping", weight=Decimal(3), show_if=condition, questions=(helped,))
    return Document(touchpoints=(till, helping), scoring=scoring or Scoring())


@pytest.mark.parametrize("total", ["points", "weights"])
def test_a_touchpoint_that_is_not_met_leaves_the_whole_to_the_others(total):
    doc = a_journey(Scoring(total=total, blanks_count=True))
    card = score(doc, {"queue": NO, "quick": YES, "helped": NO})
    assert (card.score, card.criticals, card.verdict.value) == (Fraction(1, 2), (), "passed")
    assert of(card, "helped").finding is Finding.HIDDEN
    till, helping = card.touchpoints
    assert (till.share, helping.share, helping.score) == (1, 0, None)
    assert card.renormalised == (total == "weights")
    assert [one.score for one in card.lenses] == [None]


def test_one_that_is_met_counts_as_any_other():
    doc = a_journey(Scoring(total="weights"))
    card = score(doc, {"queue": YES, "quick": NO, "helped": NO})
    assert (card.score, card.renormalised, card.verdict.value) == (Fraction(1, 8), False, "failed")


def test_coverage_tells_of_a_touchpoint_that_was_not_met_that_it_had_nothing_to_score():
    doc = a_journey()
    found = coverage(doc, score(doc, {"queue": NO, "quick": YES}))
    assert (found.scored, found.without_score) == (2, ("helping",))
    assert found.unanswered_criticals == ()
