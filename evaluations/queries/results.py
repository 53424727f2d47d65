"""Results as a client reads them: typed rows and figures of the portal's queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from evaluations.models import Area
from evaluations.queries.means import mean_of

PAGE = 25
FEWEST_FOR_A_MEAN = 5
"""With fewer locations than these, their figures are single observations."""


@dataclass(frozen=True, slots=True)
class LocationResult:
    """What one location reached in one wave: the mean of its visits."""

    location_id: UUID
    name: str
    area_id: UUID | None
    millionths: int | None
    visits: int
    failed: bool


@dataclass(frozen=True, slots=True)
class WaveResult:
    """What the released visits of one wave came to."""

    wave_id: UUID
    wave: str
    programme: str
    starts_on: date
    ends_on: date
    locations: tuple[LocationResult, ...]

    @property
    def millionths(self) -> int | None:
        """The mean over the locations that have a score."""
        return mean_of(location.millionths for location in self.locations)

    @property
    def scored(self) -> int:
        """How many locations have a score."""
        return sum(location.millionths is not None for location in self.locations)

    @property
    def visits(self) -> int:
        """How many visits were released."""
        return sum(location.visits for location in self.locations)

    @property
    def failed(self) -> int:
        """How many locations had a visit that failed."""
        return sum(location.failed for location in self.locations)

    @property
    def is_few(self) -> bool:
        """Whether there are too few locations for their mean to stand for more than themselves."""
        return self.scored < FEWEST_FOR_A_MEAN


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the heat table, and how many locations it is the mean of."""

    millionths: int | None
    locations: int


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area with a cell per touchpoint; `area` is None for locations that are in no area."""

    area: Area | None
    depth: int
    total: Cell
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class LocationRow:
    """A location with a cell per touchpoint."""

    location: LocationResult
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Heat:
    """Touchpoint by touchpoint: every area that has results, and each location where there are few."""

    areas: tuple[AreaRow, ...]
    locations: tuple[LocationRow, ...]
    """Empty where there are enough locations for means."""
    whole: Mapping[str, Cell]
    """All locations together."""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One released visit in a list."""

    evaluation_id: UUID
    location: str
    city: str
    area: str | None
    programme: str
    wave: str
    visited_at: datetime
    time_zone: str
    verdict: str
    band: str | None
    millionths: int | None


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """A result that was taken back after its release: where and when it was, and what the client is told of why."""

    evaluation_id: UUID
    location: str
    city: str
    programme: str
    wave: str
    visited_at: datetime
    time_zone: str
    withdrawn_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class VisitPage:
    """Some of the visits, and how many there are in all."""

    rows: tuple[VisitRow, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))
