"""Charts as SVG, the same on a page and on paper.

Each function answers a whole SVG without words: what it shows is said in the alternative text
and the figures beside it. Shapes tell bands apart where colours cannot: a tick is good, a bar is
fair, a cross is poor. Colours come from a `Palette`, since page styles do not reach an embedded chart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evaluations.scoring.bands import Band

HUNDRED = 100_000_000
"""100 % in millionths of a per cent."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a chart, for one background."""

    ink: str = "#16212c"
    paper: str = "#ffffff"
    track: str = "#e9edf0"
    line: str = "#c3ccd3"
    muted: str = "#566573"
    good: str = "#1f7a6b"
    on_good: str = "#ffffff"
    fair: str = "#e8b33f"
    on_fair: str = "#16212c"
    poor: str = "#8f1d14"
    on_poor: str = "#ffffff"
    none: str = "#c9d1d8"
    on_none: str = "#16212c"

    def fill(self, band: Band | None) -> str:
        """The fill of a band; None is "not scored"."""
        return str(getattr(self, band.value if band else "none"))

    def on(self, band: Band | None) -> str:
        """What is drawn on the fill of a band."""
        return str(getattr(self, f"on_{band.value if band else 'none'}"))


LIGHT = Palette()


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
    drawn = [_rect(4, top, inside, thickness, palette.track)]
    if bar.score is not None:
        drawn.append(_rect(4, top, inside * _share(bar.score), thickness, palette.fill(bar.band)))
    if bar.target is not None:
        drawn.append(_target_line(4 + inside * _share(bar.target), 0, height, palette))
    if bar.previous is not None:
        drawn.append(_diamond(4 + inside * _share(bar.previous), height / 2, 3.4, palette))
    return _svg(width, height, drawn)


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
        x, right = 6 + inside * _share(start), 6 + inside * _share(end)
        is_reached = band is bar.band
        drawn.append(
            _rect(
                x, top, max(0, right - x - 1.2), thick, palette.fill(band), opacity=1 if is_reached else 0.28
            )
        )
    for border in ends:
        drawn.append(_figure(border, 6 + inside * _share(border), top + thick + 10, palette))
    if bar.target is not None:
        drawn.append(_target_line(6 + inside * _share(bar.target), top - 3, thick + 6, palette))
    if bar.previous is not None:
        drawn.append(_diamond(6 + inside * _share(bar.previous), top + thick / 2, 3.8, palette))
    if bar.score is not None:
        x = 6 + inside * _share(bar.score)
        drawn.append(_path(f"M{x:.2f} {top - 2:.2f} l-5.5 -9 h11 z", fill=palette.ink))
    return _svg(width, height, drawn)


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
        drawn.append(_path(way, stroke=palette.line, stroke_width=1.5))
    for middle, bar in zip(middles, bars, strict=True):
        drawn.extend(_column(bar, middle, min(24.0, step * 0.42), top, base, palette))
        drawn.append(_sign(bar.band, middle, height - 9, palette, radius=min(7.0, step * 0.38)))
    return _svg(width, height, drawn)


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
        slot = round(inside * _share(score) / step)
        places.append((dot + 2 + slot * step, piles.get(slot, 0)))
        piles[slot] = piles.get(slot, 0) + 1
    height = max(piles.values(), default=1) * step + 16
    line = height - 12
    drawn = [_path(f"M2 {line:.2f} H{width - 2:.2f}", stroke=palette.line, stroke_width=1.2)]
    for tenth in range(11):
        x = dot + 2 + inside * tenth / 10
        drawn.append(_path(f"M{x:.2f} {line:.2f} v{6 if tenth % 5 == 0 else 3}", stroke=palette.line))
    drawn += [
        f'<circle cx="{x:.2f}" cy="{line - step * (pile + 0.5) - 1:.2f}" r="{dot:g}" fill="{palette.none}"/>'
        for x, pile in places
    ]
    if mean is not None:
        drawn.append(_target_line(dot + 2 + inside * _share(mean), 0, line + 6, palette))
    return _svg(width, height, drawn)


def sign(band: Band | None, *, size: float = 14, palette: Palette = LIGHT) -> str:
    """The sign of a band alone."""
    return _svg(size, size, [_sign(band, size / 2, size / 2, palette, radius=size / 2)])


def target_key(*, palette: Palette = LIGHT) -> str:
    """The mark of a target, for a legend."""
    return _svg(14, 10, [_path("M1 5 H13", stroke=palette.ink, stroke_width=1.6)])


def previous_key(*, palette: Palette = LIGHT) -> str:
    """The mark of the previous wave, for a legend."""
    return _svg(10, 10, [_diamond(5, 5, 3.8, palette)])


def _column(bar: Bar, middle: float, width: float, top: float, base: float, palette: Palette) -> list[str]:
    tall, left = base - top, middle - width / 2
    drawn = [_rect(left, top, width, tall, palette.track)]
    if bar.score is not None:
        filled = tall * _share(bar.score)
        drawn.append(_rect(left, base - filled, width, filled, palette.fill(bar.band)))
    drawn.append(_path(f"M{left:.2f} {base:.2f} h{width:.2f}", stroke=palette.muted, stroke_width=0.8))
    if bar.target is not None:
        y = base - tall * _share(bar.target)
        # Paper behind the line keeps it visible on the darkest fill.
        drawn.append(_path(f"M{left - 4:.2f} {y:.2f} h{width + 8:.2f}", stroke=palette.paper, stroke_width=3))
        drawn.append(_path(f"M{left - 4:.2f} {y:.2f} h{width + 8:.2f}", stroke=palette.ink, stroke_width=1.4))
    if bar.previous is not None:
        drawn.append(_diamond(middle + width / 2, base - tall * _share(bar.previous), 3.6, palette))
    return drawn


def _sign(band: Band | None, x: float, y: float, palette: Palette, radius: float = 7) -> str:
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
    return drawn + _path(strokes[band], stroke=palette.on(band), stroke_width=1.6 * unit)


def _target_line(x: float, top: float, height: float, palette: Palette) -> str:
    line = f"M{x:.2f} {top:.2f} v{height:.2f}"
    return _path(line, stroke=palette.paper, stroke_width=3.4) + _path(
        line, stroke=palette.ink, stroke_width=1.4
    )


def _diamond(x: float, y: float, radius: float, palette: Palette) -> str:
    return (
        f'<path d="M{x - radius:.2f} {y:.2f} L{x:.2f} {y - radius:.2f} L{x + radius:.2f} {y:.2f} '
        f'L{x:.2f} {y + radius:.2f} Z" fill="{palette.paper}" stroke="{palette.ink}" stroke-width="1.1"/>'
    )


def _figure(millionths: int, x: float, y: float, palette: Palette) -> str:
    words = f"{millionths / 1_000_000:.2f}".rstrip("0").rstrip(".")
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" text-anchor="middle" font-family="Inter, sans-serif" font-size="7" '
        f'fill="{palette.muted}">{words}</text>'
    )


def _rect(x: float, y: float, width: float, height: float, fill: str, *, opacity: float = 1) -> str:
    faint = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{fill}"{faint}/>'


def _path(line: str, *, fill: str = "none", stroke: str = "", stroke_width: float = 1) -> str:
    drawn = f' stroke="{stroke}" stroke-width="{stroke_width:g}" stroke-linecap="round"' if stroke else ""
    return f'<path d="{line}" fill="{fill}"{drawn}/>'


def _share(millionths: int) -> float:
    return min(1.0, max(0.0, millionths / HUNDRED))


def _svg(width: float, height: float, drawn: Sequence[str]) -> str:
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(drawn)}</svg>'
