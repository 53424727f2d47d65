"""What one answer is worth: points earned out of points possible, if it counts at all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Mark:
    """Points earned out of points possible, exact.

    `counted` says whether the answer enters any tally; what does not count is 0 of 0.
    `failed` says whether the question failed: nothing earned of something possible, or an
    option chosen that fails it.
    """

    earned: Fraction = Fraction(0)
    possible: Fraction = Fraction(0)
    counted: bool = False
    failed: bool = False


NOT_COUNTED = Mark()
