"""A conclusion is read off the printed interval, and what is not yet known says what would settle it."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evaluations.inference.intervals import Interval
from evaluations.inference.means import HUNDRED, estimate, interval_of
from evaluations.inference.targets import MOST, Conclusion, Judgement, conclude, judge

EIGHTY = Decimal(80)
MIXED = [60, 100, 70, 90, 60, 100, 70, 90, 75]


def of(percentages: list[int]) -> list[int]:
    return [percentage * 1_000_000 for percentage in percentages]


@pytest.mark.parametrize("scores", [[], [10], [10, 10, 10, 10]])
def test_single_observations_conclude_nothing_and_promise_nothing(scores: list[int]) -> None:
    assert judge(estimate(of(scores)), EIGHTY) == Judgement(Conclusion.NOT_YET_KNOWN)


@pytest.mark.parametrize(
    ("low", "high", "concluded"),
    [
        (0.70, 0.79949, Conclusion.ACT),
        (0.70, 0.79951, Conclusion.NOT_YET_KNOWN),  # prints as 80.0
        (0.79949, 0.90, Conclusion.NOT_YET_KNOWN),
        (0.79951, 0.90, Conclusion.KEEP),  # prints as 80.0, which is at the target
    ],
)
def test_the_printed_ends_decide(low: float, high: float, concluded: Conclusion) -> None:
    assert conclude(Interval(low, high), EIGHTY) is concluded


def test_what_is_settled_needs_no_more_locations() -> None:
    assert judge(estimate(of([50, 52, 48, 51, 49, 50, 53, 47])), EIGHTY) == Judgement(Conclusion.ACT)
    assert judge(estimate(of([90, 92, 88, 91, 89, 90, 93, 87])), EIGHTY) == Judgement(Conclusion.KEEP)


def test_a_mean_at_its_target_is_settled_by_no_number() -> None:
    found = judge(estimate(of([70, 90, 75, 85, 80, 80, 78, 82])), EIGHTY)
    assert found == Judgement(Conclusion.NOT_YET_KNOWN, needed=None)


def test_where_all_were_visited_it_is_for_a_further_wave() -> None:
    scores = estimate(of(MIXED))
    assert not judge(scores, Decimal(70), all_there_are=40).in_further_wave
    assert judge(scores, Decimal(70), all_there_are=9).in_further_wave


@given(
    st.lists(st.integers(0, HUNDRED), min_size=5, max_size=30),
    st.decimals(min_value=1, max_value=99, places=1),
)
def test_the_number_that_would_settle_it_is_the_smallest(scores: list[int], target: Decimal) -> None:
    found = estimate(scores)
    verdict = judge(found, target)
    assume(verdict.conclusion is Conclusion.NOT_YET_KNOWN)
    assert found.mean is not None

    def says(n: int) -> Conclusion:
        return conclude(interval_of(found.mean, found.spread, n), target)

    needed = verdict.needed
    if needed is None:
        assert says(MOST) is Conclusion.NOT_YET_KNOWN
    else:
        assert needed > found.n
        assert says(needed) is not Conclusion.NOT_YET_KNOWN
        assert needed - 1 == found.n or says(needed - 1) is Conclusion.NOT_YET_KNOWN
