"""Where people serve: the till, and the counter at which a customer is greeted."""

from __future__ import annotations

from random import Random

from PIL import Image

from shopper.demo.pictures.canvas import CLOTHES, HEIGHT, WIDTH, WOOD, Canvas, mix, shade
from shopper.demo.pictures.figures import plant, spectacles
from shopper.demo.pictures.look import Look

TOP = 660


def till(look: Look, random: Random) -> Image.Image:
    """The till with screen and card reader, bags at hand, goods on the wall behind."""
    canvas = _wall(random)
    _shelves(canvas, look, random)
    _counter(canvas, random)
    x = random.randint(720, 1010)
    _screen(canvas, x)
    _card_reader(canvas, x - random.randint(240, 320))
    _bags(canvas, look, random.randint(110, 260), random)
    if random.random() < 0.6:
        _leaflets(canvas, look, random.randint(1150, 1290), random)
    canvas.letters(
        (WIDTH / 2, 880),
        look.sign,
        64 if len(look.sign) < 10 else 46,
        mix(look.accent, "#f6ecd8", 0.8),
        spaced=0.24,
    )
    _lamps(canvas, random)
    return canvas.image


def greeting(look: Look, random: Random) -> Image.Image:
    """The counter nearest to the door: the sign on the wall, a plant, and sometimes somebody."""
    canvas = _wall(random)
    canvas.fade((300, 90, 1140, 470), shade(look.accent, 0.92), shade(look.accent, 0.7))
    canvas.letters(
        (724, 286), look.sign, 92 if len(look.sign) < 10 else 62, shade(look.accent, 0.4), spaced=0.2
    )
    canvas.letters((720, 279), look.sign, 92 if len(look.sign) < 10 else 62, "#f8efdd", spaced=0.2)
    canvas.pools([(x - 170, 60, x + 170, 430) for x in (440, 720, 1000)], "#fff2d0", 0.34, 70)
    if random.random() < 0.6:
        _somebody(canvas, random.randint(560, 900), random)
    _counter(canvas, random)
    x = random.choice((330, 1010))
    _screen(canvas, x, small=True)
    plant(canvas, (1240 if x < 700 else 180, TOP - 6), 110, random)
    _leaflets(canvas, look, 1040 if x < 700 else 420, random)
    _lamps(canvas, random)
    return canvas.image


def _wall(random: Random) -> Canvas:
    canvas = Canvas("#ddd6ca")
    plaster = random.choice(("#e2dacd", "#d9dad6", "#e5d8c6", "#cfc9c0"))
    canvas.fade((0, 0, WIDTH, TOP + 20), shade(plaster, 1.02), shade(plaster, 0.86))
    return canvas


def _shelves(canvas: Canvas, look: Look, random: Random) -> None:
    for y in (210, 400):
        canvas.soft([[(100, y + 12), (1340, y + 12), (1340, y + 44), (100, y + 44)]], "#000000", 0.35, 12)
        canvas.fade((100, y, 1340, y + 18), "#a07a50", "#73522f")
        x = 130
        while x < 1270:
            wide = random.randint(50, 110)
            if look.trade == "glasses":
                spectacles(canvas, (x + 50, y - 20), 40, random.choice(CLOTHES))
                x += 120
                continue
            if random.random() < 0.7:
                colour = random.choice(CLOTHES)
                for fold in range(random.randint(2, 5)):
                    low = y - fold * 22
                    canvas.pen.rounded_rectangle(
                        (x, low - 21, x + wide, low - 1), 7, fill=shade(colour, 1 - fold * 0.05)
                    )
                    canvas.pen.line((x + 6, low - 3, x + wide - 6, low - 3), fill=shade(colour, 0.7), width=2)
            else:
                tall = random.randint(50, 100)
                canvas.box(
                    (x, y - tall, x + wide * 0.7, y - 1),
                    mix(look.accent, "#ffffff", random.choice((0.0, 0.7))),
                )
            x += wide + random.randint(8, 46)


def _counter(canvas: Canvas, random: Random) -> None:
    """Stone or wood on top, panels in front."""
    front = random.choice((*WOOD[2:], "#4a4e52", "#d3cabb"))
    canvas.fade((0, TOP, WIDTH, HEIGHT), shade(front, 0.92), shade(front, 0.62))
    for x in range(-60, WIDTH, 180):
        canvas.pen.line((x, TOP + 40, x, HEIGHT), fill=shade(front, 0.55), width=3)
        canvas.pen.line((x + 4, TOP + 40, x + 4, HEIGHT), fill=shade(front, 1.0), width=2)
    top = random.choice(("#e9e4da", "#8e6c47", "#c8c2b8"))
    canvas.fade((0, TOP - 66, WIDTH, TOP + 14), shade(top, 0.9), shade(top, 1.08))
    canvas.box((0, TOP + 14, WIDTH, TOP + 40), shade(top, 0.76))
    canvas.soft([[(0, TOP + 40), (WIDTH, TOP + 40), (WIDTH, TOP + 80), (0, TOP + 80)]], "#000000", 0.4, 14)


