"""Percentages as they are shown and stored, and what is judged on the shown figure."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from evaluations.document.tree import Bands


class Band(StrEnum):
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Verdict(StrEnum):
    """The result of a visit; the first that applies."""

    FAILED = "failed"
    NOT_SCORED = "not_scored"
    BELOW_TARGET = "below_target"
    PASSED = "passed"


def shown(share: Fraction) -> Decimal:
    """`share` as the percentage that people read: one decimal, half up (41/50 is 82.0)."""
    return Decimal(_half_up(share * 1000)).scaleb(-1)


def millionths(share: Fraction) -> int:
    """`share` as a percentage in millionths, half up: 82 % is 82000000."""
    return _half_up(share * 100_000_000)


def band(share: Fraction, bands: Bands) -> Band:
    """The band of `share`, judged on the shown figure."""
    percentage = shown(share)
    if percentage >= bands.good:
        return Band.GOOD
    return Band.FAIR if percentage >= bands.fair else Band.POOR


def meets(share: Fraction | None, target: Decimal | None) -> bool | None:
    """Whether the shown figure reaches `target`; None where one of the two is missing."""
    return None if share is None or target is None else shown(share) >= target


def verdict(share: Fraction | None, *, target: Decimal | None, failed: bool) -> Verdict:
    """The verdict of a visit with this total."""
    if failed:
        return Verdict.FAILED
    if share is None:
        return Verdict.NOT_SCORED
    return Verdict.BELOW_TARGET if meets(share, target) is False else Verdict.PASSED


def _half_up(number: Fraction) -> int:
    return (number + Fraction(1, 2)).__floor__()
