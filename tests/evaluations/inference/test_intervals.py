"""Intervals hold their published values, need no library at work, and promise what they keep."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evaluations.inference import intervals, student
from evaluations.inference.intervals import Interval
from evaluations.inference.means import interval_of
from tests.faults.length import SEED, rounds

VISITED = (8, 12, 24, 40, 100)
REPETITIONS = rounds(3_000, 100_000)
SHARES = st.floats(0, 1)
SIZES = st.integers(1, 5_000)


@pytest.mark.parametrize(("hits", "n"), [(1, 0), (-1, 5), (6, 5)])
def test_more_hits_than_there_are_is_refused(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match="hits"):
        intervals.wilson(hits, n)


@pytest.mark.parametrize(("degrees", "confidence"), [(0, 0.95), (5, 0.0), (5, 1.0)])
def test_a_quantile_that_does_not_exist_is_refused(degrees: int, confidence: float) -> None:
    with pytest.raises(ValueError, match="at least one degree"):
        student.two_sided(degrees, confidence)


def test_nothing_counted_has_no_interval() -> None:
    assert intervals.wilson(0, 0) is None


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (0, 20, 0, 0.1611), (8, 10, 0.490, 0.943), (7, 9, 0.45, 0.94)],
)
def test_wilson_holds_its_published_values(hits: int, n: int, low: float, high: float) -> None:
    found = intervals.wilson(hits, n)
    assert found is not None
    places = max(len(str(end).partition(".")[2]) for end in (low, high))
    assert (round(found.low, places), round(found.high, places)) == (low, high)


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.95, 0.999])
def test_the_quantile_of_t_is_that_of_scipy(confidence: float) -> None:
    degrees = np.array([*range(1, 260), 999, 1_000, 9_999])
    ours = [student.two_sided(int(number), confidence) for number in degrees]
    np.testing.assert_allclose(ours, stats.t.ppf((1 + confidence) / 2, degrees), rtol=1e-9)


@given(SHARES, SIZES)
def test_wilson_contains_its_share_and_stays_between_0_and_1(share: float, n: int) -> None:
    found = intervals.of_share(share, n)
    assert 0 <= found.low <= share + 1e-12
    assert share - 1e-12 <= found.high <= 1


@given(st.floats(1e-8, 1 - 1e-8), st.floats(1e-9, 1), st.integers(8, 500))
def test_an_interval_on_the_logit_contains_its_mean_and_never_leaves_0_to_1(
    mean: float, spread: float, n: int
) -> None:
    found = intervals.logit_t(mean, spread, n)
    assert 0 <= found.low <= mean + 1e-12
    assert mean - 1e-12 <= found.high <= 1


def test_ends_are_printed_with_one_decimal_half_up() -> None:
    assert Interval(0.81249, 0.8125).printed == (Decimal("81.2"), Decimal("81.3"))


def even(random: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    return random.beta(8, 2, size)


def ten_items(random: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    return random.binomial(10, 0.85, size) / 10


def mostly_perfect(random: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    return np.where(random.random(size) < 0.6, 1.0, random.beta(8, 2, size))


@pytest.mark.parametrize("n", VISITED)
@pytest.mark.parametrize(
    ("draw", "truth"),
    [(even, 0.8), (ten_items, 0.85), (mostly_perfect, 0.92)],
    ids=["even", "ten items", "mostly perfect"],
)
def test_an_interval_covers_the_truth_as_often_as_it_promises(draw, truth: float, n: int) -> None:
    """At least 93 of 100 samples; the seed makes it the same every time."""
    scores = np.rint(draw(np.random.default_rng(SEED), (REPETITIONS, n)) * 1e8).astype(np.int64)
    means, spreads = scores.mean(axis=1) / 1e8, scores.std(axis=1, ddof=1) / 1e8
    alike = scores.min(axis=1) == scores.max(axis=1)
    covered = 0
    for mean, spread, is_alike in zip(means.tolist(), spreads.tolist(), alike.tolist(), strict=True):
        found = interval_of(mean, 0.0 if is_alike else spread, n)
        covered += found.low <= truth <= found.high
    assert covered / REPETITIONS >= 0.93
