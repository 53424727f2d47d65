"""Shelves seen from near, with their price tickets."""

from __future__ import annotations

from random import Random

from PIL import Image

from shopper.demo.pictures.canvas import CLOTHES, HEIGHT, WIDTH, WOOD, Canvas, lettering, mix, shade
from shopper.demo.pictures.figures import spectacles
from shopper.demo.pictures.look import Look


def shelf(look: Look, random: Random) -> Image.Image:
    """A full shelf; most things have a ticket."""
    return _shelves(look, random, gaps=0.04, tickets=0.7)


def gap(look: Look, random: Random) -> Image.Image:
    """A shelf that has been bought empty here and there."""
    return _shelves(look, random, gaps=0.42, tickets=0.8)


def _shelves(look: Look, random: Random, *, gaps: float, tickets: float) -> Image.Image:
    canvas = Canvas("#cbb797")
    back = random.choice(("#c9b595", "#bcae9c", "#d6cdbd", "#a3927e"))
    rows = 4
    tall = HEIGHT // rows
    wood = random.choice(WOOD)
    for row in range(rows):
        top = row * tall
        canvas.fade((0, top, WIDTH, top + tall), shade(back, 0.72), shade(back, 1.02))
        floor = top + tall - 36
        _row(canvas, look, floor, random, gaps)
        canvas.fade((0, floor, WIDTH, floor + 36), shade(wood, 1.2), shade(wood, 0.85))
        canvas.soft(
            [[(0, floor + 36), (WIDTH, floor + 36), (WIDTH, floor + 84), (0, floor + 84)]],
            "#120b05",
            0.55,
            20,
        )
        for x in range(110, WIDTH, 236):
            if random.random() < tickets:
                _ticket(canvas, x + random.randint(-16, 16), floor + 17, look, random)
    for x in (0, WIDTH - 18):
        canvas.box((x, 0, x + 18, HEIGHT), shade(wood, 0.7))
    return canvas.image


def _row(canvas: Canvas, look: Look, floor: int, random: Random, gaps: float) -> None:
    if look.trade == "glasses":
        canvas.soft(
            [[(30, floor - 190), (1410, floor - 190), (1410, floor), (30, floor)]], "#fff8e8", 0.55, 30
        )
        for x in range(120, WIDTH - 60, 172):
            if random.random() >= gaps:
                canvas.pools([(x - 62, floor - 16, x + 62, floor + 4)], "#2b2018", 0.5, 9)
                spectacles(
                    canvas, (x, floor - random.randint(34, 40)), 62, shade(random.choice(CLOTHES), 0.8)
                )
        return
    x = 40
    while x < WIDTH - 150:
        wide = random.randint(170, 206)
        if random.random() >= gaps:
            _pile(canvas, x, wide, floor, random)
        x += wide + random.randint(16, 40)


def _pile(canvas: Canvas, x: int, wide: int, floor: int, random: Random) -> None:
    """Folded jumpers, no two of them quite alike."""
    colour = random.choice(CLOTHES)
    canvas.pools([(x - 6, floor - 18, x + wide + 14, floor + 6)], "#120b05", 0.5, 10)
    mixed = random.random() < 0.3
    for fold in range(random.randint(3, 6)):
        cloth = random.choice(CLOTHES) if mixed else colour
        low, slack = floor - 29 * fold, random.randint(-5, 5)
        canvas.pen.rounded_rectangle(
            (x + slack, low - 29, x + wide + slack, low - 1), 12, fill=shade(cloth, 0.94)
        )
        canvas.pen.rounded_rectangle(
            (x + slack + 3, low - 28, x + wide + slack - 8, low - 12), 8, fill=shade(cloth, 1.08)
        )
        canvas.pen.line(
            (x + slack + 10, low - 3, x + wide + slack - 10, low - 3), fill=shade(cloth, 0.62), width=3
        )


def _ticket(canvas: Canvas, x: int, y: int, look: Look, random: Random) -> None:
    reduced = random.random() < 0.15
    canvas.pen.rectangle(
        (x - 44, y - 17, x + 44, y + 17), fill=mix(look.accent, "#ffffff", 0.15) if reduced else "#fbf8f1"
    )
    price = (
        f"{random.choice((15, 19, 25, 29, 35, 39, 45, 59, 79, 99, 119))},{random.choice(('90', '95', '00'))}"
    )
    canvas.pen.text((x, y), price, font=lettering(20), fill="#ffffff" if reduced else "#22262a", anchor="mm")