def _screen(canvas: Canvas, x: int, *, small: bool = False) -> None:
    """The till's screen from behind or aside, with its glow on the counter."""
    half, tall = (110, 150) if small else (160, 210)
    canvas.pools([(x - half, TOP - 56, x + half, TOP - 6)], "#000000", 0.5, 14)
    canvas.box((x - 16, TOP - 60, x + 16, TOP - 20), "#2a2d30")
    canvas.pen.rounded_rectangle((x - half, TOP - 54 - tall, x + half, TOP - 50), 12, fill="#202327")
    canvas.fade((x - half + 12, TOP - 42 - tall, x + half - 12, TOP - 62), "#b9d9dd", "#7fa7b3")
    for row in range(4):
        y = TOP - 30 - tall + row * (tall - 30) / 4.4
        canvas.box((x - half + 24, y, x + half * 0.2, y + tall * 0.09), "#eef5f5")
        canvas.box((x + half * 0.35, y, x + half - 24, y + tall * 0.09), "#d8e8e4")


def _card_reader(canvas: Canvas, x: int) -> None:
    canvas.pools([(x - 70, TOP - 26, x + 76, TOP + 4)], "#000000", 0.5, 10)
    canvas.shape([(x - 46, TOP - 130), (x + 46, TOP - 130), (x + 58, TOP - 8), (x - 58, TOP - 8)], "#2c3034")
    canvas.shape(
        [(x - 36, TOP - 120), (x + 36, TOP - 120), (x + 40, TOP - 84), (x - 40, TOP - 84)], "#b9d6b0"
    )
    for row in range(3):
        for column in range(3):
            cx, cy = x - 26 + column * 26, TOP - 66 + row * 20
            canvas.pen.rounded_rectangle((cx - 9, cy - 7, cx + 9, cy + 7), 3, fill="#e4e4e0")


def _bags(canvas: Canvas, look: Look, x: int, random: Random) -> None:
    for place in range(random.randint(2, 4)):
        left, tall = x + place * 74, random.randint(120, 190)
        paper = random.choice(("#efe6d6", look.accent, "#d9c7a6"))
        canvas.pools([(left - 8, TOP - 24, left + 96, TOP + 4)], "#000000", 0.4, 10)
        canvas.pen.arc(
            (left + 22, TOP - 40 - tall, left + 62, TOP + 10 - tall), 180, 360, fill="#5b5046", width=5
        )
        canvas.box((left, TOP - 14 - tall, left + 84, TOP - 8), paper)
        canvas.box((left + 60, TOP - 14 - tall, left + 84, TOP - 8), shade(paper, 0.85))
        canvas.letters(
            (left + 32, TOP - 10 - tall / 2),
            look.sign[:1],
            34,
            mix(paper, "#ffffff" if paper == look.accent else look.accent, 0.85),
        )


def _leaflets(canvas: Canvas, look: Look, x: int, random: Random) -> None:
    canvas.pools([(x - 60, TOP - 26, x + 70, TOP)], "#000000", 0.4, 10)
    canvas.shape(
        [(x - 50, TOP - 160), (x + 50, TOP - 160), (x + 56, TOP - 12), (x - 56, TOP - 12)], "#dfe9ea"
    )
    canvas.shape(
        [(x - 40, TOP - 150), (x + 40, TOP - 150), (x + 44, TOP - 40), (x - 44, TOP - 40)], "#fbf8f1"
    )
    canvas.box((x - 34, TOP - 140, x + 34, TOP - 104), random.choice((look.accent, "#c79a3b", "#48684f")))
    for line in range(4):
        canvas.box((x - 32, TOP - 94 + line * 13, x + random.randint(6, 32), TOP - 89 + line * 13), "#9aa1a6")


def _somebody(canvas: Canvas, x: int, random: Random) -> None:
    """Somebody behind the counter, turned away from the camera: hair and shoulders."""
    hair = random.choice(("#2b211b", "#4a3426", "#6b4a2c", "#1e1c1c", "#8b7a68"))
    clothes = random.choice(("#27303a", "#5d6b73", "#7c2f3b", "#e6e0d4", "#3f4b45"))
    canvas.pools([(x - 150, 420, x + 170, 700)], "#000000", 0.25, 30)
    canvas.shape(
        [(x - 42, 470), (x + 42, 470), (x + 120, 512), (x + 146, 680), (x - 146, 680), (x - 120, 512)],
        clothes,
    )
    canvas.shape([(x + 30, 474), (x + 120, 512), (x + 146, 680), (x + 70, 680)], shade(clothes, 0.8))
    canvas.box((x - 26, 430, x + 26, 486), "#c99f82")
    canvas.pen.ellipse((x - 60, 312, x + 60, 456), fill=hair)
    if random.random() < 0.5:
        canvas.pen.ellipse((x - 66, 360, x + 66, 500), fill=hair)
    canvas.pen.ellipse((x - 30, 322, x + 36, 380), fill=shade(hair, 1.35))
    canvas.pen.ellipse((x - 34, 330, x + 22, 400), fill=hair)


def _lamps(canvas: Canvas, random: Random) -> None:
    xs = random.sample((250, 480, 720, 960, 1190), 3)
    canvas.pools([(x - 260, 480, x + 260, 860) for x in xs], "#fff0cc", 0.2, 90)
    for x in xs:
        canvas.pen.line((x, 0, x, 66), fill="#2a2c2e", width=5)
        canvas.shape([(x - 58, 128), (x + 58, 128), (x + 26, 64), (x - 26, 64)], "#2e3134")
        canvas.pen.ellipse((x - 50, 116, x + 50, 142), fill="#fff9e6")
