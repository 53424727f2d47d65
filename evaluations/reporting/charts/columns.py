"""The customer's journey: touchpoints as columns along their way."""

from __future__ import annotations

from collections.abc import Sequence

from evaluations.reporting.charts.bars import Bar
from evaluations.reporting.charts.palette import LIGHT, Palette
from evaluations.reporting.charts.shapes import diamond, path, rect, share, svg
from evaluations.reporting.charts.signs import sign_at


def journey(
    bars: Sequence[Bar],
    *,
    columns: int,
    width: float = 493,
    height: float = 84,
    palette: Palette = LIGHT,
) -> str:
    """Touchpoints as columns along the customer's way, each with a sign for its band.

    The row is `columns` wide, of which `bars` fill the first ones.
    """
    step = width / columns
    base, top = height - 20.0, 4.5
    middles = [step * (place + 0.5) for place in range(len(bars))]
    drawn = []
    if len(bars) > 1:
        way = f"M{middles[0]:.2f} {height - 9:.2f} H{middles[-1]:.2f}"
        drawn.append(path(way, stroke=palette.line, stroke_width=1.5))
    for middle, bar in zip(middles, bars, strict=True):
        drawn.extend(_column(bar, middle, min(24.0, step * 0.42), top, base, palette))
        drawn.append(sign_at(bar.band, middle, height - 9, palette, radius=min(7.0, step * 0.38)))
    return svg(width, height, drawn)


def _column(bar: Bar, middle: float, width: float, top: float, base: float, palette: Palette) -> list[str]:
    tall, left = base - top, middle - width / 2
    drawn = [rect(left, top, width, tall, palette.track)]
    if bar.score is not None:
        filled = tall * share(bar.score)
        drawn.append(rect(left, base - filled, width, filled, palette.fill(bar.band)))
    drawn.append(path(f"M{left:.2f} {base:.2f} h{width:.2f}", stroke=palette.muted, stroke_width=0.8))
    if bar.target is not None:
        y = base - tall * share(bar.target)
        # Paper behind the line keeps it visible on the darkest fill.
        drawn.append(path(f"M{left - 4:.2f} {y:.2f} h{width + 8:.2f}", stroke=palette.paper, stroke_width=3))
        drawn.append(path(f"M{left - 4:.2f} {y:.2f} h{width + 8:.2f}", stroke=palette.ink, stroke_width=1.4))
    if bar.previous is not None:
        drawn.append(diamond(middle + width / 2, base - tall * share(bar.previous), 3.6, palette))
    return drawn
