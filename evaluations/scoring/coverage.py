"""How much of a checklist a scorecard rests on: what was answered, and what was never asked of anybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from evaluations.document.kinds import Finding
from evaluations.document.kinds import worth as worth_of
from evaluations.document.tree import AnyQuestion, Document
from evaluations.scoring.card import QuestionScore, Scorecard

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Basis:
    """The points that a touchpoint's score is out of, and those that its checklist holds."""

    counted: Fraction
    available: Fraction

    @property
    def is_thin(self) -> bool:
        """Whether there is a score, and it rests on less than half of the points."""
        return 0 < self.counted < self.available * HALF


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What became of the scored questions, and of the critical ones.

    A question is scored when it was asked and points can be earned for it, bonus apart.
    """

    scored: int
    answered: int
    not_applicable: int
    not_observed: int
    due: int
    """Follow-ups that nobody has answered yet; they are not among the `scored`."""
    touchpoints: Mapping[str, Basis]
    """By the touchpoint's key."""
    unanswered_criticals: tuple[str, ...]
    """Critical questions that were left blank, by key, in journey order."""
    without_score: tuple[str, ...]
    """Touchpoints with a weight that had nothing to score, by key, in journey order."""

    @property
    def is_whole(self) -> bool:
        """Whether every scored question was answered."""
        return self.answered == self.scored

    @property
    def blank(self) -> int:
        """How many scored questions were left blank."""
        return self.scored - self.answered - self.not_applicable - self.not_observed


def coverage(document: Document, card: Scorecard) -> Coverage:
    """What `card`, the scorecard of answers to `document`, rests on."""
    marks = {one.key: one for one in card.questions}
    worth = {question.key: worth_of(question) for question in document.questions()}
    worth = {key: points for key, points in worth.items() if marks[key].finding is not Finding.HIDDEN}
    scored = [marks[key].finding for key, points in worth.items() if points]
    due = scored.count(Finding.DUE)
    return Coverage(
        scored=len(scored) - due,
        answered=scored.count(Finding.ANSWERED),
        not_applicable=scored.count(Finding.NOT_APPLICABLE),
        not_observed=scored.count(Finding.NOT_OBSERVED),
        due=due,
        touchpoints={
            touchpoint.key: _basis(touchpoint.questions, marks, worth) for touchpoint in document.touchpoints
        },
        unanswered_criticals=tuple(
            question.key
            for question in document.questions()
            if question.critical is not None and marks[question.key].finding is Finding.BLANK
        ),
        without_score=tuple(one.key for one in card.touchpoints if one.weight and not one.possible),
    )


def _basis(
    questions: Iterable[AnyQuestion], marks: Mapping[str, QuestionScore], worth: Mapping[str, Fraction]
) -> Basis:
    keys = [question.key for question in questions]
    return Basis(
        counted=sum((marks[key].possible for key in keys), Fraction(0)),
        available=sum((worth.get(key, Fraction(0)) for key in keys), Fraction(0)),
    )
