"""The scorecard of one visit as frozen values: exact shares, and the figures shown for them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluations.document.kinds import Finding
from evaluations.document.tree import Effect, Lens
from evaluations.scoring import bands
from evaluations.scoring.bands import Band, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Points earned out of points possible, and the share that they make.

    `score` is a share (41/50), not a percentage; None means no score, which is neither 0 nor 1.
    """

    earned: Fraction
    possible: Fraction
    score: Fraction | None

    @property
    def shown(self) -> str | None:
        """The percentage that people read: "82.0"."""
        return None if self.score is None else str(bands.shown(self.score))

    @property
    def millionths(self) -> int | None:
        """The percentage in millionths: 82 % is 82000000."""
        return None if self.score is None else bands.millionths(self.score)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionScore(Figure):
    """One question's mark, and what became of the question."""

    key: str
    touchpoint: str
    finding: Finding
    counted: bool
    failed: bool
    bonus: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointScore(Figure):
    """One touchpoint after criticals and clamping.

    `share` is the part of the total that it makes: of its weights, or of its points.
    """

    key: str
    weight: Fraction
    share: Fraction
    band: Band | None
    target: Decimal | None
    zeroed: bool
    not_observed: int

    @property
    def meets_target(self) -> bool | None:
        """Whether the shown figure reaches the target; None where one of the two is missing."""
        return bands.meets(self.score, self.target)


@dataclass(frozen=True, slots=True, kw_only=True)
class LensScore(Figure):
    """All questions that carry one lens: unweighted, without bonus, before criticals."""

    key: Lens


@dataclass(frozen=True, slots=True)
class FiredCritical:
    """A critical question whose answer had its effect; `cap` in percent where it caps the total."""

    touchpoint: str
    question: str
    effect: Effect
    cap: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard(Figure):
    """The result of one visit, everything in journey order.

    `earned` and `possible` are sums of points in either way of totalling; `score` is the total,
    after caps. `renormalised` says that a touchpoint with a weight had no score, so that the
    others' weights were scaled up to make the whole.
    """

    verdict: Verdict
    band: Band | None
    target: Decimal | None
    by_weights: bool
    renormalised: bool
    not_observed: int
    due: int
    """How many follow-ups nobody has answered yet."""
    open_points: Fraction
    """The points that they would add to what is possible."""
    touchpoints: tuple[TouchpointScore, ...]
    lenses: tuple[LensScore, ...]
    questions: tuple[QuestionScore, ...]
    criticals: tuple[FiredCritical, ...]

    @property
    def is_provisional(self) -> bool:
        """Whether follow-ups are still due, so that the figures may change."""
        return self.due > 0

    @property
    def cap(self) -> Decimal | None:
        """The lowest cap that fired, in percent."""
        return min((critical.cap for critical in self.criticals if critical.cap is not None), default=None)
