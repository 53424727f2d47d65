"""Ways in and out: the entrance from two steps away, and an emergency exit."""

from __future__ import annotations

from random import Random

from PIL import Image

from shopper.demo.pictures.canvas import CLOTHES, HEIGHT, WIDTH, Canvas, lettering, mix, shade
from shopper.demo.pictures.figures import carton, plant
from shopper.demo.pictures.look import Look


def entrance(look: Look, random: Random) -> Image.Image:
    """The open door with its mat, and the shop in soft focus behind it."""
    canvas = Canvas(look.wall)
    canvas.fade((0, 0, WIDTH, HEIGHT), shade(look.wall, 1.05), shade(look.wall, 0.85))
    canvas.fade((0, 930, WIDTH, HEIGHT), "#86827b", "#a29d94")
    canvas.box((330, 70, 1110, 950), look.frame)
    canvas.fade((366, 106, 1074, 930), "#f4e9d4", "#cdb996")
    _inside(canvas, look, random)
    _leaf(canvas, look, 366, 250)
    _leaf(canvas, look, 1074, 1190)
    canvas.shape([(420, 930), (1020, 930), (1080, 1020), (360, 1020)], "#34393d")
    canvas.letters((720, 976), look.sign, 36 if len(look.sign) < 10 else 26, "#aab3b8", spaced=0.2)
    if random.random() < 0.6:
        plant(canvas, (200, 980), 210, random)
    if random.random() < 0.5:
        plant(canvas, (1250, 980), 190, random)
    edge = random.randint(200, 1200)
    canvas.soft([[(0, HEIGHT), (0, 300), (edge, HEIGHT)]], "#14202e", 0.3, 40)
    return canvas.image


def _inside(canvas: Canvas, look: Look, random: Random) -> None:
    canvas.fade((366, 760, 1074, 930), mix(look.floor, "#ffffff", 0.2), shade(look.floor, 0.85))
    for _ in range(16):
        x, tall = random.randint(380, 1020), random.randint(120, 300)
        canvas.soft(
            [[(x, 790 - tall), (x + 46, 790 - tall), (x + 46, 790), (x, 790)]],
            random.choice(CLOTHES),
            0.75,
            9,
        )
    canvas.soft([[(560, 300), (880, 300), (880, 420), (560, 420)]], look.accent, 0.85, 8)
    canvas.pools([(x - 80, 120, x + 80, 230) for x in (480, 720, 960)], "#fffdf2", 0.95, 24)
    canvas.pools([(420, 800, 1020, 920)], "#fff1d0", 0.4, 40)


def _leaf(canvas: Canvas, look: Look, hinge: int, edge: int) -> None:
    """A glass door that stands open towards us."""
    canvas.shape([(hinge, 106), (edge, 60), (edge, 1000), (hinge, 930)], shade(look.frame, 1.15))
    inner = hinge + (edge - hinge) * 0.14, edge - (edge - hinge) * 0.14
    canvas.shape([(inner[0], 128), (inner[1], 92), (inner[1], 966), (inner[0], 914)], "#b8c9cc")
    canvas.shape([(inner[0], 128), (inner[1], 92), (inner[1], 420), (inner[0], 520)], "#cfdcdd")
    x = edge - (edge - hinge) * 0.2
    canvas.pen.line((x, 500, x, 640), fill="#d6c79f", width=9)


def blocked_exit(look: Look, random: Random) -> Image.Image:
    """An emergency exit with something before it that should not be there."""
    canvas = Canvas("#d9d6cf")
    canvas.fade((0, 0, WIDTH, 860), "#dedbd4", "#c2beb6")
    canvas.fade((0, 860, WIDTH, HEIGHT), shade(look.floor, 0.9), shade(look.floor, 1.05))
    canvas.box((0, 838, WIDTH, 862), "#aaa59c")
    canvas.box((450, 190, 990, 860), "#8f969a")
    canvas.fade((474, 214, 966, 860), "#b6bdbf", "#98a0a3")
    canvas.box((716, 214, 724, 860), "#7c8386")
    for x in (500, 744):
        canvas.box((x, 540, x + 196, 562), "#c1392b")
        canvas.box((x, 566, x + 196, 574), "#7d8589")
    canvas.pools([(520, 30, 920, 220)], "#bff0cf", 0.5, 40)
    canvas.box((560, 70, 880, 160), "#0f7a46")
    canvas.pen.text((700, 115), "SALIDA", font=lettering(54), fill="#f2fff6", anchor="mm")
    canvas.shape(
        [(818, 115), (850, 90), (850, 106), (868, 106), (868, 124), (850, 124), (850, 140)], "#f2fff6"
    )
    _rail(canvas, random)
    for place in range(random.randint(1, 3)):
        carton(
            canvas,
            (random.choice((330, 1090, 980)) + place * 60, 960 + place * 30),
            random.randint(150, 210),
            random,
        )
    return canvas.image


def _rail(canvas: Canvas, random: Random) -> None:
    """A rail on wheels, full of coats, across the door."""
    left, right, top, floor = random.randint(430, 520), random.randint(930, 1040), 400, 960
    canvas.pools([(left - 40, floor - 30, right + 60, floor + 30)], "#000000", 0.5, 18)
    for x in (left, right):
        canvas.pen.line((x, top, x, floor), fill="#3b3f43", width=11)
        canvas.pen.line((x - 50, floor, x + 50, floor), fill="#3b3f43", width=10)
        for wheel in (x - 46, x + 46):
            canvas.pen.ellipse((wheel - 10, floor, wheel + 10, floor + 20), fill="#1e2123")
    canvas.pen.line((left, top, right, top), fill="#4b5054", width=10)
    x = left + 14
    while x < right - 40:
        wide, tall = random.randint(26, 44), random.randint(380, 470)
        colour = random.choice(CLOTHES)
        canvas.pen.arc(
            (x + wide / 2 - 8, top - 14, x + wide / 2 + 8, top + 8), 90, 360, fill="#777b7e", width=3
        )
        canvas.shape(
            [
                (x + wide * 0.3, top + 8),
                (x + wide * 0.7, top + 8),
                (x + wide, top + 46),
                (x + wide, top + tall),
                (x, top + tall),
                (x, top + 46),
            ],
            colour,
        )
        canvas.shape(
            [
                (x + wide * 0.7, top + 8),
                (x + wide, top + 46),
                (x + wide, top + tall),
                (x + wide * 0.66, top + tall),
            ],
            shade(colour, 0.76),
        )
        x += wide - 6
