"""How scores went on from wave to wave: one location beside all of them, and touchpoints as small multiples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from evaluations.reporting.charts.palette import LIGHT, Palette
from evaluations.reporting.charts.shapes import HUNDRED, circle, figure, path, rect, share, svg

QUARTERS = tuple(HUNDRED * quarter // 4 for quarter in range(5))
GUTTER = 0.18
"""The part of a trend's width where its scale stands, above the first column of the table below it."""


ROOM_FOR_SINGLES = 18.0
"""In narrower columns of a small multiple only means and critical visits are drawn."""


class Mark(StrEnum):
    """What stands in a trend."""

    MEAN = "mean"
    SINGLE = "single"
    APART = "apart"
    CONTEXT = "context"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Step:
    """One wave of a trend, everything in millionths of a per cent."""

    mean: int | None = None
    """Of the scores that are not apart."""
    scores: tuple[int, ...] = ()
    apart: tuple[int, ...] = ()
    """The scores that a critical answer bore upon."""
    context: int | None = None
    """The mean of all locations."""
    interval: tuple[int, int] | None = None
    """Around the context."""
    target: int | None = None


def trend(steps: Sequence[Step], *, width: float = 493, height: float = 150, palette: Palette = LIGHT) -> str:
    """Means joined by a line, each over its single scores, beside the interval of all locations.

    A cross is a score that a critical answer bore upon. Waves go from left to right in equal columns, right of a
    gutter with the scale from 0 to 100 %.
    """
    left, top, bottom = width * GUTTER, 6.0, height - 6.0
    drawn: list[str] = []
    for quarter in QUARTERS:
        y = _height_of(quarter, top, bottom)
        line = f"M{left:.2f} {y:.2f} H{width:.2f}"
        drawn.append(path(line, stroke=palette.line, stroke_width=0.8 if quarter == 0 else 0.5))
        drawn.append(figure(quarter, left - 14, y + 2.8, palette, size=8))
    wide = (width - left) / max(1, len(steps))
    places = [left + wide * (number + 0.5) for number in range(len(steps))]
    for step, x in zip(steps, places, strict=True):
        drawn += _context(step, x, min(15.0, wide * 0.3), (top, bottom), palette)
        drawn += _target(step, x, wide / 2, (top, bottom), palette)
    drawn += _way(steps, places, (top, bottom), palette, thickness=1.8)
    for step, x in zip(steps, places, strict=True):
        drawn += _found(step, x, min(24.0, wide * 0.25), (top, bottom), palette, radius=4)
    return svg(width, height, drawn)


def panel(steps: Sequence[Step], *, width: float = 150, height: float = 44, palette: Palette = LIGHT) -> str:
    """One of several small trends on the same scale: the floor is 0, the upper line 100 %."""
    top, bottom = 5.0, height - 5.0
    drawn = [
        path(f"M0 {bottom:.2f} H{width:.2f}", stroke=palette.line, stroke_width=0.8),
        path(f"M0 {top:.2f} H{width:.2f}", stroke=palette.line, stroke_width=0.4),
    ]
    wide = width / max(1, len(steps))
    if wide < ROOM_FOR_SINGLES:
        steps = [replace(step, scores=()) for step in steps]
    places = [wide * (number + 0.5) for number in range(len(steps))]
    for step, x in zip(steps, places, strict=True):
        drawn += _target(step, x, wide / 2, (top, bottom), palette)
    drawn += _way(steps, places, (top, bottom), palette, thickness=1.4)
    for step, x in zip(steps, places, strict=True):
        drawn += _found(step, x, min(7.0, wide * 0.3), (top, bottom), palette, radius=min(3.0, wide * 0.4))
    return svg(width, height, drawn)


