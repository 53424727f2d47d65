"""A sheet to draw on: flat shapes, soft light and shade, and lettering."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from PIL import Image, ImageDraw, ImageFilter, ImageFont

WIDTH, HEIGHT = 1440, 1080
CLOTHES = (
    "#7c2f3b", "#2f4d6b", "#c79a3b", "#48684f", "#d9cbb8", "#3a3a44", "#a65a3a", "#6f5b86", "#e6e0d4",
    "#5d6b73", "#93684a", "#27303a", "#b9a1a0",
)  # fmt: skip
WOOD = ("#8c6b46", "#7d5f3d", "#a3794d", "#6c4d31")
COARSE = 4
"""Soft shapes are drawn so many times smaller: nobody sees it, and it is sixteen times as quick."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Colour = tuple[int, int, int]


class Canvas:
    """An image under a pen."""

    def __init__(self, colour: str = "#d8d2c8") -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), colour)
        self.pen = ImageDraw.Draw(self.image)

    def box(self, box: Box, fill: str | Colour, outline: str | Colour | None = None) -> None:
        """A rectangle."""
        self.pen.rectangle(box, fill=fill, outline=outline)

    def shape(self, points: Sequence[Point], fill: str | Colour) -> None:
        """A polygon."""
        self.pen.polygon(list(points), fill=fill)

    def fade(self, box: Box, top: str | Colour, bottom: str | Colour) -> None:
        """A rectangle that goes from one colour at its top to another at its bottom."""
        left, upper, right, lower = (round(side) for side in box)
        wide, tall = max(1, right - left), max(1, lower - upper)
        above, below = Image.new("RGB", (1, tall), rgb(top)), Image.new("RGB", (1, tall), rgb(bottom))
        stripe = Image.composite(below, above, _slope().resize((1, tall), Image.Resampling.BOX))
        self.image.paste(stripe.resize((wide, tall), Image.Resampling.NEAREST), (left, upper))

    def soft(
        self, shapes: Iterable[Sequence[Point]], colour: str | Colour, strength: float, blur: float
    ) -> None:
        """Light or shade in these shapes, with edges that are so many pixels soft."""
        mask, pen = _mask()
        for points in shapes:
            pen.polygon([(x / COARSE, y / COARSE) for x, y in points], fill=round(255 * strength))
        self._lay(mask, colour, blur)

    def pools(self, boxes: Iterable[Box], colour: str | Colour, strength: float, blur: float) -> None:
        """Light or shade in these ovals."""
        mask, pen = _mask()
        for box in boxes:
            pen.ellipse([side / COARSE for side in box], fill=round(255 * strength))
        self._lay(mask, colour, blur)

    def _lay(self, mask: Image.Image, colour: str | Colour, blur: float) -> None:
        """Lay the colour over the part of the image that the mask reaches."""
        if (reached := mask.getbbox()) is None:
            return
        more = int(3 * blur / COARSE) + 2
        left, top = max(0, reached[0] - more), max(0, reached[1] - more)
        right, low = min(mask.width, reached[2] + more), min(mask.height, reached[3] + more)
        part = mask.crop((left, top, right, low)).filter(ImageFilter.GaussianBlur(blur / COARSE))
        size = ((right - left) * COARSE, (low - top) * COARSE)
        self.image.paste(
            rgb(colour),
            (left * COARSE, top * COARSE, right * COARSE, low * COARSE),
            part.resize(size, Image.Resampling.BILINEAR),
        )

    def letters(self, at: Point, text: str, size: int, fill: str | Colour, *, spaced: float = 0.0) -> None:
        """Lettering, centred, with so many of its own sizes between the letters."""
        font = lettering(size)
        gap = spaced * size
        widths = [font.getlength(sign) for sign in text]
        x = at[0] - (sum(widths) + gap * (len(text) - 1)) / 2
        for sign, width in zip(text, widths, strict=True):
            self.pen.text((x, at[1]), sign, font=font, fill=fill, anchor="lm")
            x += width + gap


def rgb(colour: str | Colour) -> Colour:
    """`#rrggbb` as three numbers."""
    if not isinstance(colour, str):
        return colour
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def shade(colour: str | Colour, factor: float) -> Colour:
    """The colour, darker or lighter by this factor."""
    red, green, blue = rgb(colour)
    return min(255, int(red * factor)), min(255, int(green * factor)), min(255, int(blue * factor))


def mix(one: str | Colour, other: str | Colour, part: float) -> Colour:
    """`one` with so large a part of `other` in it."""
    (a, b, c), (d, e, f) = rgb(one), rgb(other)
    return int(a + (d - a) * part), int(b + (e - b) * part), int(c + (f - c) * part)


@cache
def lettering(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The typeface of all signs, at this size."""
    return ImageFont.load_default(size)


def _mask() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    mask = Image.new("L", (WIDTH // COARSE, HEIGHT // COARSE), 0)
    return mask, ImageDraw.Draw(mask)


@cache
def _slope() -> Image.Image:
    return Image.linear_gradient("L")
