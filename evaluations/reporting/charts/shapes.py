"""The strokes that every chart is made of, and how long a score is."""

from __future__ import annotations

from collections.abc import Sequence

from evaluations.reporting.charts.palette import Palette

HUNDRED = 100_000_000
"""100 % in millionths of a per cent."""


def svg(width: float, height: float, drawn: Sequence[str]) -> str:
    """A whole chart of `drawn`."""
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(drawn)}</svg>'


def rect(x: float, y: float, width: float, height: float, fill: str, *, opacity: float = 1) -> str:
    """A filled box."""
    faint = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{fill}"{faint}/>'


def circle(x: float, y: float, radius: float, fill: str, *, stroke: str) -> str:
    """A dot with an edge."""
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="{fill}" stroke="{stroke}" stroke-width="1.2"/>'


def path(
    line: str, *, fill: str = "none", stroke: str = "", stroke_width: float = 1, dashes: str = ""
) -> str:
    """A line or a filled shape."""
    drawn = (
        f' stroke="{stroke}" stroke-width="{stroke_width:g}" stroke-linecap="{"butt" if dashes else "round"}"'
        if stroke
        else ""
    )
    if dashes:
        drawn += f' stroke-dasharray="{dashes}"'
    return f'<path d="{line}" fill="{fill}"{drawn}/>'


def target_line(x: float, top: float, height: float, palette: Palette) -> str:
    """An upright line at a target, visible on every fill."""
    line = f"M{x:.2f} {top:.2f} v{height:.2f}"
    return path(line, stroke=palette.paper, stroke_width=3.4) + path(
        line, stroke=palette.ink, stroke_width=1.4
    )


def diamond(x: float, y: float, radius: float, palette: Palette) -> str:
    """The mark of the wave before."""
    return (
        f'<path d="M{x - radius:.2f} {y:.2f} L{x:.2f} {y - radius:.2f} L{x + radius:.2f} {y:.2f} '
        f'L{x:.2f} {y + radius:.2f} Z" fill="{palette.paper}" stroke="{palette.ink}" stroke-width="1.1"/>'
    )


def figure(millionths: int, x: float, y: float, palette: Palette, *, size: float = 7) -> str:
    """A percentage in small figures, centred on `x`."""
    words = f"{millionths / 1_000_000:.2f}".rstrip("0").rstrip(".")
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="middle" font-family="Inter, sans-serif" font-size="{size:g}" '
        f'fill="{palette.muted}">{words}</text>'
    )


def share(millionths: int) -> float:
    """A score as a part of the whole length, at most all of it."""
    return min(1.0, max(0.0, millionths / HUNDRED))
