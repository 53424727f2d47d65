"""Exact decimals in documents and answers: so many places, and one way to write each number."""

from __future__ import annotations

from decimal import Decimal

from pydantic import AfterValidator

MOST_DIGITS = 15
"""What a phone can hold exactly, before and after the point together."""


def as_text(number: Decimal) -> str:
    """The one way to write a decimal: no exponent, no trailing zeros, no minus zero."""
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


def _two_places(number: Decimal) -> Decimal:
    if number != number.quantize(Decimal("0.01")):
        raise ValueError("at most two decimals")
    return number.normalize() + 0


def _six_places(number: Decimal) -> Decimal:
    if number.adjusted() >= MOST_DIGITS or len(as_text(number).lstrip("-").replace(".", "")) > MOST_DIGITS:
        raise ValueError(f"at most {MOST_DIGITS} digits")
    return number.normalize() + 0


at_most_two_decimals = AfterValidator(_two_places)
at_most_six_decimals = AfterValidator(_six_places)
"""With pydantic's own `decimal_places`, which leaves how many digits there are in all."""
