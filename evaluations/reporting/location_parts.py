"""One location as its report tells it: its visits, waves and touchpoints over time, and failures that repeat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from evaluations.document.tree import AnyQuestion, Document, Phase, Wording
from evaluations.reporting.charts import Mark, Step
from evaluations.reporting.in_context import WaveContext
from evaluations.reporting.parts import QuestionPart, VisitReport

MOST_IN_A_ROW = 12
"""So many waves stand side by side."""


@dataclass(frozen=True, slots=True)
class VisitPart:
    """One released visit, the newest edition of it."""

    evaluation_id: UUID
    wave_id: UUID
    starts_on: date
    """When its wave began."""
    checklist_id: UUID
    is_apart: bool
    """Whether a critical answer failed, zeroed or capped it, so that it enters no mean."""
    report: VisitReport

    @property
    def millionths(self) -> int | None:
        """Its score."""
        return self.report.card.millionths


@dataclass(frozen=True, slots=True)
class WavePart:
    """What the location reached in one wave, and all locations with it."""

    wave_id: UUID
    name: str
    starts_on: date
    visits: tuple[VisitPart, ...]
    millionths: int | None
    """The mean of its visits that have a score and no critical."""
    target: int | None
    context: WaveContext

    @property
    def step(self) -> Step:
        """How it is drawn; of fewer than five locations no mean is."""
        rest = self.context.total.rest
        return Step(
            self.millionths,
            self.scores,
            self.apart,
            None if rest.is_single else rest.millionths,
            rest.interval.millionths if rest.interval else None,
            self.target,
        )

    @property
    def scores(self) -> tuple[int, ...]:
        """The scores that the mean is made of."""
        return tuple(one.millionths for one in self.visits if one.millionths is not None and not one.is_apart)

    @property
    def apart(self) -> tuple[int, ...]:
        """The scores that a critical answer bore upon."""
        return tuple(one.millionths for one in self.visits if one.millionths is not None and one.is_apart)


@dataclass(frozen=True, slots=True)
class TouchpointInWave:
    """What one touchpoint reached in one wave."""

    millionths: int | None
    """The mean of the visits without a critical."""
    scores: tuple[int, ...]
    apart: tuple[int, ...]
    target: int | None

    @property
    def step(self) -> Step:
        """How it is drawn."""
        return Step(self.millionths, self.scores, self.apart, target=self.target)


@dataclass(frozen=True, slots=True)
class TouchpointOverTime:
    """One touchpoint through the waves, under its newest name, with its place in the newest journey."""

    key: str
    name: Wording
    phase: Phase
    document: Document
    waves: tuple[TouchpointInWave, ...]
    """One for each wave of the report, also where it was not asked."""
    millionths: int | None
    """The mean of its waves."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its waves as they are drawn."""
        return tuple(wave.step for wave in self.waves)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One visit on which a question failed."""

    visit: VisitPart
    question: QuestionPart


@dataclass(frozen=True, slots=True)
class Repeat:
    """A question that failed on several visits, under its newest wording; the newest visit first."""

    question: AnyQuestion
    document: Document
    touchpoint: Wording
    times: tuple[Occurrence, ...]
    asked: int
    """On how many visits it was counted or fired a critical."""

    @property
    def is_critical(self) -> bool:
        """Whether it was critical on any of them."""
        return any(one.question.critical for one in self.times)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationReport:
    """Everything that the report of one location in one programme says. No shopper is any part of it."""

    location_id: UUID
    newest: VisitReport
    """Of it come brand, place, time zone and wordings."""
    visits: tuple[VisitPart, ...]
    """The newest first."""
    waves: tuple[WavePart, ...]
    """The oldest first."""
    millionths: int | None
    """The mean of the waves."""
    touchpoints: tuple[TouchpointOverTime, ...]
    repeats: tuple[Repeat, ...]
    """Those that failed most often first."""

    @property
    def document(self) -> Document:
        """The newest wording."""
        return self.newest.document

    @property
    def apart(self) -> int:
        """On how many visits a critical answer took effect."""
        return sum(one.is_apart for one in self.visits)

    @property
    def scored(self) -> int:
        """How many visits the mean is made of."""
        return sum(len(wave.scores) for wave in self.waves)

    @property
    def scored_waves(self) -> int:
        """How many waves the mean is made of."""
        return sum(wave.millionths is not None for wave in self.waves)

    @property
    def rows(self) -> tuple[tuple[WavePart, ...], ...]:
        """The waves in rows of a chart, of about the same length, none too long to be read."""
        count = -(-len(self.waves) // MOST_IN_A_ROW)
        length = -(-len(self.waves) // count)
        return tuple(self.waves[start : start + length] for start in range(0, len(self.waves), length))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The marks that its trend has."""
        there = {
            Mark.MEAN: any(wave.millionths is not None for wave in self.waves),
            Mark.SINGLE: any(len(wave.scores) > 1 for wave in self.waves),
            Mark.APART: any(wave.apart for wave in self.waves),
            Mark.CONTEXT: self.is_in_context,
            Mark.TARGET: any(wave.target is not None for wave in self.waves),
        }
        return tuple(mark for mark, is_there in there.items() if is_there)

    @property
    def lowest(self) -> TouchpointOverTime | None:
        """The touchpoint with the lowest mean, where there is another to compare it with."""
        scored = [one for one in self.touchpoints if one.millionths is not None]
        return min(scored, key=lambda one: one.millionths or 0) if len(scored) > 1 else None

    @property
    def is_in_context(self) -> bool:
        """Whether any wave had locations enough for their mean to stand beside this one's."""
        return any(not wave.context.total.rest.is_single for wave in self.waves)

    @property
    def failures(self) -> int:
        """How many questions failed on one visit alone."""
        once = {
            (visit.checklist_id, found.question.key)
            for visit in self.visits
            for found in visit.report.questions
            if has_failed(found)
        }
        return len(once) - len(self.repeats)


def has_failed(found: QuestionPart) -> bool:
    """Whether a question failed, or was critical though it has no points."""
    return found.score.failed or found.critical is not None
