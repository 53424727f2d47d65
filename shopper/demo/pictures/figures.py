"""Small things that stand in several pictures: busts, spectacles, plants, boxes, bags."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from shopper.demo.pictures.canvas import CLOTHES, Canvas, Colour, Point, mix, shade

At = Callable[[float, float], Point]
"""The place that is so far to the right of a bust's foot, and so far above it."""


def bust(canvas: Canvas, foot: Point, size: float, random: Random) -> None:
    """A dressed bust on its stand, about 400 pixels high at size 1."""
    x, floor = foot
    coat, below = random.sample(CLOTHES, 2)
    kind = random.random()

    def at(right: float, up: float) -> Point:
        return x + right * size, floor - up * size

    canvas.pen.ellipse((*at(-52, 10), *at(52, -6)), fill="#3f3a36")
    canvas.pen.line((*at(0, 0), *at(0, 130)), fill="#8a8078", width=max(4, int(8 * size)))
    (_skirt if kind < 0.45 else _trousers)(canvas, at, below)
    _coat(canvas, at, coat)
    if kind > 0.3:
        _lapels(canvas, at, coat)
    else:
        scarf = random.choice(CLOTHES)
        canvas.pen.ellipse((*at(-34, 368), *at(34, 328)), fill=scarf)
        canvas.shape([at(6, 344), at(28, 340), at(24, 240), at(4, 244)], shade(scarf, 0.86))
    canvas.pen.ellipse((*at(-13, 376), *at(13, 346)), fill="#d8cabb")
    canvas.pen.ellipse((*at(-25, 440), *at(25, 368)), fill="#dfd2c3")
    canvas.pen.ellipse((*at(0, 436), *at(24, 372)), fill="#cdbfae")


def _skirt(canvas: Canvas, at: At, colour: str) -> None:
    canvas.shape([at(-46, 200), at(46, 200), at(78, 52), at(-78, 52)], colour)
    canvas.shape([at(10, 200), at(46, 200), at(78, 52), at(30, 52)], shade(colour, 0.84))


def _trousers(canvas: Canvas, at: At, colour: str) -> None:
    legs = ((-46, 200), (46, 200), (44, 16), (8, 16), (0, 150), (-8, 16), (-44, 16))
    canvas.shape([at(*point) for point in legs], colour)
    canvas.shape([at(20, 200), at(46, 200), at(44, 16), at(26, 16)], shade(colour, 0.82))


def _coat(canvas: Canvas, at: At, colour: str) -> None:
    """Sleeves, body, and the side that lies in shade."""
    sleeve = ((62, 336), (84, 316), (92, 196), (68, 196), (54, 290))
    canvas.shape([at(-right, up) for right, up in sleeve], shade(colour, 0.86))
    canvas.shape([at(right, up) for right, up in sleeve], shade(colour, 0.74))
    body = ((-30, 352), (30, 352), (66, 336), (54, 250), (60, 176), (-60, 176), (-54, 250), (-66, 336))
    canvas.shape([at(*point) for point in body], colour)
    shaded = ((22, 350), (66, 336), (54, 250), (60, 176), (26, 176), (30, 250))
    canvas.shape([at(*point) for point in shaded], shade(colour, 0.84))


def _lapels(canvas: Canvas, at: At, colour: str) -> None:
    canvas.shape([at(-20, 352), at(0, 262), at(20, 352)], mix(colour, "#ffffff", 0.75))
    canvas.shape([at(-30, 352), at(-20, 352), at(0, 262), at(-18, 290)], shade(colour, 1.18))
    canvas.shape([at(30, 352), at(20, 352), at(0, 262), at(18, 290)], shade(colour, 0.7))
    canvas.pen.line((*at(0, 262), *at(0, 178)), fill=shade(colour, 0.6), width=2)


def spectacles(canvas: Canvas, middle: Point, size: float, colour: str | Colour) -> None:
    """A pair of spectacles seen from the front; `size` is the width of one lens."""
    x, y = middle
    line = max(2, round(size / 11))
    for side in (-1, 1):
        centre = x + side * size * 0.62
        box = (centre - size / 2, y - size * 0.36, centre + size / 2, y + size * 0.36)
        canvas.pen.rounded_rectangle(
            box, size * 0.3, fill=mix("#dfeef0", colour, 0.12), outline=colour, width=line
        )
        canvas.pen.line(
            (centre + side * size / 2, y - size * 0.2, centre + side * size * 0.62, y - size * 0.26),
            fill=colour,
            width=line,
        )
    canvas.pen.arc(
        (x - size * 0.18, y - size * 0.2, x + size * 0.18, y + size * 0.16), 180, 360, fill=colour, width=line
    )


def plant(canvas: Canvas, foot: Point, size: float, random: Random) -> None:
    """A small tree in a pot."""
    x, floor = foot
    canvas.pools([(x - size * 0.5, floor - 14, x + size * 0.6, floor + 18)], "#000000", 0.45, 12)
    pot = random.choice(("#6a5a4c", "#3c4044", "#a8694a"))
    canvas.shape(
        [
            (x - size * 0.26, floor),
            (x + size * 0.26, floor),
            (x + size * 0.34, floor - size * 0.5),
            (x - size * 0.34, floor - size * 0.5),
        ],
        pot,
    )
    canvas.shape(
        [
            (x + size * 0.1, floor),
            (x + size * 0.26, floor),
            (x + size * 0.34, floor - size * 0.5),
            (x + size * 0.14, floor - size * 0.5),
        ],
        shade(pot, 0.75),
    )
    green = random.choice(("#3f6b4a", "#55744a", "#2f5a44"))
    for _ in range(46):
        along, out = random.random(), random.uniform(-1, 1)
        wide = size * random.uniform(0.1, 0.2)
        cx, cy = x + out * size * 0.42 * (1 - along * 0.5), floor - size * (0.55 + along * 0.95)
        canvas.pen.ellipse(
            (cx - wide, cy - wide * 0.7, cx + wide, cy + wide * 0.7),
            fill=shade(green, random.uniform(0.65, 1.25)),
        )


def carton(canvas: Canvas, foot: Point, size: float, random: Random) -> None:
    """A cardboard box, seen a little from above."""
    x, floor = foot
    brown = random.choice(("#b08a58", "#a67f4e", "#bb9868"))
    high, wide, deep = size * random.uniform(0.6, 0.85), size, size * 0.24
    canvas.pools([(x - wide * 0.6, floor - 12, x + wide * 0.75, floor + 22)], "#000000", 0.5, 12)
    canvas.box((x - wide / 2, floor - high, x + wide / 2, floor), brown)
    canvas.shape(
        [
            (x - wide / 2, floor - high),
            (x + wide / 2, floor - high),
            (x + wide / 2 - deep, floor - high - deep),
            (x - wide / 2 + deep, floor - high - deep),
        ],
        shade(brown, 1.16),
    )
    canvas.box((x - wide * 0.06, floor - high, x + wide * 0.06, floor - high * 0.55), shade(brown, 1.28))
    canvas.box((x - wide * 0.4, floor - high * 0.4, x - wide * 0.12, floor - high * 0.2), "#ece6d8")
