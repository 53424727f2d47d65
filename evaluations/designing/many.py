"""Many questions at once: changed, moved or removed in one step, or, where one of them cannot be, none of them.

Pure, like drafting.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from evaluations.designing import drafting
from evaluations.document.kinds import KINDS
from evaluations.document.tree import AnyQuestion, Document, Instruction, Lens, Rating, YesNo
from evaluations.errors import Invalid

NO = "no"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of each of many questions; None leaves it as it is."""

    points: Decimal | None = None
    required: bool | None = None
    na_allowed: bool | None = None
    explain_no: bool | None = None
    more_lenses: frozenset[Lens] = frozenset()
    fewer_lenses: frozenset[Lens] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether it leaves everything as it is."""
        return self == Wish()

    def faults(self, question: AnyQuestion) -> tuple[str, ...]:
        """The codes of what `question` cannot be made to be."""
        found = []
        if self.points is not None and not isinstance(question, YesNo | Rating):
            found.append("points_of_parts" if KINDS[question.kind](question).scored else "earns_no_points")
        if self.explain_no is not None and not isinstance(question, YesNo):
            found.append("has_no_no")
        if isinstance(question, Instruction) and (
            self.required is not None or self.na_allowed is not None or self.more_lenses
        ):
            found.append("takes_no_answer")
        return tuple(found)

    def values(self, question: AnyQuestion) -> dict[str, Any]:
        """The fields of `question` as they are wanted."""
        wanted: Mapping[str, Any] = {
            "points": self.points,
            "required": self.required,
            "na_allowed": self.na_allowed,
        }
        values = {name: value for name, value in wanted.items() if value is not None}
        if self.explain_no is not None:
            others = tuple(word for word in question.explain_on if word != NO)
            values["explain_on"] = (*others, NO) if self.explain_no else others
        if self.more_lenses or self.fewer_lenses:
            lenses = {*question.lenses, *self.more_lenses} - self.fewer_lenses
            values["lenses"] = tuple(lens for lens in Lens if lens in lenses)
        return values


class Unfit(Invalid):
    """Some of the questions cannot be made what is wanted; nothing was changed."""

    def __init__(self, faults: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__("many_unfit", count=len(faults))
        self.faults = faults
        """The codes of what is wrong, by the keys of the questions."""


def change(document: Document, keys: Collection[str], wish: Wish) -> Document:
    """`document` with the questions `keys` made as `wish` says; `Unfit` where one of them cannot be."""
    chosen = [question for question in document.questions() if question.key in keys]
    faults = {question.key: found for question in chosen if (found := wish.faults(question))}
    if faults:
        raise Unfit(faults)
    made = {question.key: drafting.changed(question, **wish.values(question)) for question in chosen}
    return _with(document, lambda question: made.get(question.key, question))


def move(document: Document, keys: Collection[str], touchpoint_key: str) -> Document:
    """`document` with the questions `keys` at the end of a touchpoint, in the order that they had."""
    home = drafting.touchpoint_of(document, touchpoint_key)
    there = {question.key for question in home.questions}
    moving = [
        question for question in document.questions() if question.key in keys and question.key not in there
    ]
    if len(home.questions) + len(moving) > drafting.MOST_QUESTIONS:
        raise Invalid("too_many_in_touchpoint", limit=drafting.MOST_QUESTIONS)
    gone = {question.key for question in moving}
    without = _with(document, lambda question: None if question.key in gone else question)
    touchpoints = tuple(
        drafting.changed(each, questions=(*each.questions, *moving)) if each.key == touchpoint_key else each
        for each in without.touchpoints
    )
    return drafting.changed(without, touchpoints=touchpoints)


def remove(document: Document, keys: Collection[str]) -> Document:
    """`document` without the questions `keys`."""
    return _with(document, lambda question: None if question.key in keys else question)


def _with(document: Document, become: Callable[[AnyQuestion], AnyQuestion | None]) -> Document:
    """`document` with each question as it becomes; None takes it away."""
    touchpoints = []
    for touchpoint in document.touchpoints:
        questions = tuple(
            after for question in touchpoint.questions if (after := become(question)) is not None
        )
        same = questions == touchpoint.questions
        touchpoints.append(touchpoint if same else drafting.changed(touchpoint, questions=questions))
    return drafting.changed(document, touchpoints=tuple(touchpoints))
