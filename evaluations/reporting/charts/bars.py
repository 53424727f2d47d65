"""One score on a line from 0 to 100 %, with what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

from evaluations.reporting.charts.palette import LIGHT, Palette
from evaluations.reporting.charts.shapes import HUNDRED, diamond, figure, path, rect, share, svg, target_line
from evaluations.scoring.bands import Band


@dataclass(frozen=True, slots=True)
class Bar:
    """One score to be drawn, in millionths of a per cent, with what it is compared with."""

    score: int | None
    band: Band | None
    target: int | None = None
    previous: int | None = None


def score_bar(
    bar: Bar, *, width: float = 501, height: float = 10, thickness: float = 5, palette: Palette = LIGHT
) -> str:
    """A thin bar from 0 to 100 % with a line at the target and a diamond at the previous wave."""
    top = (height - thickness) / 2
    inside = width - 8  # room for marks at both ends
    drawn = [rect(4, top, inside, thickness, palette.track)]
    if bar.score is not None:
        drawn.append(rect(4, top, inside * share(bar.score), thickness, palette.fill(bar.band)))
    if bar.target is not None:
        drawn.append(target_line(4 + inside * share(bar.target), 0, height, palette))
    if bar.previous is not None:
        drawn.append(diamond(4 + inside * share(bar.previous), height / 2, 3.4, palette))
    return svg(width, height, drawn)


def scale(
    bar: Bar,
    *,
    fair: int,
    good: int,
    width: float = 290,
    height: float = 34,
    palette: Palette = LIGHT,
) -> str:
    """The whole scale with its three bands, a pointer at the score, and target and previous wave.

    The borders of the bands stand below it in figures; `fair` and `good` are where these bands begin.
    """
    inside, top, thick = width - 12, 13.0, 8.0
    ends = (0, fair, good, HUNDRED)
    drawn = []
    for band, start, end in zip((Band.POOR, Band.FAIR, Band.GOOD), ends, ends[1:], strict=False):
        x, right = 6 + inside * share(start), 6 + inside * share(end)
        is_reached = band is bar.band
        drawn.append(
            rect(
                x, top, max(0, right - x - 1.2), thick, palette.fill(band), opacity=1 if is_reached else 0.28
            )
        )
    for border in ends:
        drawn.append(figure(border, 6 + inside * share(border), top + thick + 10, palette))
    if bar.target is not None:
        drawn.append(target_line(6 + inside * share(bar.target), top - 3, thick + 6, palette))
    if bar.previous is not None:
        drawn.append(diamond(6 + inside * share(bar.previous), top + thick / 2, 3.8, palette))
    if bar.score is not None:
        x = 6 + inside * share(bar.score)
        drawn.append(path(f"M{x:.2f} {top - 2:.2f} l-5.5 -9 h11 z", fill=palette.ink))
    return svg(width, height, drawn)
