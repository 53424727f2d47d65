"""Adding marks up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from evaluations.document.marks import Mark

__all__ = ["Mark", "Tally", "tally"]


@dataclass(frozen=True, slots=True)
class Tally:
    """Points earned out of points possible."""

    earned: Fraction = Fraction(0)
    possible: Fraction = Fraction(0)

    def __add__(self, mark: Mark) -> Tally:
        if not mark.counted:
            return self
        return Tally(self.earned + mark.earned, self.possible + mark.possible)

    @property
    def score(self) -> Fraction | None:
        """The share earned; None, neither 0 nor 1, where nothing was possible."""
        return self.earned / self.possible if self.possible else None

    def clamped(self, *, may_exceed: bool) -> Tally:
        """The same with what was earned between 0 and what was possible, or above it where it may."""
        earned = max(Fraction(0), self.earned)
        return Tally(earned if may_exceed else min(earned, self.possible), self.possible)


def tally(marks: Iterable[Mark]) -> Tally:
    """The sum of `marks`."""
    return reduce(Tally.__add__, marks, Tally())
