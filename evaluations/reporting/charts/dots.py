"""How scores lie along a line from 0 to 100 %."""

from __future__ import annotations

from collections.abc import Sequence

from evaluations.reporting.charts.palette import LIGHT, Palette
from evaluations.reporting.charts.shapes import path, share, svg, target_line


def spread(
    scores: Sequence[int],
    *,
    mean: int | None = None,
    width: float = 560,
    dot: float = 5,
    palette: Palette = LIGHT,
) -> str:
    """One dot per score along a line from 0 to 100 %, piled where they meet; a tall line at the mean."""
    inside, step = width - 2 * dot - 4, dot * 2 + 1.5
    piles: dict[int, int] = {}
    places = []
    for score in sorted(scores):
        slot = round(inside * share(score) / step)
        places.append((dot + 2 + slot * step, piles.get(slot, 0)))
        piles[slot] = piles.get(slot, 0) + 1
    height = max(piles.values(), default=1) * step + 16
    line = height - 12
    drawn = [path(f"M2 {line:.2f} H{width - 2:.2f}", stroke=palette.line, stroke_width=1.2)]
    for tenth in range(11):
        x = dot + 2 + inside * tenth / 10
        drawn.append(path(f"M{x:.2f} {line:.2f} v{6 if tenth % 5 == 0 else 3}", stroke=palette.line))
    drawn += [
        f'<circle cx="{x:.2f}" cy="{line - step * (pile + 0.5) - 1:.2f}" r="{dot:g}" fill="{palette.none}"/>'
        for x, pile in places
    ]
    if mean is not None:
        drawn.append(target_line(dot + 2 + inside * share(mean), 0, line + 6, palette))
    return svg(width, height, drawn)
