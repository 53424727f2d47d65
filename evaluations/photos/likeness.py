"""By what nearly the same photos are known: 64 bits, each whether the picture grows darker to the right (a dHash).

Two copies of one picture, made smaller or saved anew, differ in at most `NEAR` bits. The bits are dealt out to two
groups more than that, so that such copies have at least two whole groups in common; a band is two groups, and the
database finds the copies by an index of them. (One group alone would be shared by every hundredth photo.)
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image  # Pillow is for the decoding child alone

SIDE = 8
BITS = SIDE * SIDE
NEAR = 4
GROUPS = NEAR + 2
GROUP_BITS = -(-BITS // GROUPS)
PAIRS = tuple(combinations(range(GROUPS), 2))
FEWEST_EDGES = 16
STEP = 2
"""Of 256 shades: neighbours that differ by less say nothing but noise."""


def of(picture: Image.Image) -> str | None:
    """The likeness of `picture` as 16 hexadecimal digits; None where too little is to be seen on it."""
    shades = picture.convert("L").resize((SIDE + 1, SIDE)).tobytes()
    falls = [
        shades[row * (SIDE + 1) + column] - shades[row * (SIDE + 1) + column + 1]
        for row in range(SIDE)
        for column in range(SIDE)
    ]
    if sum(abs(fall) >= STEP for fall in falls) < FEWEST_EDGES:
        return None
    return f"{sum((fall > 0) << place for place, fall in enumerate(falls)):016x}"


def distance(one: str, other: str) -> int:
    """In how many bits two likenesses differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def bands(likeness: str | None) -> Sequence[int]:
    """The bands of a likeness: numbers of 26 bits, each with its place in its upper part.

    Neighbouring bits go to different groups: a plain sky then leaves no group empty in half of all photos.
    """
    if likeness is None:
        return ()
    bits = int(likeness, 16)
    groups = [
        sum((bits >> bit & 1) << n for n, bit in enumerate(range(place, BITS, GROUPS)))
        for place in range(GROUPS)
    ]
    return [
        place << 2 * GROUP_BITS | groups[one] << GROUP_BITS | groups[other]
        for place, (one, other) in enumerate(PAIRS)
    ]
