"""The map of a checklist: its touchpoints in the order of the customer's journey, with what each is worth."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evaluations.designing.outline import shares
from evaluations.document.tree import Document, Instruction, Lens, Phase, Touchpoint

PHASES = tuple(Phase)


@dataclass(frozen=True, slots=True)
class Stop:
    """One touchpoint on the map."""

    touchpoint: Touchpoint
    number: int
    """Its place in the checklist, from 1."""
    share: Fraction | None
    """Its part of the total when everything is answered; None where it has no score."""
    questions: int
    """Without the instructions, which ask nothing."""
    days: tuple[int, ...]
    """How many days after the visit something is asked here, the soonest first."""
    lenses: frozenset[Lens]


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """All stops, those before the purchase first."""

    stops: tuple[Stop, ...]
    by_weights: bool
    """Whether the total goes by the touchpoints' weights, not by points."""

    def in_phase(self, phase: Phase) -> tuple[Stop, ...]:
        """The stops of one phase."""
        return tuple(stop for stop in self.stops if stop.touchpoint.phase is phase)

    def part_of(self, phase: Phase) -> Fraction:
        """What all touchpoints of one phase carry of the score."""
        return sum((stop.share or Fraction(0) for stop in self.in_phase(phase)), Fraction(0))

    @property
    def scored(self) -> tuple[Stop, ...]:
        """The stops that have a score."""
        return tuple(stop for stop in self.stops if stop.share is not None)


def journey_of(document: Document) -> JourneyMap:
    """The map of `document`. Phases are in order even where a file had them in another one."""
    parts = shares(document)
    stops = [
        _stop(touchpoint, number, parts[touchpoint.key])
        for number, touchpoint in enumerate(document.touchpoints, start=1)
    ]
    in_order = sorted(stops, key=lambda stop: PHASES.index(stop.touchpoint.phase))
    return JourneyMap(tuple(in_order), by_weights=document.scoring.total == "weights")


def _stop(touchpoint: Touchpoint, number: int, share: Fraction | None) -> Stop:
    asked = [question for question in touchpoint.questions if not isinstance(question, Instruction)]
    return Stop(
        touchpoint=touchpoint,
        number=number,
        share=share,
        questions=len(asked),
        days=tuple(sorted({question.due_days for question in asked if question.due_days})),
        lenses=frozenset(lens for question in asked for lens in question.lenses),
    )
