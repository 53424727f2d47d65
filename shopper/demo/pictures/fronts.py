"""Shop fronts as seen from the street."""

from __future__ import annotations

from random import Random

from PIL import Image

from shopper.demo.pictures.canvas import CLOTHES, HEIGHT, WIDTH, Canvas, mix, shade
from shopper.demo.pictures.figures import bust, plant, spectacles
from shopper.demo.pictures.look import Look

PAVEMENT = 880
GLASS_TOP = 300


def window(look: Look, random: Random) -> Image.Image:
    """The whole front: the floor above, the sign, the lit window and the door."""
    canvas = Canvas(look.wall)
    _wall(canvas, look)
    _floor_above(canvas, look)
    _pavement(canvas, random)
    on_left = Random(look.sign + look.wall + look.frame).random() < 0.5  # noqa: S311 - the same in every picture
    door, glass = (90, 400) if on_left else (1040, 1350), (450, 1350) if on_left else (90, 990)
    _plinth(canvas, look)
    _display(canvas, look, glass, random)
    _doorway(canvas, look, door)
    _sign(canvas, look, random)
    if look.has_awning:
        _awning(canvas, look, glass)
    _sunlight(canvas, random)
    if random.random() < 0.7:
        plant(canvas, (door[0] - 20 if on_left else door[1] + 22, PAVEMENT + 26), 150, random)
    if random.random() < 0.35:
        _board(canvas, look, (glass[0] + glass[1]) / 2 + random.randint(-200, 200))
    _reflection(canvas, glass, random)
    return canvas.image


def _wall(canvas: Canvas, look: Look) -> None:
    """Rendered wall in large blocks, a little lighter at the top."""
    canvas.fade((0, 0, WIDTH, PAVEMENT), shade(look.wall, 1.08), shade(look.wall, 0.94))
    for row, y in enumerate(range(0, PAVEMENT, 88)):
        canvas.pen.line((0, y, WIDTH, y), fill=shade(look.wall, 0.9), width=2)
        for x in range(-80 + (row % 2) * 110, WIDTH, 220):
            canvas.pen.line((x, y, x, y + 88), fill=shade(look.wall, 0.91), width=2)


def _floor_above(canvas: Canvas, look: Look) -> None:
    """The lower halves of the windows upstairs, with a railing, and the ledge below them."""
    for x in (150, 610, 1070):
        canvas.box((x - 12, 0, x + 232, 92), shade(look.wall, 1.16))
        canvas.fade((x, 0, x + 220, 84), "#5f7684", "#8ea3ab")
        canvas.box((x + 106, 0, x + 114, 84), "#e9e4da")
        for rail in range(x - 24, x + 250, 16):
            canvas.pen.line((rail, 26, rail, 96), fill="#2a2d30", width=4)
        canvas.pen.line((x - 30, 26, x + 250, 26), fill="#2a2d30", width=7)
    canvas.fade((0, 96, WIDTH, 122), shade(look.wall, 1.22), shade(look.wall, 0.98))
    canvas.soft([[(0, 122), (WIDTH, 122), (WIDTH, 140), (0, 140)]], "#000000", 0.4, 8)


def _pavement(canvas: Canvas, random: Random) -> None:
    stone = random.choice(("#8b877f", "#9a948a", "#7f7d7a"))
    canvas.fade((0, PAVEMENT, WIDTH, HEIGHT), shade(stone, 0.92), shade(stone, 1.1))
    for y in (PAVEMENT + 34, PAVEMENT + 84, PAVEMENT + 152):
        canvas.pen.line((0, y, WIDTH, y), fill=shade(stone, 0.82), width=3)
    for x in range(-600, 2100, 150):
        canvas.pen.line(
            (720 + (x - 720) * 0.9, PAVEMENT, 720 + (x - 720) * 1.5, HEIGHT), fill=shade(stone, 0.84), width=3
        )


def _plinth(canvas: Canvas, look: Look) -> None:
    """The shop's own woodwork around window and door."""
    canvas.box((50, 262, 1390, PAVEMENT), look.frame)
    canvas.fade((50, 262, 1390, 300), shade(look.frame, 1.5), shade(look.frame, 1.1))
    canvas.soft([[(30, 872), (1410, 872), (1430, 912), (10, 912)]], "#000000", 0.55, 14)


