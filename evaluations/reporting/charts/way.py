"""The map of a customer's journey: touchpoints along their way over phases and stages, each as large as it weighs.

Unlike other charts it holds words, so that the file alone can be read; the words are handed in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, pairwise
from math import ceil, sqrt

from evaluations.document.tree import Phase, Stage
from evaluations.reporting.charts.lettering import letters, lines_of, named, tallest, width_of
from evaluations.reporting.charts.palette import LIGHT, Palette
from evaluations.reporting.charts.shapes import circle, path, rect, svg

LEAST_WIDE, MOST_WIDE = 8.6, 15.0
"""How wide a touchpoint's column is, in sizes of the type."""
LANE, FLAT_LANE = 2.9, 2.0
"""How tall the lane of a stage is, and where all touchpoints are drawn alike."""
LINE = 1.28
NAME_LINES, NOTE_LINES = 4, 2
STAGES = tuple(Stage)
NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Place:
    """One touchpoint on the map, with what is said below it."""

    number: int
    name: str
    phase: Phase
    stage: Stage
    share: Fraction | None
    """Its part of the score; None where it has none."""
    figure: str = ""
    """The share in words."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapWords:
    """What the map says besides its touchpoints."""

    title: str
    phases: Mapping[Phase, str]
    stages: Mapping[Stage, str]
    nothing: str
    """Where a phase is empty."""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    phase: Phase
    place: Place | None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all rows of a map share, in its own units."""

    words: MapWords
    palette: Palette
    size: float
    gutter: float
    column: float
    spare: float
    """What a row of one phase has more than a row of three, for each of its columns."""
    most: Fraction | None
    """The largest share; None where touchpoints are drawn alike."""
    empty: frozenset[Stage]
    count: int

    @property
    def lane(self) -> float:
        """How tall the lane of a stage is."""
        return (FLAT_LANE if self.most is None else LANE) * self.size

    @property
    def radius(self) -> float:
        """Of the largest circle."""
        return min(self.column / 2 - 3, self.lane * 0.95)

    def radius_of(self, share: Fraction | None) -> float:
        """Of a circle whose area is this part of the score, next to the largest."""
        if self.most is None:
            return self.size * 0.95
        if share is None:
            return self.size * 0.6
        return max(2.0, self.radius * sqrt(share / self.most)) if self.most else self.size * 0.6


def journey_map(
    places: Sequence[Place],
    words: MapWords,
    *,
    width: float = 1080,
    size: float = 12,
    weighed: bool = True,
    palette: Palette = LIGHT,
) -> str:
    """The whole map as one picture: as many rows as it takes, and its caption below."""
    frame, rows = _laid_out(places, words, width, size, palette, weighed=weighed)
    drawn, top, widest = [], 0.0, 0.0
    for row in rows:
        strokes, wide, tall = _row(row, frame)
        drawn.append(f'<g transform="translate(0 {top:.2f})">{"".join(strokes)}</g>')
        top, widest = top + tall + size * 1.5, max(widest, wide)
    top -= 0 if words.caption else size * 1.5
    for line in lines_of(words.caption, max(widest, size * 20), size, 3):
        drawn.append(letters(line, 0, top + size * 0.2, size, palette.muted))
        top += size * LINE
    return named(svg(round(max(widest, size * 20), 2), round(top, 2), drawn), words.title)


def journey_strips(
    places: Sequence[Place],
    words: MapWords,
    *,
    width: float = 493,
    size: float = 7.5,
    weighed: bool = True,
    palette: Palette = LIGHT,
) -> tuple[str, ...]:
    """The rows of the map as pictures of their own, all of this width, so that paper may break between them."""
    frame, rows = _laid_out(places, words, width, size, palette, weighed=weighed)
    strips = (_row(row, frame) for row in rows)
    return tuple(named(svg(width, round(tall, 2), strokes), words.title) for strokes, _wide, tall in strips)


