"""What is a report's own in its style, beside the style sheet that all share."""

from __future__ import annotations

from evaluations.reporting import colours
from evaluations.reporting.parts import VisitReport
from shopper.language import gettext

PALE = 0.08


def own_style(report: VisitReport) -> str:
    """What is this report's own in its style: the brand's colour, and the words at the foot of each page."""
    values = {
        "accent": colours.readable(report.colour),
        "accent-soft": colours.tint(report.colour, PALE),
        "page-words": page_words(),
    }
    return f":root {{ {' '.join(f'--{name}: {value};' for name, value in values.items())} }}\n"


def page_words() -> str:
    """ "Page 1 of 4" as a value of the style property `content`."""
    words = gettext("Page %(page)s of %(pages)s", page="\n", pages="\f")
    counters = {"\n": "counter(page)", "\f": "counter(pages)"}
    for mark in counters:
        words = words.replace(mark, f"\0{mark}\0")
    return " ".join(counters.get(piece) or f'"{piece}"' for piece in words.split("\0") if piece)
