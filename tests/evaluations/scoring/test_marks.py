"""Adding marks up."""

from fractions import Fraction

from evaluations.scoring.marks import Mark, Tally, tally

TWO_OF_THREE = Mark(Fraction(2), Fraction(3), counted=True)


def test_nothing_possible_has_no_score() -> None:
    assert Tally().score is None
    assert tally([Mark(Fraction(5), counted=True)]).score is None


def test_marks_that_do_not_count_are_not_added() -> None:
    uncounted = Mark(Fraction(1), Fraction(1))
    assert tally([TWO_OF_THREE, uncounted, TWO_OF_THREE]) == Tally(Fraction(4), Fraction(6))


def test_a_tally_is_clamped_between_nothing_and_what_was_possible() -> None:
    assert Tally(Fraction(-1), Fraction(3)).clamped(may_exceed=True).earned == 0
    assert Tally(Fraction(4), Fraction(3)).clamped(may_exceed=False).earned == 3
    assert Tally(Fraction(4), Fraction(3)).clamped(may_exceed=True).earned == 4
