"""The journey of a visit in rows of columns that fit the page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from evaluations.document.tree import Phase
from evaluations.reporting.parts import TouchpointPart, VisitReport

MOST_COLUMNS, MOST_NAMED, MOST_SLIM = 8, 24, 30
FEWEST_COLUMNS = 4
"""So that two touchpoints do not become walls."""
STRIP_HEIGHTS = {1: 84, 2: 62, 3: 50}


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of the journey: columns for touchpoints, with the phases that they belong to."""

    parts: tuple[TouchpointPart, ...]
    columns: int
    is_slim: bool
    number: int
    height: int

    @property
    def chart(self) -> str:
        """The address of the row's columns."""
        return f"charts/journey-{self.number}.svg"

    @property
    def spare(self) -> int:
        """How many columns are left empty at the end."""
        return self.columns - len(self.parts)

    @property
    def phases(self) -> list[tuple[Phase, int]]:
        """The phases in order, each with the number of its touchpoints."""
        runs = groupby(self.parts, key=lambda part: part.touchpoint.phase)
        return [(phase, len(list(run))) for phase, run in runs]


def strips_of(report: VisitReport, tightness: int) -> tuple[Strip, ...]:
    """The rows of the journey; one touchpoint alone has none, being the total."""
    parts = report.touchpoints
    if len(parts) < 2:
        return ()
    is_slim = len(parts) > MOST_NAMED
    rows = -(-len(parts) // (MOST_SLIM if is_slim else MOST_COLUMNS))
    columns = max(FEWEST_COLUMNS, -(-len(parts) // rows))
    starts = range(0, len(parts), columns)
    height = STRIP_HEIGHTS[min(rows + tightness, 3)]
    return tuple(
        Strip(parts[start : start + columns], columns, is_slim, number, height)
        for number, start in enumerate(starts, start=1)
    )
