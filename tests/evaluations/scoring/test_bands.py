"""Rounding, and what is judged on the rounded figure."""

from decimal import Decimal
from fractions import Fraction

import pytest

from evaluations.document.tree import Bands
from evaluations.scoring.bands import Band, Verdict, band, meets, millionths, shown, verdict


@pytest.mark.parametrize(
    ("share", "percentage"),
    [
        (Fraction(0), "0.0"),
        (Fraction(1), "100.0"),
        (Fraction(1, 2000), "0.1"),
        (Fraction(1, 2001), "0.0"),
        (Fraction("0.8495"), "85.0"),
        (Fraction("0.84949999"), "84.9"),
        (Fraction("1.02"), "102.0"),
    ],
)
def test_a_shown_percentage_has_one_decimal_half_up(share: Fraction, percentage: str) -> None:
    assert str(shown(share)) == percentage


@pytest.mark.parametrize(
    ("share", "stored"),
    [
        (Fraction(41, 50), 82_000_000),
        (Fraction(1, 3), 33_333_333),
        (Fraction(2, 3), 66_666_667),
        (Fraction(1, 200_000_000), 1),
        (Fraction(1, 200_000_001), 0),
    ],
)
def test_a_stored_percentage_is_in_millionths_half_up(share: Fraction, stored: int) -> None:
    assert millionths(share) == stored


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("0.8495", Band.GOOD),
        ("0.8494", Band.FAIR),
        ("0.6995", Band.FAIR),
        ("0.6994", Band.POOR),
        ("0", Band.POOR),
    ],
)
def test_a_band_is_judged_on_the_shown_figure(share: str, expected: Band) -> None:
    assert band(Fraction(share), Bands()) is expected


def test_a_target_is_judged_on_the_shown_figure() -> None:
    assert meets(Fraction("0.7995"), Decimal(80)) is True
    assert meets(Fraction("0.7994"), Decimal(80)) is False
    assert meets(None, Decimal(80)) is None
    assert meets(Fraction(1), None) is None


def test_the_verdict_is_the_first_that_applies() -> None:
    target = Decimal(80)
    assert verdict(None, target=target, failed=True) is Verdict.FAILED
    assert verdict(Fraction(1), target=target, failed=True) is Verdict.FAILED
    assert verdict(None, target=target, failed=False) is Verdict.NOT_SCORED
    assert verdict(Fraction("0.79"), target=target, failed=False) is Verdict.BELOW_TARGET
    assert verdict(Fraction("0.80"), target=target, failed=False) is Verdict.PASSED
    assert verdict(Fraction(0), target=None, failed=False) is Verdict.PASSED
