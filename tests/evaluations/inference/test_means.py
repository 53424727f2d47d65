"""The mean of locations says how far it can be trusted, and pretends nothing where that is unknown."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.inference import intervals
from evaluations.inference.means import HUNDRED, Estimate, apart, estimate, interval_of

MILLION = 1_000_000
SCORES = st.lists(st.integers(0, HUNDRED), min_size=1, max_size=60)


def of(*percentages: float) -> Estimate:
    return estimate(round(percentage * MILLION) for percentage in percentages)


def printed(found: Estimate) -> tuple[Decimal, Decimal] | None:
    return found.interval.printed if found.interval else None


def test_no_locations_have_no_mean() -> None:
    nothing = of()
    assert (nothing.n, nothing.mean, nothing.millionths, nothing.spread, nothing.interval) == (
        0,
        None,
        None,
        None,
        None,
    )
    assert nothing.is_single


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_fewer_than_five_locations_are_single_observations_however_alike(n: int) -> None:
    found = of(*[80.0] * n)
    assert found.is_single
    assert found.interval is None
    assert found.millionths == 80 * MILLION


@pytest.mark.parametrize("scores", [(70.0, 80.0, 90.0, 60.0, 100.0), (90.0,) * 7, (85.0,) * 30])
def test_five_to_seven_locations_or_all_alike_have_wilsons_interval(scores: tuple[float, ...]) -> None:
    found = of(*scores)
    assert not found.is_single
    assert found.mean is not None
    assert found.interval == intervals.of_share(float(found.mean), len(scores))


def test_eight_locations_that_differ_have_students_interval_on_the_logit() -> None:
    """By hand: m = 0.8, s = 0.15118579, t(0.975, 7) = 2.36462425, so the logit is 1.38629436 ± 0.78996029."""
    found = of(60, 100, 70, 90, 60, 100, 70, 90)
    assert found.interval is not None
    assert found.spread == pytest.approx(0.169030851, abs=1e-9)
    reach = 2.364624251 * found.spread / (8**0.5 * 0.16)
    assert found.interval.low == pytest.approx(
        1 / (1 + 2.718281828459045 ** -(1.3862943611 - reach)), abs=1e-8
    )
    assert found.interval.high == pytest.approx(
        1 / (1 + 2.718281828459045 ** -(1.3862943611 + reach)), abs=1e-8
    )


def test_alike_is_judged_on_the_stored_millionths() -> None:
    alike, nearly = [33_333_333] * 10, [33_333_333] * 9 + [33_333_334]
    wide, narrow = estimate(alike).interval, estimate(nearly).interval
    assert wide is not None
    assert narrow is not None
    assert wide.printed == (Decimal("12.7"), Decimal("63.2"))
    assert narrow.printed == (Decimal("33.3"), Decimal("33.3"))


@pytest.mark.parametrize(("score", "low", "high"), [(0, "0.0", "32.4"), (100, "67.6", "100.0")])
def test_nothing_but_zeros_or_hundreds_has_an_honest_interval(score: float, low: str, high: str) -> None:
    assert printed(of(*[score] * 8)) == (Decimal(low), Decimal(high))


def test_one_millionth_among_zeros_has_an_interval_too() -> None:
    found = estimate([0] * 11 + [1])
    assert printed(found) == (Decimal("0.0"), Decimal("0.0"))
    assert found.millionths == 0


def test_a_scale_that_a_bonus_opens_has_a_plain_interval_or_none() -> None:
    open_scale = of(104, 98, 102, 96, 100, 99, 103, 98)
    assert open_scale.is_open
    assert open_scale.interval is not None
    assert open_scale.interval.printed == (Decimal("97.7"), Decimal("102.3"))
    assert of(104, 98, 102, 96, 100).interval is None
    assert of(*[102.0] * 9).interval is None


@given(SCORES)
def test_every_interval_holds_its_mean_and_the_mean_is_rounded_once(scores: list[int]) -> None:
    found = estimate(scores)
    n, total = len(scores), sum(scores)
    assert found.millionths == (2 * total + n) // (2 * n)
    if found.interval is not None:
        low, high = found.interval.printed
        assert low <= (Decimal(found.millionths) / MILLION).quantize(Decimal("0.0001")) + Decimal("0.05")
        assert high >= (Decimal(found.millionths) / MILLION).quantize(Decimal("0.0001")) - Decimal("0.05")
        assert found.interval.high <= 1


def test_more_locations_of_the_same_spread_narrow_the_interval() -> None:
    widths = [
        interval.high - interval.low
        for n in (8, 9, 15, 40, 400)
        if (interval := interval_of(Fraction(4, 5), 0.12, n))
    ]
    assert widths == sorted(widths, reverse=True)


def test_locations_with_a_critical_stand_apart_and_enter_no_mean() -> None:
    scores = [(80 * MILLION, False)] * 9 + [(0, True), (None, True), (None, False)]
    found = apart(scores)
    assert (found.failed, found.of) == (2, 12)
    assert found.share == intervals.wilson(2, 12)
    assert (found.rest.n, found.rest.millionths) == (9, 80 * MILLION)


def test_where_nothing_was_visited_no_share_failed() -> None:
    found = apart([])
    assert (found.failed, found.of, found.share, found.rest.n) == (0, 0, None, 0)
