"""One score on the scale, beside the mean of all."""

from __future__ import annotations

from evaluations.reporting.charts.palette import LIGHT, Palette
from evaluations.reporting.charts.shapes import HUNDRED, figure, path, rect, share, svg


def beside(
    score: int | None,
    mean: int | None,
    interval: tuple[int, int] | None = None,
    *,
    width: float = 238,
    height: float = 32,
    palette: Palette = LIGHT,
) -> str:
    """The scale from 0 to 100 % with a pointer at the score, a line at the mean, and a box for its interval.

    All three are optional, and in millionths of a per cent.
    """
    left, inside, line = 6.0, width - 12, 16.0
    drawn = [rect(left, line - 2, inside, 4, palette.track)]
    if interval is not None:
        low, high = (left + inside * share(end) for end in interval)
        drawn.append(rect(low, line - 4, max(1.0, high - low), 8, palette.line))
    if mean is not None:
        x = left + inside * share(mean)
        drawn.append(path(f"M{x:.2f} {line - 6:.2f} v12", stroke=palette.paper, stroke_width=3.4))
        drawn.append(path(f"M{x:.2f} {line - 6:.2f} v12", stroke=palette.ink, stroke_width=1.6))
    if score is not None:
        x = left + inside * share(score)
        drawn.append(path(f"M{x:.2f} {line - 6:.2f} l-4.5 -7.5 h9 z", fill=palette.ink))
    for end in (0, HUNDRED):
        drawn.append(figure(end, left + inside * share(end), height - 2, palette))
    return svg(width, height, drawn)
