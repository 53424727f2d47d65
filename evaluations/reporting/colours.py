"""A brand's colour, made dark enough to be read on paper."""

from __future__ import annotations

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
TEAL = "#0b6e6e"
INK = (0x16, 0x21, 0x2C)
PAPER = (255, 255, 255)
READABLE = 4.5
"""The least contrast of text, by WCAG 2 level AA."""
STEPS = 40

Colour = tuple[int, int, int]


def readable(brand: str, *, ink: Colour = INK, paper: Colour = PAPER) -> str:
    """`brand` (#rrggbb), mixed with just as much ink as makes it readable on the paper.

    What is no colour becomes the product's own.
    """
    colour = _parse(brand if HEX.fullmatch(brand) else TEAL)
    mixes = (_mix(colour, ink, step / STEPS) for step in range(STEPS + 1))
    return _text(next(mix for mix in mixes if contrast(mix, paper) >= READABLE))


def tint(brand: str, strength: float, *, paper: Colour = PAPER) -> str:
    """A pale ground of the colour: `strength` of it on the paper."""
    return _text(_mix(paper, _parse(brand), strength))


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21, by WCAG 2."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(value / 255) for value in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _mix(one: Colour, other: Colour, part: float) -> Colour:
    red, green, blue = (
        round(first + (second - first) * part) for first, second in zip(one, other, strict=True)
    )
    return red, green, blue


def _parse(text: str) -> Colour:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _text(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
