"""Words within a chart: about how wide they are, how they are broken into lines, and how they are drawn.

Nothing measures letters where charts are drawn, so widths come from a table of Inter's semi-bold letters,
with something added for the font of a reader who has no Inter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from xml.sax.saxutils import escape

FONT = "Inter, Helvetica, Arial, sans-serif"
_ASCII = (
    25, 32, 52, 64, 65, 100, 66, 33, 37, 37, 54, 67, 32, 47, 32, 38, 66, 42, 62, 64, 67, 61, 64, 58, 64, 64, 32, 33, 67,
    67, 67, 54, 100, 73, 66, 74, 72, 61, 59, 75, 75, 28, 58, 70, 57, 92, 76, 77, 65, 77, 65, 65, 66, 74, 73, 102, 72,
    71, 65, 37, 38, 37, 48, 47, 35, 57, 62, 58, 62, 59, 39, 63, 61, 26, 26, 57, 26, 90, 61, 61, 62, 62, 40, 55, 35, 61,
    59, 84, 57, 59, 57, 45, 36, 45, 67,
)  # fmt: skip
"""In hundredths of the type's size, from the space on."""
WIDEST = 104
OTHER_FONTS = 1.05
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_STACKED = re.compile(f"({_MARKS}{{3}}){_MARKS}+")
MORE = "…"


def plain(text: str) -> str:
    """`text` as one line of signs that a file may hold: no controls, no towers of accents."""
    kept = "".join(" " if sign.isspace() or sign < " " else sign for sign in text if _can_be_kept(sign))
    return _STACKED.sub(r"\1", " ".join(kept.split()))


def width_of(text: str, size: float) -> float:
    """About how wide `text` is, rather too much than too little."""
    return sum(_hundredths(sign) for sign in text) * size / 100 * OTHER_FONTS


def lines_of(text: str, width: float, size: float, most: int) -> list[str]:
    """`text` in at most `most` lines of this width; a word that is too long is broken, what is left over is cut."""
    lines: list[str] = []
    left = [piece for word in plain(text).split() for piece in _pieces(word, width, size)]
    while left and len(lines) < most:
        line = left.pop(0)
        while left and width_of(f"{line} {left[0]}", size) <= width:
            line = f"{line} {left.pop(0)}"
        lines.append(line)
    if left and lines:
        lines[-1] = _cut(lines[-1], width, size)
    return lines


def letters(
    text: str, x: float, y: float, size: float, fill: str, *, bold: bool = False, anchor: str = "start"
) -> str:
    """One line of words."""
    weight = ' font-weight="600"' if bold else ""
    where = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-family="{FONT}" font-size="{size:g}"{weight}{where} '
        f'fill="{fill}">{escape(plain(text))}</text>'
    )


def named(svg: str, title: str) -> str:
    """`svg` with what it shows said in it, for whoever opens the file alone."""
    return svg.replace(">", f' role="img"><title>{escape(plain(title))}</title>', 1)


def tallest(blocks: Sequence[Sequence[str]]) -> int:
    """How many lines the longest of several blocks has."""
    return max((len(block) for block in blocks), default=0)


def _can_be_kept(sign: str) -> bool:
    return sign.isspace() or not unicodedata.category(sign).startswith("C")


def _hundredths(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    base = unicodedata.normalize("NFD", sign)[:1]
    place = ord(base) - ord(" ")
    return _ASCII[place] if 0 <= place < len(_ASCII) else WIDEST


def _pieces(word: str, width: float, size: float) -> list[str]:
    pieces = [""]
    for sign in word:
        if pieces[-1] and width_of(pieces[-1] + sign, size) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _cut(line: str, width: float, size: float) -> str:
    while line and width_of(line + MORE, size) > width:
        line = line[:-1].rstrip()
    return line.rstrip(" ,;:.–-") + MORE
