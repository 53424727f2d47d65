"""The mean score of locations in a wave, and how far it can be trusted.

The unit is the location in a wave: several visits of one location are averaged before they come
here, and a location without a score does not come. Scores are stored millionths of a per cent,
and whether all are alike is judged on these whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from evaluations.inference import intervals
from evaluations.inference.intervals import Interval

HUNDRED = 100_000_000
FEWEST = 5
"""Below this the scores are single observations: no interval is pretended."""
FEWEST_FOR_T = 8


@dataclass(frozen=True, slots=True)
class Estimate:
    """The mean of `n` locations; `interval` is None where none can honestly be given."""

    n: int
    mean: Fraction | None
    """As a share, exact; None without locations."""
    spread: float | None
    """The standard deviation of the scores as shares, over n - 1; None below two locations."""
    is_open: bool
    """Whether a score lies above 100 %, so that the scale has no end there."""
    interval: Interval | None

    @property
    def millionths(self) -> int | None:
        """The mean as it is stored and shown: in millionths of a per cent, half up."""
        return None if self.mean is None else math.floor(self.mean * HUNDRED + Fraction(1, 2))

    @property
    def is_single(self) -> bool:
        """Whether there are so few locations that their scores are single observations."""
        return self.n < FEWEST


@dataclass(frozen=True, slots=True)
class Apart:
    """Locations in two parts: those where a critical took its effect, and the mean of the rest."""

    failed: int
    of: int
    share: Interval | None
    """Wilson's interval for the share that failed."""
    rest: Estimate


def estimate(scores: Iterable[int]) -> Estimate:
    """The mean of `scores`, one per location, in millionths, with its interval."""
    known = list(scores)
    n = len(known)
    if not n:
        return Estimate(0, None, None, is_open=False, interval=None)
    mean = Fraction(sum(known), n * HUNDRED)
    spread = _spread(known)
    is_open = max(known) > HUNDRED
    return Estimate(n, mean, spread, is_open, interval_of(mean, spread, n, is_open=is_open))


def apart(scores: Iterable[tuple[int | None, bool]]) -> Apart:
    """A score or none per location, each with whether a critical took effect at any of its visits.

    One interval over both kinds would be none: a plain one over scores of which a tenth are zeroed
    covers two thirds of what it promises. A location without a score is counted among those that
    failed or did not, and enters no mean.
    """
    known = list(scores)
    failed = sum(has_failed for _score, has_failed in known)
    rest = estimate(score for score, has_failed in known if score is not None and not has_failed)
    return Apart(failed, len(known), intervals.wilson(failed, len(known)), rest)


def interval_of(mean: Fraction, spread: float | None, n: int, *, is_open: bool = False) -> Interval | None:
    """The interval of a mean over `n` locations.

    Fewer than 5: none. 5 to 7, or all alike: Wilson's with the mean as the share, wide and honest.
    From 8: Student's on the logit. Where a score lies above 100 % (a bonus may exceed), the mean is
    no share of anything: from 8 locations that differ Student's plain interval, otherwise none.
    """
    if n < FEWEST or spread is None:
        return None
    is_narrow = n < FEWEST_FOR_T or spread == 0
    if is_open:
        return None if is_narrow else intervals.plain_t(float(mean), spread, n)
    if is_narrow:
        return intervals.of_share(float(mean), n)
    return intervals.logit_t(float(mean), spread, n)


def _spread(scores: list[int]) -> float | None:
    """The standard deviation as a share; 0 exactly when all scores are the same whole number."""
    n = len(scores)
    if n < 2:
        return None
    squares = n * sum(score * score for score in scores) - sum(scores) ** 2
    return math.sqrt(Fraction(squares, n * (n - 1))) / HUNDRED