def _laid_out(
    places: Sequence[Place], words: MapWords, width: float, size: float, palette: Palette, *, weighed: bool
) -> tuple[_Frame, list[list[_Cell]]]:
    cells = list(_cells(places))
    gutter = max(width_of(name, size) for name in words.stages.values()) + size
    room = width - gutter - 2 * size  # for what keeps phases apart
    most = max(1, int(room / (LEAST_WIDE * size)))
    rows = ceil(len(cells) / most)
    in_row = ceil(len(cells) / rows)
    shares = [place.share for place in places if place.share is not None]
    frame = _Frame(
        words=words,
        palette=palette,
        size=size,
        gutter=gutter,
        column=min(room / in_row, MOST_WIDE * size),
        spare=size / in_row,
        most=max(shares, default=NOTHING) if weighed else None,
        empty=frozenset(Stage).difference(place.stage for place in places),
        count=len(places),
    )
    return frame, [cells[start : start + in_row] for start in range(0, len(cells), in_row)]


def _cells(places: Sequence[Place]) -> Iterator[_Cell]:
    for phase in Phase:
        found: list[Place | None] = [place for place in places if place.phase is phase]
        yield from (_Cell(phase, place) for place in found or [None])


def _row(cells: Sequence[_Cell], frame: _Frame) -> tuple[list[str], float, float]:
    """What is drawn of one row, how wide it is and how tall."""
    size = frame.size
    groups = [list(group) for _phase, group in groupby(cells, key=lambda cell: cell.phase)]
    frame = replace(frame, column=frame.column + frame.spare * (len(Phase) - len(groups)))
    lefts, edges = [], []
    x = frame.gutter
    for group in groups:
        edges.append((x, x + frame.column * len(group)))
        lefts += [x + frame.column * number for number in range(len(group))]
        x = edges[-1][1] + size
    heads = [
        lines_of(frame.words.phases[group[0].phase], right - left, size, 3)
        for group, (left, right) in zip(groups, edges, strict=True)
    ]
    head = tallest(heads) * size * LINE + size * 0.9
    over = max(0.0, frame.radius - frame.lane / 2) + size * LINE
    top, bottom = head + over, head + 2 * over - size * 0.6 + frame.lane * len(STAGES)
    wide = edges[-1][1]
    drawn = list(_phases(edges, heads, (head, bottom), frame))
    drawn += _lanes(top, wide, frame)
    drawn += _empty_phases(groups, edges, (head, bottom), frame)
    middles = [left + frame.column / 2 for left in lefts]
    drawn += _way(cells, middles, top, (edges[0][0], wide), frame)
    blocks = [_block(cell.place, frame) for cell in cells]
    for cell, middle, block in zip(cells, middles, blocks, strict=True):
        if cell.place is not None:
            drawn += _stop(cell.place, middle, _height(cell.place.stage, top, frame), bottom, frame)
            drawn += _below(block, middle, bottom, frame)
    return drawn, wide, bottom + (tallest(blocks) + 0.7) * size * LINE


def _height(stage: Stage, top: float, frame: _Frame) -> float:
    return top + frame.lane * (STAGES.index(stage) + 0.5)


def _phases(
    edges: Sequence[tuple[float, float]],
    heads: Sequence[Sequence[str]],
    ends: tuple[float, float],
    frame: _Frame,
) -> Iterator[str]:
    """The ground on which each phase stands, with its name."""
    size, palette = frame.size, frame.palette
    for (left, right), lines in zip(edges, heads, strict=True):
        for number, line in enumerate(lines, start=1):
            yield letters(line, left, number * size * LINE - size * 0.25, size, palette.ink, bold=True)
        yield rect(left, ends[0], right - left, ends[1] - ends[0], palette.track, opacity=0.55)


def _empty_phases(
    groups: Sequence[Sequence[_Cell]],
    edges: Sequence[tuple[float, float]],
    ends: tuple[float, float],
    frame: _Frame,
) -> Iterator[str]:
    """Paper with a dashed edge where nothing stands, over the lanes."""
    size, palette = frame.size, frame.palette
    for group, (left, right) in zip(groups, edges, strict=True):
        if group[0].place is not None:
            continue
        edge = f"M{left + 1:.2f} {ends[0] + 1:.2f} H{right - 1:.2f} V{ends[1] - 1:.2f} H{left + 1:.2f} Z"
        yield rect(left, ends[0], right - left, ends[1] - ends[0], palette.paper)
        yield path(edge, stroke=palette.muted, stroke_width=1, dashes="4 3")
        said = lines_of(frame.words.nothing, right - left - size, size, 4)
        for number, line in enumerate(said):
            y = (ends[0] + ends[1]) / 2 + (number - len(said) / 2 + 0.8) * size * LINE
            yield letters(line, (left + right) / 2, y, size, palette.muted, anchor="middle")


