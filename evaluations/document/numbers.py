"""Exact decimals in documents: at most two places, and one way to write each number."""

from __future__ import annotations

from decimal import Decimal

from pydantic import AfterValidator


def as_text(number: Decimal) -> str:
    """The one way to write a decimal: no exponent, no trailing zeros, no minus zero."""
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


def _two_places(number: Decimal) -> Decimal:
    if number != number.quantize(Decimal("0.01")):
        raise ValueError("at most two decimals")
    return number.normalize() + 0


at_most_two_decimals = AfterValidator(_two_places)