def mark(kind: Mark, *, palette: Palette = LIGHT) -> str:
    """One mark alone, for a legend."""
    step = {
        Mark.MEAN: Step(HUNDRED // 2),
        Mark.SINGLE: Step(scores=(HUNDRED // 2,) * 2),
        Mark.APART: Step(apart=(HUNDRED // 2,)),
        Mark.CONTEXT: Step(context=HUNDRED // 2, interval=(HUNDRED // 6, HUNDRED * 5 // 6)),
        Mark.TARGET: Step(target=HUNDRED // 2),
    }[kind]
    ends = (0.0, 12.0)
    drawn = [*_context(step, 9, 7, ends, palette), *_target(step, 9, 9, ends, palette)]
    return svg(18, 12, [*drawn, *_found(step, 9, 0, ends, palette, radius=4)])


def _context(
    step: Step, x: float, reach: float, ends: tuple[float, float], palette: Palette
) -> Iterator[str]:
    if step.interval is not None:
        low, high = (_height_of(end, *ends) for end in step.interval)
        yield rect(x - reach, high, reach * 2, max(low - high, 1.0), palette.track)
        for y in (low, high):  # the ends, which are what is read off
            yield path(f"M{x - reach:.2f} {y:.2f} h{reach * 2:.2f}", stroke=palette.line, stroke_width=1.2)
    if step.context is not None:
        y = _height_of(step.context, *ends)
        yield path(f"M{x - reach:.2f} {y:.2f} h{reach * 2:.2f}", stroke=palette.muted, stroke_width=1.2)


def _target(step: Step, x: float, reach: float, ends: tuple[float, float], palette: Palette) -> Iterator[str]:
    if step.target is not None:
        y = _height_of(step.target, *ends)
        yield path(
            f"M{x - reach:.2f} {y:.2f} h{reach * 2:.2f}", stroke=palette.ink, stroke_width=0.9, dashes="3 2.5"
        )


def _way(
    steps: Sequence[Step],
    places: Sequence[float],
    ends: tuple[float, float],
    palette: Palette,
    *,
    thickness: float,
) -> Iterator[str]:
    """Lines between waves that follow on each other; a wave without a score breaks the line."""
    for (step, x), (following, further) in pairwise(zip(steps, places, strict=True)):
        if step.mean is not None and following.mean is not None:
            start, end = _height_of(step.mean, *ends), _height_of(following.mean, *ends)
            yield path(
                f"M{x:.2f} {start:.2f} L{further:.2f} {end:.2f}",
                stroke=palette.accent,
                stroke_width=thickness,
            )


def _found(
    step: Step, x: float, reach: float, ends: tuple[float, float], palette: Palette, *, radius: float
) -> Iterator[str]:
    """The single scores where there are several, hollow; the mean above them, filled; crosses for those apart."""
    singles = [(score, False) for score in step.scores] + [(score, True) for score in step.apart]
    small = radius * 0.62
    places = _spread(len(singles), reach)
    if len(singles) == 1 and step.mean is not None:
        places = [reach]  # the mean, which is drawn last, stands in the middle
    for (score, is_apart), beside in zip(singles, places, strict=True):
        y = _height_of(score, *ends)
        if is_apart:
            yield _cross(x + beside, y, radius * 0.8, palette)
        elif len(step.scores) > 1:
            yield circle(x + beside, y, small, palette.paper, stroke=palette.accent)
    if step.mean is not None:
        yield circle(x, _height_of(step.mean, *ends), radius, palette.accent, stroke=palette.paper)


def _spread(count: int, reach: float) -> list[float]:
    """How far beside the middle each of several marks stands."""
    if count < 2:
        return [0.0] * count
    return [reach * (2 * number / (count - 1) - 1) for number in range(count)]


def _cross(x: float, y: float, arm: float, palette: Palette) -> str:
    line = (
        f"M{x - arm:.2f} {y - arm:.2f} l{2 * arm:.2f} {2 * arm:.2f} "
        f"m0 {-2 * arm:.2f} l{-2 * arm:.2f} {2 * arm:.2f}"
    )
    return path(line, stroke=palette.paper, stroke_width=3.4) + path(
        line, stroke=palette.wrong, stroke_width=1.6
    )


def _height_of(millionths: int, top: float, bottom: float) -> float:
    return bottom - (bottom - top) * share(millionths)
