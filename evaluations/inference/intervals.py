"""Intervals for shares and means, at 95 %: what lies in them cannot be told from what was found.

Everything here is a share: 0.82 stands for 82 %.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from evaluations.inference.student import Z, two_sided

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, both shares."""

    low: float
    high: float

    @property
    def printed(self) -> tuple[Decimal, Decimal]:
        """Its ends as people read them: percentages with one decimal, half up."""
        return _printed(self.low), _printed(self.high)

    @property
    def millionths(self) -> tuple[int, int]:
        """Its ends in millionths of a per cent, for charts."""
        return round(self.low * 100_000_000), round(self.high * 100_000_000)


def wilson(hits: int, n: int) -> Interval | None:
    """Wilson's score interval for `hits` of `n` (Wilson 1927); None when there was nothing to count."""
    if not 0 <= hits <= n:
        raise ValueError("as many hits as there are, at most")
    return of_share(hits / n, n) if n else None


def of_share(share: float, n: int) -> Interval:
    """Wilson's interval for a share of `n` that need not be a whole number of hits, such as a mean score."""
    z_squared = Z * Z / n
    middle = share + z_squared / 2
    reach = math.sqrt(z_squared * (share * (1 - share) + z_squared / 4))
    low, high = ((middle + sign * reach) / (1 + z_squared) for sign in (-1, 1))
    return Interval(0.0 if share == 0 else max(0.0, low), 1.0 if share == 1 else min(1.0, high))


def logit_t(mean: float, spread: float, n: int) -> Interval:
    """Student's interval for a mean between 0 and 1, made on its logit and transformed back.

    `spread` is the standard deviation of the scores themselves; by the delta method it counts
    `1 / (mean (1 - mean))` as much on the logit. That holds for large n, where an interval over
    transformed scores does not, and it never leaves 0..1.
    """
    middle = math.log(mean / (1 - mean))
    reach = two_sided(n - 1) * spread / (math.sqrt(n) * mean * (1 - mean))
    return Interval(_from_logit(middle - reach), _from_logit(middle + reach))


def plain_t(mean: float, spread: float, n: int) -> Interval:
    """Student's interval for a mean that has no bound above, as where a bonus may exceed 100 %."""
    reach = two_sided(n - 1) * spread / math.sqrt(n)
    return Interval(max(0.0, mean - reach), mean + reach)


def _from_logit(number: float) -> float:
    """The share with this logit, without overflow at either end."""
    if number >= 0:
        return 1 / (1 + math.exp(-number))
    return (grown := math.exp(number)) / (1 + grown)


def _printed(share: float) -> Decimal:
    return (Decimal(share) * 100).quantize(TENTH, rounding=ROUND_HALF_UP)
