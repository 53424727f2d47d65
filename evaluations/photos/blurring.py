"""Parts of a picture made unrecognisable, for good: nothing of their detail is left in any pixel.

Each part is put together anew of a few large cells, at most six along its longer side and never smaller than a
twenty-fourth of the picture. The cells are averages that were mixed with their neighbours and rounded to thirty-two
levels, so that no guess at what stood there (a face, a number) can be tried against them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter

from evaluations.photos.areas import WHOLE, Area, Box, Stroke

CELLS_OF_PICTURE = 24
CELLS_OF_AREA = 6
LEVEL = 8
AROUND = 3
"""Pixels beyond the edge: a JPEG's blocks and a reader's eye take the edge in with the area."""


def blurred(picture: Image.Image, areas: Sequence[Area]) -> Image.Image:
    """`picture` (RGB) with `areas` made unrecognisable; the picture itself where there are none."""
    for area in areas:
        mask = _mask(picture.size, area)
        if (bounds := mask.getbbox()) is not None:
            picture = Image.composite(_smeared(picture, _cell(picture.size, bounds)), picture, mask)
    return picture


def _cell(size: tuple[int, int], bounds: tuple[int, int, int, int]) -> int:
    """The side of a cell in pixels, for an area within `bounds`."""
    left, top, right, bottom = bounds
    longest = max(right - left, bottom - top)
    return max(1, math.ceil(max(max(size) / CELLS_OF_PICTURE, longest / CELLS_OF_AREA)))


def _smeared(picture: Image.Image, cell: int) -> Image.Image:
    """All of the picture in cells."""
    width, height = picture.size
    columns, rows = math.ceil(width / cell), math.ceil(height / cell)
    cells = picture.resize((columns, rows), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(1))
    cells = cells.point(lambda value: value // LEVEL * LEVEL + LEVEL // 2)
    large = cells.resize((columns * cell, rows * cell), Image.Resampling.NEAREST).crop((0, 0, width, height))
    return large.filter(ImageFilter.BoxBlur(cell / 5))


def _mask(size: tuple[int, int], area: Area) -> Image.Image:
    mask = Image.new("L", size, 0)
    draw = ImageDraw.Draw(mask)
    if isinstance(area, Box):
        _draw_box(draw, size, area)
    else:
        _draw_stroke(draw, size, area)
    return mask


def _draw_box(draw: ImageDraw.ImageDraw, size: tuple[int, int], box: Box) -> None:
    left, top = _at(size, box.left, box.top)
    right, bottom = _at(size, box.left + box.width, box.top + box.height)
    draw.rectangle((left - AROUND, top - AROUND, right + AROUND, bottom + AROUND), fill=255)


def _draw_stroke(draw: ImageDraw.ImageDraw, size: tuple[int, int], stroke: Stroke) -> None:
    points = [_at(size, *point) for point in stroke.points]
    radius = max(size) * stroke.width / WHOLE / 2 + AROUND
    draw.line(points, fill=255, width=round(2 * radius))
    for across, down in points:  # round ends and corners
        draw.ellipse((across - radius, down - radius, across + radius, down + radius), fill=255)


def _at(size: tuple[int, int], across: int, down: int) -> tuple[float, float]:
    return across * size[0] / WHOLE, down * size[1] / WHOLE
