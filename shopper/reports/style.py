"""What is a report's own in its style, beside the style sheet that all share."""

from __future__ import annotations

from evaluations.models import Paper
from evaluations.reporting import colours
from evaluations.reporting.branding import Brand
from shopper.language import gettext

PALE = 0.08
SHEETS = {Paper.A4: ("210mm", "297mm", "18mm"), Paper.LETTER: ("8.5in", "11in", "20.95mm")}
"""Width and height, and the margin at the sides that leaves both the same width to set."""


def own_style(brand: Brand) -> str:
    """What is a report's own in its style: the brand's colour and paper, and the words at the foot of each page."""
    width, height, side = SHEETS[brand.paper]
    values = {
        "accent": colours.readable(brand.colour),
        "accent-soft": colours.tint(brand.colour, PALE),
        "page-words": page_words(),
        "sheet": width,
        "to-edge": f"-{side}",
    }
    sheet = f"@page {{ size: {width} {height}; margin: 18mm {side}; }}\n"
    return sheet + f":root {{ {' '.join(f'--{name}: {value};' for name, value in values.items())} }}\n"


def page_words() -> str:
    """ "Page 1 of 4" as a value of the style property `content`."""
    words = gettext("Page %(page)s of %(pages)s", page="\n", pages="\f")
    counters = {"\n": "counter(page)", "\f": "counter(pages)"}
    for mark in counters:
        words = words.replace(mark, f"\0{mark}\0")
    return " ".join(counters.get(piece) or f'"{piece}"' for piece in words.split("\0") if piece)
