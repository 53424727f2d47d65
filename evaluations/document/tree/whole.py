"""The whole of a document: touchpoints with their questions, and how marks become a total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from evaluations.document.tree.asking import (
    Date,
    Instruction,
    Narrative,
    Photo,
    Place,
    ShortText,
    Signature,
    Time,
)
from evaluations.document.tree.choosing import Rating, SeveralChoices, SingleChoice, YesNo
from evaluations.document.tree.condition import ShowIf
from evaluations.document.tree.measuring import Duration, Money, Number
from evaluations.document.tree.names import Channel, Phase, Stage
from evaluations.document.tree.values import (
    Key,
    Language,
    Part,
    Percent,
    TakenFrom,
    Weight,
    Wording,
    all_differ,
)

AnyQuestion = Annotated[
    YesNo
    | SingleChoice
    | SeveralChoices
    | Rating
    | Number
    | Money
    | Duration
    | Date
    | Time
    | ShortText
    | Narrative
    | Photo
    | Signature
    | Place
    | Instruction,
    Field(discriminator="kind"),
]


class Touchpoint(Part):
    """One moment of contact as placed in this checklist, with its questions in order."""

    key: Key
    name: Wording = {}
    phase: Phase = Phase.DURING
    stage: Stage = Stage.PURCHASE
    channel: Channel = Channel.STORE
    guidance: Wording = {}
    weight: Weight = Decimal(1)
    target: Percent | None = None
    show_if: ShowIf = None
    """Met only where this holds; else all of its questions are hidden. It looks at touchpoints before this one."""
    origin: TakenFrom = None
    questions: tuple[AnyQuestion, ...] = Field(default=(), max_length=200)


class Bands(Part):
    """The lowest shown percentages that are good and fair; below fair is poor."""

    good: Percent = Decimal(85)
    fair: Percent = Decimal(70)

    @model_validator(mode="after")
    def _good_is_above_fair(self) -> Bands:
        if self.good <= self.fair:
            raise ValueError("good must be above fair")
        return self


class Scoring(Part):
    """How marks become a total: by points or by weights, with a target and bands."""

    total: Literal["points", "weights"] = "points"
    target: Percent | None = None
    bands: Bands = Bands()
    blanks_count: bool = False
    bonus_may_exceed: bool = False


class Document(Part):
    """A whole checklist, in the order of the customer's journey."""

    format: Literal[1] = 1
    title: Wording = {}
    languages: tuple[Language, ...] = ("en",)
    briefing: Wording = {}
    scoring: Scoring = Scoring()
    touchpoints: tuple[Touchpoint, ...] = Field(default=(), max_length=100)

    @model_validator(mode="after")
    def _keys_differ(self) -> Document:
        all_differ(self.languages, "language")
        all_differ((touchpoint.key for touchpoint in self.touchpoints), "touchpoint key")
        all_differ((question.key for question in self.questions()), "question key")
        if not self.languages:
            raise ValueError("a document has at least one language")
        return self

    def questions(self) -> Iterator[AnyQuestion]:
        """Every question, in journey order."""
        for touchpoint in self.touchpoints:
            yield from touchpoint.questions

    def depends(self) -> bool:
        """Whether any answer decides what else is asked."""
        return any(each.show_if for each in (*self.touchpoints, *self.questions()))

    def question(self, key: str) -> AnyQuestion | None:
        """The question with this key, or None."""
        return next((question for question in self.questions() if question.key == key), None)

    def say(self, wording: Wording, language: str) -> str:
        """`wording` in `language`, else in the first of the document's languages that has it."""
        for candidate in (language, *self.languages):
            if text := wording.get(candidate):  # type: ignore[call-overload]
                return str(text)
        return ""
