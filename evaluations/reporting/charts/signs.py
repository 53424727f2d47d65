"""Signs of bands and marks for legends: shapes tell bands apart where colours cannot.

A tick is good, a bar is fair, a cross is poor.
"""

from __future__ import annotations

from evaluations.reporting.charts.palette import LIGHT, Palette
from evaluations.reporting.charts.shapes import diamond, path, svg
from evaluations.scoring.bands import Band


def sign(band: Band | None, *, size: float = 14, palette: Palette = LIGHT) -> str:
    """The sign of a band alone."""
    return svg(size, size, [sign_at(band, size / 2, size / 2, palette, radius=size / 2)])


def target_key(*, palette: Palette = LIGHT) -> str:
    """The mark of a target, for a legend."""
    return svg(14, 10, [path("M1 5 H13", stroke=palette.ink, stroke_width=1.6)])


def previous_key(*, palette: Palette = LIGHT) -> str:
    """The mark of the previous wave, for a legend."""
    return svg(10, 10, [diamond(5, 5, 3.8, palette)])


def sign_at(band: Band | None, x: float, y: float, palette: Palette, radius: float = 7) -> str:
    """The sign of a band around a point."""
    drawn = f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="{palette.fill(band)}"/>'
    unit = radius / 7
    strokes = {
        Band.GOOD: f"M{x - 3.1 * unit:.2f} {y + 0.2 * unit:.2f} l{2.3 * unit:.2f} {2.4 * unit:.2f} "
        f"l{4 * unit:.2f} {-4.8 * unit:.2f}",
        Band.FAIR: f"M{x - 3.2 * unit:.2f} {y:.2f} h{6.4 * unit:.2f}",
        Band.POOR: f"M{x - 2.6 * unit:.2f} {y - 2.6 * unit:.2f} l{5.2 * unit:.2f} {5.2 * unit:.2f} "
        f"m0 {-5.2 * unit:.2f} l{-5.2 * unit:.2f} {5.2 * unit:.2f}",
    }
    if band is None:
        return drawn + f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{1.5 * unit:.2f}" fill="{palette.on(None)}"/>'
    return drawn + path(strokes[band], stroke=palette.on(band), stroke_width=1.6 * unit)
