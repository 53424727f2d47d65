"""The checklist document: touchpoints, their questions, and how answers are marked.

A document is frozen values all the way down. A draft's document may still lack wordings;
what publication demands beyond this structure is in `evaluations.designing.checking`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints, model_validator

from evaluations.document.numbers import as_text, at_most_two_decimals

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Language = Literal["en", "es"]
Wording = dict[Language, Annotated[str, StringConstraints(max_length=4000)]]
"""A sentence per language; a missing language falls back to the document's first."""

Exact = Annotated[Decimal, Field(allow_inf_nan=False), PlainSerializer(as_text, return_type=str)]
Points = Annotated[Exact, Field(ge=-1000, le=1000), at_most_two_decimals]
Worth = Annotated[Exact, Field(ge=0, le=1000), at_most_two_decimals]
"""The points of a whole question; only an option may take points away."""
Weight = Annotated[Exact, Field(ge=0, le=1000), at_most_two_decimals]
Percent = Annotated[Exact, Field(ge=0, le=100), at_most_two_decimals]


class Part(BaseModel):
    """Any node of the document: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Phase(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class Stage(StrEnum):
    AWARENESS = "awareness"
    CONSIDERATION = "consideration"
    PURCHASE = "purchase"
    USE = "use"
    LOYALTY = "loyalty"


class Channel(StrEnum):
    STORE = "store"
    PHONE = "phone"
    WEB = "web"
    EMAIL = "email"
    MESSAGE = "message"
    SOCIAL = "social"
    POST = "post"
    PRINT = "print"
    EVENT = "event"
    PERSON = "person"


class Lens(StrEnum):
    RELEVANCE = "relevance"
    USEFULNESS = "usefulness"
    SIMPLICITY = "simplicity"
    ATTRACTIVENESS = "attractiveness"
    CONSISTENCY = "consistency"


class Kind(StrEnum):
    YES_NO = "yes_no"
    SINGLE_CHOICE = "single_choice"
    RATING = "rating"
    SHORT_TEXT = "short_text"
    NARRATIVE = "narrative"
    PHOTO = "photo"
    INSTRUCTION = "instruction"


class Effect(StrEnum):
    """What a critical question does when it fires."""

    FAILS_VISIT = "fails_visit"
    ZEROES_TOUCHPOINT = "zeroes_touchpoint"
    CAPS_TOTAL = "caps_total"


class Critical(Part):
    """The answers on which a question is critical, and its one effect.

    `on` holds "yes"/"no", option keys, or rating values as text; `cap` is the highest
    total in percent, given exactly when the effect caps the total.
    """

    on: tuple[str, ...] = Field(min_length=1)
    effect: Effect = Effect.FAILS_VISIT
    cap: Percent | None = None

    @model_validator(mode="after")
    def _cap_belongs_to_capping(self) -> Critical:
        if (self.cap is None) == (self.effect is Effect.CAPS_TOTAL):
            raise ValueError("a cap is given exactly when the effect is caps_total")
        return self


class Option(Part):
    """One choice. `na`: choosing it means not applicable; `failing`: choosing it fails the question."""

    key: Key
    text: Wording = {}
    points: Points = Decimal(0)
    na: bool = False
    failing: bool = False


class Question(Part):
    """What every kind of question has."""

    key: Key
    text: Wording = {}
    help: Wording = {}
    required: bool = True
    na_allowed: bool = False
    not_observed_allowed: bool = False
    explain_on: tuple[str, ...] = ()
    """Answers (as in `Critical.on`) on which a comment is demanded: "explain every No"."""
    photos_allowed: bool = True
    lenses: tuple[Lens, ...] = ()
    critical: Critical | None = None


class Scored(Question):
    """A question whose answer earns points."""

    bonus: bool = False


class YesNo(Scored):
    kind: Literal[Kind.YES_NO] = Kind.YES_NO
    points: Worth = Decimal(10)
    favourable: Literal["yes", "no"] = "yes"


class SingleChoice(Scored):
    kind: Literal[Kind.SINGLE_CHOICE] = Kind.SINGLE_CHOICE
    options: tuple[Option, ...] = Field(default=(), max_length=60)

    @model_validator(mode="after")
    def _option_keys_differ(self) -> SingleChoice:
        _all_differ((option.key for option in self.options), "option key")
        return self


class Rating(Scored):
    kind: Literal[Kind.RATING] = Kind.RATING
    points: Worth = Decimal(10)
    lo: int = Field(default=1, ge=0, le=1)
    hi: int = Field(default=5, ge=2, le=10)
    lo_text: Wording = {}
    hi_text: Wording = {}
    favourable: Literal["high", "low"] = "high"


class ShortText(Question):
    kind: Literal[Kind.SHORT_TEXT] = Kind.SHORT_TEXT
    max_length: int = Field(default=200, ge=1, le=1000)


class Narrative(Question):
    kind: Literal[Kind.NARRATIVE] = Kind.NARRATIVE
    min_length: int = Field(default=0, ge=0, le=20_000)
    max_length: int = Field(default=4000, ge=1, le=20_000)

    @model_validator(mode="after")
    def _shortest_fits_longest(self) -> Narrative:
        if self.min_length > self.max_length:
            raise ValueError("min_length is above max_length")
        return self


class Photo(Question):
    kind: Literal[Kind.PHOTO] = Kind.PHOTO
    min_count: int = Field(default=1, ge=1, le=20)
    max_count: int = Field(default=5, ge=1, le=20)

    @model_validator(mode="after")
    def _fewest_fits_most(self) -> Photo:
        if self.min_count > self.max_count:
            raise ValueError("min_count is above max_count")
        return self


class Instruction(Question):
    """A sentence to read; it takes no answer, comment or photo."""

    kind: Literal[Kind.INSTRUCTION] = Kind.INSTRUCTION
    required: Literal[False] = False
    photos_allowed: Literal[False] = False


AnyQuestion = Annotated[
    YesNo | SingleChoice | Rating | ShortText | Narrative | Photo | Instruction,
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
        _all_differ(self.languages, "language")
        _all_differ((touchpoint.key for touchpoint in self.touchpoints), "touchpoint key")
        _all_differ((question.key for question in self.questions()), "question key")
        if not self.languages:
            raise ValueError("a document has at least one language")
        return self

    def questions(self) -> Iterator[AnyQuestion]:
        """Every question, in journey order."""
        for touchpoint in self.touchpoints:
            yield from touchpoint.questions

    def question(self, key: str) -> AnyQuestion | None:
        """The question with this key, or None."""
        return next((question for question in self.questions() if question.key == key), None)

    def say(self, wording: Wording, language: str) -> str:
        """`wording` in `language`, else in the first of the document's languages that has it."""
        for candidate in (language, *self.languages):
            if text := wording.get(candidate):  # type: ignore[call-overload]
                return str(text)
        return ""


def _all_differ(names: Iterator[str] | tuple[str, ...], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{what} {name} is used twice")
        seen.add(name)
