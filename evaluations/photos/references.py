"""A reference picture, made anew from what was sent: a JPEG without metadata, and no larger than a phone shows it.

Only the decoding process imports this: a designer's file is a stranger's bytes, too.
"""

from __future__ import annotations

from dataclasses import replace

from evaluations.photos.derivatives import derive
from evaluations.photos.store import Derived, Size

LONGEST_SIDE = 1280
JPEG = b"\xff\xd8"
END = b"\xff\xd9"
SCAN = 0xDA
FRAMES = frozenset({0xC0, 0xC1})
TABLES = frozenset({0xC4, 0xDB})
JFIF = 0xE0
JFIF_LENGTH = 16


def redraw(body: bytes) -> Derived:
    """The picture in `body` in its sizes; what is as we draw it already stays to the letter, under its own hash."""
    derived = derive(body, largest=LONGEST_SIDE)
    if is_bare(body) and max(derived.width, derived.height) <= LONGEST_SIDE:
        return replace(derived, pictures=derived.pictures | {Size.WEB: body})
    return derived


def is_bare(body: bytes) -> bool:
    """Whether `body` is a plain JPEG with a picture and nothing else: no note, no profile, nothing after it."""
    place = len(JPEG)
    if not body.startswith(JPEG):
        return False
    while body[place : place + 1] == b"\xff" and place + 4 <= len(body):
        sign, length = body[place + 1], int.from_bytes(body[place + 2 : place + 4])
        if sign == SCAN:
            return _ends_with_its_scan(body, place + 2 + length)
        if sign not in FRAMES | TABLES and (sign != JFIF or length != JFIF_LENGTH):
            return False
        place += 2 + length
    return False


def _ends_with_its_scan(body: bytes, begin: int) -> bool:
    """Whether the coded picture that begins there is all that is left: 0xff in it is stuffed or restarts."""
    place = body.find(b"\xff", begin)
    while 0 <= place < len(body) - 1:
        if body[place : place + 2] == END:
            return place + 2 == len(body)
        if body[place + 1] != 0 and not 0xD0 <= body[place + 1] <= 0xD7:
            return False
        place = body.find(b"\xff", place + 2)
    return False