def _display(canvas: Canvas, look: Look, glass: tuple[int, int], random: Random) -> None:
    left, right = glass
    warm = random.choice(("#f2e6cf", "#efe2d6", "#e9e5da", "#f4e3c3"))
    canvas.fade((left, GLASS_TOP, right, 830), shade(warm, 0.9), shade(warm, 0.74))
    canvas.fade((left, 742, right, 830), mix(look.floor, "#ffffff", 0.25), shade(look.floor, 0.9))
    panel = random.choice((look.accent, mix(look.accent, "#ffffff", 0.45), "#6f7f74", "#d3b48a"))
    wide = random.randint(220, 420)
    start = random.randint(left + 40, right - wide - 40)
    canvas.fade((start, GLASS_TOP, start + wide, 742), mix(panel, warm, 0.15), shade(panel, 0.82))
    lamps = range(left + 90, right - 40, 150)
    canvas.pools([(x - 90, 320, x + 90, 760) for x in lamps], "#fff6dd", 0.5, 70)
    if look.trade == "clothes":
        _dressed(canvas, left, right, random)
    else:
        _spectacles_shown(canvas, look, left, right, random)
    for x in lamps:
        canvas.pen.ellipse((x - 13, 306, x + 13, 322), fill="#fffdf4")
    for x in (left, left + (right - left) // 2, right):
        canvas.box((x - 7, GLASS_TOP, x + 7, 830), shade(look.frame, 1.25))
    canvas.box((left - 7, 824, right + 7, 838), shade(look.frame, 1.35))


def _dressed(canvas: Canvas, left: int, right: int, random: Random) -> None:
    """Dressed busts of different heights, with a cube or a bag between them."""
    places = random.randint(3, 5)
    step = (right - left - 120) / places
    for place in range(places):
        x = left + 60 + step * (place + 0.5) + random.randint(-18, 18)
        canvas.pools([(x - 90, 752, x + 90, 796)], "#3a2a1a", 0.55, 14)
        bust(canvas, (x, 772 + random.randint(-8, 10)), random.uniform(0.92, 1.08), random)
        if random.random() < 0.5:
            beside = x + step / 2
            tall = random.randint(40, 90)
            canvas.box((beside - 42, 786 - tall, beside + 42, 786), "#efe9df")
            canvas.box((beside - 42, 786 - tall, beside + 42, 794 - tall), "#fbf7ef")
            canvas.pen.rounded_rectangle(
                (beside - 26, 740 - tall, beside + 26, 786 - tall), 8, fill=random.choice(CLOTHES)
            )


def _spectacles_shown(canvas: Canvas, look: Look, left: int, right: int, random: Random) -> None:
    """Glass shelves with frames on them, and a poster with a very large pair."""
    middle = left + (right - left) * random.choice((0.25, 0.75))
    canvas.box((middle - 170, 350, middle + 170, 720), "#f7f4ec")
    spectacles(canvas, (middle, 500), 120, look.accent)
    canvas.letters(
        (middle, 640), random.choice(("VER BIEN", "NUEVA TEMPORADA", "2 x 1")), 34, "#33393f", spaced=0.12
    )
    for y in (440, 560, 680):
        canvas.pen.line((left + 30, y + 24, right - 30, y + 24), fill="#c8d6d8", width=7)
        for x in range(left + 80, right - 40, 112):
            if abs(x - middle) > 210 and random.random() < 0.9:
                canvas.pools([(x - 36, y + 10, x + 36, y + 26)], "#55483a", 0.4, 6)
                spectacles(canvas, (x, y + random.randint(-2, 2)), 36, random.choice(CLOTHES))
    for x in range(left + 120, right - 60, 260):
        canvas.box((x - 50, 760, x + 50, 800), "#f3efe7")
        spectacles(canvas, (x, 744), 38, random.choice(CLOTHES))


def _doorway(canvas: Canvas, look: Look, door: tuple[int, int]) -> None:
    left, right = door
    canvas.fade((left, GLASS_TOP, right, PAVEMENT + 4), "#d9cfbd", "#9d8c76")
    canvas.pools([(left + 20, 320, right - 20, 560)], "#fff3d6", 0.6, 50)
    canvas.fade((left, 820, right, PAVEMENT + 4), shade(look.floor, 1.0), shade(look.floor, 0.7))
    canvas.box((left - 8, GLASS_TOP, left + 8, PAVEMENT + 4), shade(look.frame, 1.2))
    canvas.box((right - 8, GLASS_TOP, right + 8, PAVEMENT + 4), shade(look.frame, 1.2))
    middle = (left + right) / 2
    canvas.box((middle - 7, GLASS_TOP, middle + 7, PAVEMENT), shade(look.frame, 1.3))
    for x in (middle - 34, middle + 26):
        canvas.box((x, 560, x + 8, 700), "#d5c49a")
    canvas.box((left + 26, 480, left + 116, 590), "#fbf9f3")
    for line, words in enumerate(("L - V  10 – 20.30", "S  10 – 21", "D  cerrado")):
        canvas.letters((left + 71, 506 + 28 * line), words, 11, "#3b3f44")
    canvas.pen.ellipse((right - 92, 500, right - 42, 550), fill="#e9eef0")
    canvas.shape(
        [
            (left - 10, PAVEMENT),
            (right + 10, PAVEMENT),
            (right + 34, PAVEMENT + 26),
            (left - 34, PAVEMENT + 26),
        ],
        "#a39d93",
    )


def _sign(canvas: Canvas, look: Look, random: Random) -> None:
    """Raised letters on the fascia, with their shadow; lit from above in some pictures."""
    canvas.fade((50, 152, 1390, 262), shade(look.frame, 1.35), shade(look.frame, 0.95))
    size = 78 if len(look.sign) < 12 else 58
    canvas.letters((724, 214), look.sign, size, shade(look.frame, 0.45), spaced=0.22)
    canvas.letters((720, 207), look.sign, size, "#f6ecd8", spaced=0.22)
    if random.random() < 0.6:
        canvas.pools([(x - 120, 146, x + 120, 270) for x in (330, 720, 1110)], "#fff2cf", 0.32, 40)
        for x in (330, 720, 1110):
            canvas.pen.line((x, 128, x, 150), fill="#26292c", width=6)
            canvas.shape([(x - 26, 160), (x + 26, 160), (x + 14, 144), (x - 14, 144)], "#303438")


def _awning(canvas: Canvas, look: Look, glass: tuple[int, int]) -> None:
    left, right = glass
    stripes = 14
    wide = (right - left + 40) / stripes
    for stripe in range(stripes):
        x = left - 20 + stripe * wide
        fill = look.accent if stripe % 2 else "#efe8da"
        canvas.shape([(x + 10, 262), (x + wide + 10, 262), (x + wide, 352), (x, 352)], shade(fill, 0.96))
        canvas.pen.pieslice((x, 336, x + wide, 372), 0, 180, fill=shade(fill, 0.84))
    canvas.soft([[(left, 366), (right, 366), (right, 420), (left, 420)]], "#000000", 0.32, 22)


def _sunlight(canvas: Canvas, random: Random) -> None:
    """The shade of the houses across the street, with a slanting edge."""
    edge = random.randint(-300, 1500)
    lean = random.randint(-500, 500)
    side = 0 if random.random() < 0.5 else WIDTH
    canvas.soft([[(side, 0), (edge, 0), (edge + lean, HEIGHT), (side, HEIGHT)]], "#14202e", 0.26, 36)


def _board(canvas: Canvas, look: Look, x: float) -> None:
    canvas.pools([(x - 90, 980, x + 90, 1030)], "#000000", 0.4, 12)
    canvas.shape([(x - 66, 1010), (x + 66, 1010), (x + 54, 800), (x - 54, 800)], "#4a3a2c")
    canvas.shape([(x - 54, 990), (x + 54, 990), (x + 45, 815), (x - 45, 815)], "#23282b")
    canvas.letters((x, 860), "NUEVA", 22, "#f1ead9", spaced=0.1)
    canvas.letters((x, 892), "temporada", 18, "#f1ead9")
    canvas.pen.line((x - 26, 930, x + 26, 930), fill=look.accent, width=6)


def _reflection(canvas: Canvas, glass: tuple[int, int], random: Random) -> None:
    """The street in the glass: pale slanting bands, and somebody who passes."""
    left, right = glass
    bands = []
    for _ in range(random.randint(2, 3)):
        x, wide = random.randint(left, right - 160), random.randint(50, 140)
        lean = random.randint(60, 130)
        bands.append([(x + lean, GLASS_TOP), (x + lean + wide, GLASS_TOP), (x + wide, 826), (x, 826)])
    canvas.soft(bands, "#eaf3f7", 0.17, 9)
    if random.random() < 0.5:
        x = random.randint(left + 60, right - 60)
        canvas.pools([(x - 24, 430, x + 24, 490), (x - 52, 486, x + 52, 760)], "#26323c", 0.28, 16)
