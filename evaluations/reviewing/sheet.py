"""An evaluation laid out as its checklist tells the story: every question with what was found for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluations.document.answers import Answer
from evaluations.document.kinds import Finding
from evaluations.document.tree import AnyQuestion, Document, Instruction, Touchpoint
from evaluations.queries.capture import Contents, PhotoPlacement, Timing
from evaluations.scoring.card import FiredCritical, QuestionScore, Scorecard, TouchpointScore


@dataclass(frozen=True, slots=True)
class QuestionSheet:
    """One question, its answer, comment and photos, and what they earned."""

    number: int | None
    """Its number in the whole checklist; instructions have none."""
    question: AnyQuestion
    answer: Answer | None
    comment: str
    photos: tuple[PhotoPlacement, ...]
    score: QuestionScore
    critical: FiredCritical | None
    """Set when the answer was critical."""
    timing: Timing | None = None
    """What the timer of a duration measured, where it was used."""


@dataclass(frozen=True, slots=True)
class TouchpointSheet:
    """One touchpoint with its score and its questions in order."""

    touchpoint: Touchpoint
    score: TouchpointScore
    questions: tuple[QuestionSheet, ...]

    @property
    def is_met(self) -> bool:
        """Whether anything in it was asked: a condition may hide all of it."""
        return not self.questions or any(one.score.finding is not Finding.HIDDEN for one in self.questions)

    @property
    def failed(self) -> int:
        """How many of its questions failed."""
        return sum(question.score.failed for question in self.questions)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole evaluation in journey order."""

    card: Scorecard
    touchpoints: tuple[TouchpointSheet, ...]
    unsorted: tuple[PhotoPlacement, ...]
    """Photos that belong to no question of the checklist."""

    @property
    def failed(self) -> tuple[QuestionSheet, ...]:
        """The questions that failed or were critical, in journey order."""
        return tuple(
            question
            for touchpoint in self.touchpoints
            for question in touchpoint.questions
            if question.score.failed or question.critical
        )

    @property
    def photo_count(self) -> int:
        """How many photos there are in all."""
        placed = (
            len(question.photos) for touchpoint in self.touchpoints for question in touchpoint.questions
        )
        return sum(placed) + len(self.unsorted)


def lay_out(document: Document, contents: Contents, card: Scorecard) -> Sheet:
    """`contents` and `card` side by side along `document`."""
    marks = {mark.key: mark for mark in card.questions}
    scores = {score.key: score for score in card.touchpoints}
    fired = {critical.question: critical for critical in card.criticals}
    numbers = _numbers(document)
    touchpoints = tuple(
        TouchpointSheet(
            touchpoint,
            scores[touchpoint.key],
            tuple(
                QuestionSheet(
                    number=numbers.get(question.key),
                    question=question,
                    answer=contents.answers.get(question.key),
                    comment=contents.comments.get(question.key, ""),
                    photos=tuple(contents.photos.get(question.key, ())),
                    score=marks[question.key],
                    critical=fired.get(question.key),
                    timing=contents.timings.get(question.key),
                )
                for question in touchpoint.questions
            ),
        )
        for touchpoint in document.touchpoints
    )
    return Sheet(card, touchpoints, _unsorted(document, contents.photos))


def _numbers(document: Document) -> dict[str, int]:
    asked = [question.key for question in document.questions() if not isinstance(question, Instruction)]
    return {key: number for number, key in enumerate(asked, start=1)}


def _unsorted(
    document: Document, photos: Mapping[str, Sequence[PhotoPlacement]]
) -> tuple[PhotoPlacement, ...]:
    known = {question.key for question in document.questions()}
    return tuple(photo for key, placed in photos.items() if key not in known for photo in placed)
