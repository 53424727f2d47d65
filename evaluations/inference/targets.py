"""A mean against its target, read off the printed interval: act, keep, or not yet known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from evaluations.inference.intervals import Interval
from evaluations.inference.means import FEWEST_FOR_T, Estimate, interval_of

MOST = 10_000
"""A number of locations beyond this would settle nothing that anybody could visit."""


class Conclusion(StrEnum):
    ACT = "act"
    KEEP = "keep"
    NOT_YET_KNOWN = "not_yet_known"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may be concluded; where nothing may yet, how many locations in all would settle it."""

    conclusion: Conclusion
    needed: int | None = None
    """None where that cannot be told: fewer than 5 locations, or a mean that lies at the target."""
    in_further_wave: bool = False
    """Whether all there are were visited, so that only a further wave can bring more."""


def judge(estimate: Estimate, target: Decimal, *, all_there_are: int | None = None) -> Judgement:
    """`estimate` against `target`, a percentage; `all_there_are` is how many locations could be visited."""
    concluded = conclude(estimate.interval, target)
    if concluded is not Conclusion.NOT_YET_KNOWN:
        return Judgement(concluded)
    is_exhausted = all_there_are is not None and estimate.n >= all_there_are
    return Judgement(concluded, _needed(estimate, target), is_exhausted)


def conclude(interval: Interval | None, target: Decimal) -> Conclusion:
    """What the printed ends say: wholly below the target, wholly at or above it, or neither."""
    if interval is None:
        return Conclusion.NOT_YET_KNOWN
    low, high = interval.printed
    if high < target:
        return Conclusion.ACT
    return Conclusion.KEEP if low >= target else Conclusion.NOT_YET_KNOWN


def _needed(estimate: Estimate, target: Decimal) -> int | None:
    """The smallest number of locations that would settle it at the present mean and spread."""
    mean, spread = estimate.mean, estimate.spread
    if mean is None or estimate.is_single:
        return None

    def is_settled(n: int) -> bool:
        interval = interval_of(mean, spread, n, is_open=estimate.is_open)
        return conclude(interval, target) is not Conclusion.NOT_YET_KNOWN

    for n in range(estimate.n + 1, FEWEST_FOR_T):
        if is_settled(n):
            return n
    return _first(is_settled, max(estimate.n + 1, FEWEST_FOR_T))


def _first(is_settled: Callable[[int], bool], start: int) -> int | None:
    """The first n from `start` for which it holds; from 8 on intervals only narrow, so halving finds it."""
    if start > MOST or not is_settled(MOST):
        return None
    low, high = start, MOST
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if is_settled(middle) else (middle + 1, high)
    return low