def _lanes(top: float, wide: float, frame: _Frame) -> Iterator[str]:
    """A line for each stage; that of a stage at which nothing stands is dashed."""
    for stage in Stage:
        y = _height(stage, top, frame)
        yield path(
            f"M{frame.gutter:.2f} {y:.2f} H{wide:.2f}",
            stroke=frame.palette.line,
            stroke_width=0.8,
            dashes="2 4" if stage in frame.empty else "",
        )
        yield letters(frame.words.stages[stage], 0, y + frame.size * 0.35, frame.size, frame.palette.muted)


def _way(
    cells: Sequence[_Cell], middles: Sequence[float], top: float, ends: tuple[float, float], frame: _Frame
) -> Iterator[str]:
    """The line from stop to stop, dashed over an empty phase; it goes on to the edge where a row follows."""
    stops = [
        (place, middle, _height(place.stage, top, frame))
        for cell, middle in zip(cells, middles, strict=True)
        if (place := cell.place) is not None
    ]
    if not stops:
        return
    thick = frame.size * 0.16
    (first, start, level), (last, end, height) = stops[0], stops[-1]
    if first.number > 1:
        yield path(f"M{ends[0]:.2f} {level:.2f} H{start:.2f}", stroke=frame.palette.muted, stroke_width=thick)
    for (before, x, y), (after, further, lower) in pairwise(stops):
        bend = (x + further) / 2
        skips = further - x > frame.column * 1.9 and before.phase is not after.phase
        yield path(
            f"M{x:.2f} {y:.2f} C{bend:.2f} {y:.2f} {bend:.2f} {lower:.2f} {further:.2f} {lower:.2f}",
            stroke=frame.palette.muted,
            stroke_width=thick,
            dashes="4 4" if skips else "",
        )
    if last.number < frame.count:
        yield path(f"M{end:.2f} {height:.2f} H{ends[1]:.2f}", stroke=frame.palette.muted, stroke_width=thick)


def _stop(place: Place, x: float, y: float, bottom: float, frame: _Frame) -> Iterator[str]:
    """The touchpoint's circle with its figure, and the stem that leads to its name."""
    size, palette = frame.size, frame.palette
    radius = frame.radius_of(place.share)
    yield path(
        f"M{x:.2f} {y + radius:.2f} V{bottom:.2f}", stroke=palette.line, stroke_width=0.8, dashes="1 3"
    )
    said = place.figure if frame.most is not None else str(place.number)
    if frame.most is not None and place.share is None:
        yield circle(x, y, radius, palette.paper, stroke=palette.muted)
    else:
        yield circle(x, y, radius, palette.accent, stroke=palette.paper)
    wide = width_of(said, size)
    if wide <= radius * 1.85 and (frame.most is None or place.share is not None):
        yield letters(said, x, y + size * 0.36, size, palette.on_accent, bold=True, anchor="middle")
        return
    line = y - radius - size * 0.45
    yield rect(x - wide / 2 - 1, line - size * 0.85, wide + 2, size * 1.1, palette.paper, opacity=0.8)
    yield letters(said, x, line, size, palette.ink, bold=True, anchor="middle")


def _block(place: Place | None, frame: _Frame) -> list[str]:
    """The lines below a touchpoint: its name, then what is noted of it."""
    if place is None:
        return []
    width = frame.column - frame.size * 0.7
    name = place.name if frame.most is None else f"{place.number} {place.name}"
    said = [f"b{line}" for line in lines_of(name, width, frame.size, NAME_LINES)]
    for note in place.notes:
        said += [f"n{line}" for line in lines_of(note, width, frame.size, NOTE_LINES)]
    return said


def _below(block: Sequence[str], x: float, bottom: float, frame: _Frame) -> Iterator[str]:
    size, palette = frame.size, frame.palette
    for number, line in enumerate(block, start=1):
        is_name = line[0] == "b"
        y = bottom + (number + 0.15) * size * LINE
        yield letters(
            line[1:], x, y, size, palette.ink if is_name else palette.muted, bold=is_name, anchor="middle"
        )
