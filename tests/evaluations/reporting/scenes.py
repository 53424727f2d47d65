"""Photos of a shop, drawn: with the fine detail that makes real photos as large as they are."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

PHONE = (2048, 1536)
WALLS = ((203, 196, 184), (186, 200, 204), (214, 205, 190), (176, 182, 178))


def a_scene(seed: int, size: tuple[int, int] = PHONE) -> bytes:
    """A JPEG as a phone hands it over after shrinking: shelves, goods, light from above, and noise."""
    chance = random.Random(seed)
    width, height = size
    picture = Image.new("RGB", size, chance.choice(WALLS))
    draw = ImageDraw.Draw(picture)
    _floor(draw, chance, width, height)
    shelves = chance.randint(3, 5)
    for shelf in range(shelves):
        _shelf(
            draw, chance, width, int(height * (0.12 + 0.62 * shelf / shelves)), int(height * 0.5 / shelves)
        )
    _sign(draw, chance, width, height)
    light = Image.linear_gradient("L").resize(size).point(lambda value: 255 - value // 3)
    picture = Image.composite(picture, Image.new("RGB", size, (18, 16, 14)), light)
    picture = picture.filter(ImageFilter.GaussianBlur(1.4))
    grain = Image.effect_noise(size, 26).convert("RGB")
    picture = Image.blend(picture, grain, 0.07)
    out = io.BytesIO()
    ImageEnhance.Contrast(picture).enhance(1.15).save(out, "JPEG", quality=80)
    return out.getvalue()


def _floor(draw: ImageDraw.ImageDraw, chance: random.Random, width: int, height: int) -> None:
    top = int(height * 0.78)
    draw.rectangle((0, top, width, height), fill=(118, 104, 92))
    for line in range(14):
        y = top + (height - top) * line * line // 196
        draw.line((0, y, width, y), fill=(98, 86, 76), width=3)
    for _ in range(60):
        x = chance.randrange(-width, 2 * width)
        draw.line((width // 2 + (x - width // 2) // 3, top, x, height), fill=(102, 90, 80), width=2)


def _shelf(draw: ImageDraw.ImageDraw, chance: random.Random, width: int, top: int, tall: int) -> None:
    x = int(width * 0.06)
    while x < width * 0.94:
        wide, high = chance.randint(width // 60, width // 18), chance.randint(tall // 2, tall)
        colour = tuple(chance.randint(40, 230) for _ in range(3))
        draw.rectangle((x, top + tall - high, x + wide, top + tall), fill=colour)
        pale = tuple(min(255, value + 60) for value in colour)
        draw.rectangle((x + 6, top + tall - high * 2 // 3, x + wide - 6, top + tall - high // 3), fill=pale)
        for line in range(4):
            y = top + tall - high // 2 + line * 9
            draw.line((x + 10, y, x + wide - chance.randint(10, 24), y), fill=(40, 40, 40), width=2)
        x += wide + chance.choice((2, 4, 6, width // 16))
    draw.rectangle((int(width * 0.05), top + tall, int(width * 0.95), top + tall + 16), fill=(92, 70, 52))


def _sign(draw: ImageDraw.ImageDraw, chance: random.Random, width: int, height: int) -> None:
    x = chance.randint(width // 8, width // 2)
    draw.rectangle((x, int(height * 0.02), x + width // 4, int(height * 0.1)), fill=(170, 30, 36))
    words = chance.choice(("SALE", "NEW IN", "50 %", "EXIT", "TILL"))
    draw.text((x + width // 40, int(height * 0.025)), words, fill="white", font_size=height // 18)
