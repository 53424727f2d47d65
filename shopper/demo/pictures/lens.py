"""The phone's camera: a little crooked, soft at the edges, unevenly lit, with bloom and grain."""

from __future__ import annotations

import io
from functools import cache
from random import Random

from PIL import Image, ImageChops, ImageFilter

from shopper.demo.pictures.canvas import HEIGHT, WIDTH

SIZE = (1024, 768)
QUALITY = 80
TINTS = ((255, 248, 236), (255, 252, 246), (246, 250, 255), (255, 244, 228))
"""Warm lamps, noon, an overcast day, evening."""


def photograph(scene: Image.Image, random: Random) -> bytes:
    """The scene as a JPEG out of somebody's pocket."""
    photo = _held(scene, random)
    photo = _focused(photo, random)
    photo = _lit(photo, random)
    photo = photo.point(_exposed(random.uniform(1.12, 1.3)))
    photo = _grained(photo, random)
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _held(scene: Image.Image, random: Random) -> Image.Image:
    """Taken from a little aside and not quite level: the corners of what the sensor saw."""
    tilt, turn = random.uniform(-0.02, 0.02), random.uniform(-0.055, 0.055)
    near, far = (0.0, abs(turn)) if turn > 0 else (abs(turn), 0.0)
    edge = 0.03
    left_top = (WIDTH * (edge + tilt / 2), HEIGHT * (edge + near + tilt))
    left_bottom = (WIDTH * (edge - tilt / 2), HEIGHT * (1 - edge - near * 0.6 + tilt))
    right_bottom = (WIDTH * (1 - edge - tilt / 2), HEIGHT * (1 - edge - far * 0.6 - tilt))
    right_top = (WIDTH * (1 - edge + tilt / 2), HEIGHT * (edge + far - tilt))
    corners = (*left_top, *left_bottom, *right_bottom, *right_top)
    return scene.transform(SIZE, Image.Transform.QUAD, corners, Image.Resampling.BILINEAR)


def _focused(photo: Image.Image, random: Random) -> Image.Image:
    """Sharp in the middle, softer towards the edges, with light that spills over its bounds."""
    small = photo.resize((SIZE[0] // 2, SIZE[1] // 2), Image.Resampling.BOX)
    soft = small.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 1.0)))
    photo = Image.composite(soft.resize(SIZE, Image.Resampling.BILINEAR), photo, _edges())
    glow = small.resize((SIZE[0] // 6, SIZE[1] // 6), Image.Resampling.BOX).point(_highlights())
    glow = glow.filter(ImageFilter.GaussianBlur(5))
    return ImageChops.screen(photo, glow.resize(SIZE, Image.Resampling.BILINEAR))


def _lit(photo: Image.Image, random: Random) -> Image.Image:
    """A side that lies in shade, dark corners, and the colour of the hour."""
    slope = _slope(random.choice((0, 1, 2, 3)))
    depth = random.uniform(0.06, 0.2)
    light = slope.point([int(255 * (1 - depth * (255 - level) / 255)) for level in range(256)])
    light = ImageChops.multiply(light, _corners())
    tint = random.choice(TINTS)
    bands = [light.point([level * part // 255 for level in range(256)]) for part in tint]
    return ImageChops.multiply(photo, Image.merge("RGB", bands))


def _grained(photo: Image.Image, random: Random) -> Image.Image:
    width, height = SIZE[0] // 2, SIZE[1] // 2
    grain = Image.frombytes("L", (width, height), random.randbytes(width * height))
    grain = grain.resize(SIZE, Image.Resampling.BILINEAR)
    return Image.blend(photo, Image.merge("RGB", (grain, grain, grain)), 0.045)


def _exposed(gain: float) -> list[int]:
    """What the sensor makes of each brightness: lighter, with the highlights rolled off."""
    one = [round(255 * (1 - (1 - level / 255) ** gain)) for level in range(256)]
    return one * 3


@cache
def _edges() -> Image.Image:
    """How soft each place is: nothing in the middle, most in the corners."""
    ring = Image.radial_gradient("L").resize(SIZE)
    return ring.point([max(0, level - 90) * 255 // 165 for level in range(256)])


@cache
def _corners() -> Image.Image:
    ring = Image.radial_gradient("L").resize(SIZE)
    return ring.point([255 - max(0, level - 100) * 60 // 155 for level in range(256)])


@cache
def _slope(quarter: int) -> Image.Image:
    return Image.linear_gradient("L").rotate(90 * quarter).resize(SIZE)


@cache
def _highlights() -> list[int]:
    one = [max(0, level - 205) * 2 for level in range(256)]
    return one * 3
