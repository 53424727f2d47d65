"""A client's colour as the accent of the pages that it reads, as a style sheet of its own: pages hold no styles."""

from __future__ import annotations

from evaluations.reporting.colours import HEX, readable, tint
from shopper.drawing import DARK_PAPER, dark_accent

MIST = (0xF4, 0xF6, 0xF8)
"""The darkest light ground that the accent is written on."""
SHEET = """:root {{ --accent: {light}; --accent-soft: {light_soft}; --on-accent: #ffffff; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --accent: {dark}; --accent-soft: {dark_soft}; --on-accent: #101820; }}
}}
"""


def sheet(brand: str) -> str | None:
    """The accent made of one colour ("#0b6e6e"), readable in both colour schemes; None where it is no colour."""
    if not HEX.fullmatch(brand):
        return None
    return SHEET.format(
        light=(light := readable(brand, paper=MIST)),
        light_soft=tint(light, 0.12),
        dark=dark_accent(brand),
        dark_soft=tint(dark_accent(brand), 0.18, paper=DARK_PAPER),
    )
