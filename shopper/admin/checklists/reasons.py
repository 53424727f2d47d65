"""Why answers score as they do: each touchpoint with its questions, what fired, and what is not counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evaluations.document.kinds import Finding, is_bonus, worth
from evaluations.document.tree import AnyQuestion, Document, Instruction, Touchpoint, Wording
from evaluations.scoring.card import FiredCritical, QuestionScore, Scorecard, TouchpointScore
from shopper.language import gettext as _
from shopper.language import lazy

UNCOUNTED = {
    Finding.NOT_APPLICABLE: lazy("not applicable"),
    Finding.NOT_OBSERVED: lazy("not observed"),
    Finding.BLANK: lazy("left blank"),
    Finding.DUE: lazy("follow-up, still to come"),
    Finding.HIDDEN: lazy("not asked"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One touchpoint with its score and the questions that make it."""

    touchpoint: Touchpoint
    score: TouchpointScore
    questions: tuple[Answered, ...]

    @property
    def fired(self) -> int:
        """How many of its answers were critical."""
        return sum(one.critical is not None for one in self.questions)

    @property
    def uncounted(self) -> int:
        """How many of its questions could earn points and are not counted."""
        return sum(not one.score.counted and one.is_scored for one in self.questions)


@dataclass(frozen=True, slots=True)
class Answered:
    """One question with what became of it."""

    question: AnyQuestion
    score: QuestionScore
    critical: FiredCritical | None
    is_scored: bool

    @property
    def key(self) -> str:
        """The question's key."""
        return self.question.key

    @property
    def text(self) -> Wording:
        """What is asked."""
        return self.question.text

    @property
    def reason(self) -> str:
        """Why it is not counted."""
        if not self.is_scored and self.score.finding in (Finding.ANSWERED, Finding.BLANK):
            return _("earns no points")
        return str(UNCOUNTED.get(self.score.finding, _("earns no points")))


def reasons(document: Document, card: Scorecard) -> list[Part]:
    """The touchpoints of `document` in order, each with why it scores so."""
    scores = {one.key: one for one in card.touchpoints}
    return [
        Part(touchpoint, scores[touchpoint.key], tuple(_answered(touchpoint, card)))
        for touchpoint in document.touchpoints
    ]


def _answered(touchpoint: Touchpoint, card: Scorecard) -> Iterator[Answered]:
    marks = {one.key: one for one in card.questions}
    fired = {one.question: one for one in card.criticals}
    for question in touchpoint.questions:
        if not isinstance(question, Instruction):
            is_scored = bool(worth(question)) or is_bonus(question)
            yield Answered(question, marks[question.key], fired.get(question.key), is_scored)
