"""Pictures of shops that the demo draws for itself: windows, shelves, tills and entrances."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (1440, 1080)
WALLS = ("#b9a58c", "#8a9aa3", "#c7b8a6", "#9c8577", "#a7b0a2", "#cfc4b2")
CLOTHES = ("#7c2f3b", "#2f4d6b", "#c79a3b", "#48684f", "#d9cbb8", "#3a3a44", "#a65a3a", "#6f5b86")
AWNINGS = ("#0b6e6e", "#7a1f2b", "#274b74")

Pen = ImageDraw.ImageDraw


def draw(scene: str, sign: str, random: Random) -> bytes:
    """The JPEG of one scene: window, layout, till, shelf or entrance, under the shop's sign."""
    image = Image.new("RGB", SIZE)
    SCENES[scene](ImageDraw.Draw(image), sign, random)
    return _as_photo(image, random)


def _window(pen: Pen, sign: str, random: Random) -> None:
    """The front as seen from the street, with dressed dummies behind the glass."""
    wall = random.choice(WALLS)
    pen.rectangle((0, 0, 1440, 1080), fill=wall)
    for row in range(0, 860, 44):
        for column in range(-40 + (row // 44 % 2) * 48, 1440, 96):
            pen.rectangle((column, row, column + 92, row + 40), outline=_shade(wall, 0.9))
    pen.rectangle((0, 860, 1440, 1080), fill="#77736d")
    for x in range(0, 1440, 180):
        pen.line((x, 860, x - 120, 1080), fill="#6a665f", width=4)
    pen.rectangle((90, 250, 1010, 850), fill="#2b2f33")
    pen.rectangle((112, 272, 988, 828), fill="#e9dfcd")
    pen.rectangle((112, 730, 988, 828), fill="#b58f63")
    for place in range(random.randint(3, 5)):
        _dummy(pen, 200 + place * 175, 735, random)
    _door(pen, 1080)
    _awning(pen, random)
    pen.rectangle((90, 40, 1350, 150), fill="#1d2329")
    pen.text((720, 95), sign, font=ImageFont.load_default(64), fill="#f3ead8", anchor="mm")


def _door(pen: Pen, x: int) -> None:
    pen.rectangle((x, 290, x + 260, 900), fill="#22282d")
    pen.rectangle((x + 20, 310, x + 240, 880), fill="#6f8791")
    pen.rectangle((x + 205, 560, x + 222, 680), fill="#d8c48f")
    pen.rectangle((x + 50, 420, x + 150, 480), fill="#f6f2e8")
    pen.text((x + 100, 450), "10-20 h", font=ImageFont.load_default(24), fill="#333333", anchor="mm")


def _awning(pen: Pen, random: Random) -> None:
    colour = random.choice(AWNINGS)
    for place, x in enumerate(range(70, 1030, 60)):
        fill = colour if place % 2 else "#efe8da"
        pen.polygon([(x + 20, 165), (x + 80, 165), (x + 60, 262), (x, 262)], fill=fill)


def _dummy(pen: Pen, x: int, floor: int, random: Random) -> None:
    top, skirt = random.sample(CLOTHES, 2)
    pen.ellipse((x - 24, floor - 400, x + 24, floor - 342), fill="#d8cabb")
    pen.polygon(
        [(x - 58, floor - 330), (x + 58, floor - 330), (x + 40, floor - 180), (x - 40, floor - 180)], fill=top
    )
    pen.polygon(
        [(x - 42, floor - 182), (x + 42, floor - 182), (x + 64, floor - 40), (x - 64, floor - 40)], fill=skirt
    )
    pen.rectangle((x - 8, floor - 40, x + 8, floor), fill="#5b5149")


def _layout(pen: Pen, sign: str, random: Random) -> None:
    """The sales floor from the door: rails of clothes on both sides of an aisle."""
    pen.rectangle((0, 0, 1440, 420), fill="#e8e2d8")
    pen.polygon([(0, 1080), (1440, 1080), (900, 420), (540, 420)], fill="#c9ab84")
    pen.polygon([(0, 1080), (540, 420), (0, 420)], fill="#d9c7a9")
    pen.polygon([(1440, 1080), (900, 420), (1440, 420)], fill="#d2bf9f")
    for depth in (1.0, 0.72, 0.52):
        for side in (-1, 1):
            _rail(pen, side, depth, random)
    for x in (300, 720, 1140):
        pen.ellipse((x - 70, 30, x + 70, 60), fill="#fff7df")
    pen.rectangle((560, 180, 880, 300), fill="#1d2329")
    pen.text((720, 240), sign, font=ImageFont.load_default(34), fill="#f3ead8", anchor="mm")


def _rail(pen: Pen, side: int, depth: float, random: Random) -> None:
    centre = 720 + side * int(470 * depth)
    floor = 420 + int(520 * depth)
    half, height = int(190 * depth), int(330 * depth)
    pen.line((centre - half, floor - height, centre + half, floor - height), fill="#4b4f54", width=8)
    step = max(12, int(34 * depth))
    for x in range(centre - half + 6, centre + half - step, step):
        length = int(height * random.uniform(0.55, 0.85))
        pen.rectangle(
            (x, floor - height + 8, x + step - 4, floor - height + length), fill=random.choice(CLOTHES)
        )
    for x in (centre - half, centre + half):
        pen.line((x, floor - height, x, floor), fill="#4b4f54", width=6)


def _till(pen: Pen, sign: str, random: Random) -> None:
    """The counter with the till, a card reader and whatever lies about."""
    pen.rectangle((0, 0, 1440, 1080), fill="#dcd5c8")
    for y in (120, 300):
        pen.rectangle((120, y + 130, 1320, y + 150), fill="#8c6b46")
        for x in range(150, 1250, 120):
            height = random.randint(50, 120)
            pen.rectangle((x, y + 130 - height, x + 84, y + 130), fill=random.choice(CLOTHES))
    pen.rectangle((0, 640, 1440, 1080), fill="#6c4d31")
    pen.rectangle((0, 610, 1440, 660), fill="#a3794d")
    pen.polygon([(820, 400), (1120, 400), (1150, 610), (790, 610)], fill="#26292d")
    pen.rectangle((845, 425, 1095, 575), fill="#9fc4cc")
    pen.rounded_rectangle((600, 540, 690, 640), 14, fill="#31363b")
    pen.rectangle((614, 554, 676, 586), fill="#b9d6b0")
    for _ in range(random.randint(2, 6)):
        x = random.randint(80, 500)
        pen.polygon(
            [(x, 600), (x + 90, 590), (x + 110, 636), (x + 12, 644)],
            fill=random.choice(("#f4efe4", "#e3d9c6")),
        )
    pen.text((720, 860), sign, font=ImageFont.load_default(72), fill="#d8bd92", anchor="mm")


def _shelf(pen: Pen, _sign: str, random: Random) -> None:
    """Folded jumpers with price tickets, here and there a gap."""
    pen.rectangle((0, 0, 1440, 1080), fill="#cbb797")
    for row in range(4):
        floor = 240 + row * 260
        for column in range(6):
            x = 40 + column * 232
            if random.random() < 0.12:
                continue
            colour = random.choice(CLOTHES)
            for fold in range(random.randint(3, 6)):
                y = floor - 30 * (fold + 1)
                pen.rounded_rectangle((x, y, x + 196, y + 27), 10, fill=_shade(colour, 1 - fold * 0.05))
        pen.rectangle((0, floor, 1440, floor + 22), fill="#7d5f3d")
        for column in range(6):
            x = 100 + column * 232
            pen.rectangle((x, floor - 4, x + 74, floor + 30), fill="#fbf8f1")
            pen.text(
                (x + 37, floor + 13),
                f"{random.randint(15, 79)},90",
                font=ImageFont.load_default(20),
                fill="#222222",
                anchor="mm",
            )


def _entrance(pen: Pen, sign: str, random: Random) -> None:
    """The open door with a mat, a stand and, some days, boxes in the way."""
    pen.rectangle((0, 0, 1440, 1080), fill=random.choice(WALLS))
    pen.rectangle((380, 120, 1060, 960), fill="#2a2f33")
    pen.rectangle((410, 150, 1030, 940), fill="#efe4cf")
    pen.polygon([(410, 940), (1030, 940), (900, 640), (540, 640)], fill="#c9ab84")
    for x in (580, 720, 860):
        pen.ellipse((x - 26, 170, x + 26, 190), fill="#fffbe9")
    pen.rectangle((470, 900, 970, 985), fill="#3a3f45")
    pen.text((720, 942), sign, font=ImageFont.load_default(34), fill="#c9d1d8", anchor="mm")
    for _ in range(random.randint(0, 3)):
        x = random.randint(430, 860)
        pen.rectangle((x, 760, x + 130, 880), fill="#a87d4b")
        pen.line((x, 800, x + 130, 800), fill="#8c6537", width=6)


def _shade(colour: str, factor: float) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return int(red * factor), int(green * factor), int(blue * factor)


def _as_photo(image: Image.Image, random: Random) -> bytes:
    """The drawing as a phone would have taken it: a little crooked, soft, unevenly lit, with grain."""
    image = image.rotate(random.uniform(-1.8, 1.8), Image.Resampling.BICUBIC).crop((40, 40, 1400, 1060))
    image = image.filter(ImageFilter.GaussianBlur(1.1))
    light = Image.linear_gradient("L").rotate(random.choice((0, 90, 180, 270))).resize(image.size)
    image = Image.composite(
        image, image.point(lambda level: int(level * 0.72)), light.point(lambda level: 90 + level // 2)
    )
    grain = Image.frombytes("L", (340, 255), random.randbytes(340 * 255)).resize(image.size).convert("RGB")
    image = Image.blend(image, grain, 0.05)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


SCENES: dict[str, Callable[[Pen, str, Random], None]] = {
    "window": _window,
    "layout": _layout,
    "till": _till,
    "shelf": _shelf,
    "entrance": _entrance,
}
