"""Questions that earn no points: texts, days and times, photos, signatures, places, sentences to read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from evaluations.document import patterns
from evaluations.document.tree.names import Kind
from evaluations.document.tree.question import Question
from evaluations.document.tree.values import Day, Wording


class ShortText(Question):
    """A line of text. `pattern`, where there is one, says what the whole of it must look like."""

    kind: Literal[Kind.SHORT_TEXT] = Kind.SHORT_TEXT
    max_length: int = Field(default=200, ge=1, le=1000)
    pattern: Annotated[str, StringConstraints(max_length=patterns.LONGEST)] = ""
    constraint_message: Wording = {}

    @model_validator(mode="after")
    def _pattern_is_safe(self) -> ShortText:
        if flaw := patterns.flaw(self.pattern, longest=self.max_length):
            raise ValueError(f"pattern: {flaw}")
        return self


class Narrative(Question):
    kind: Literal[Kind.NARRATIVE] = Kind.NARRATIVE
    min_length: int = Field(default=0, ge=0, le=20_000)
    max_length: int = Field(default=4000, ge=1, le=20_000)

    @model_validator(mode="after")
    def _shortest_fits_longest(self) -> Narrative:
        if self.min_length > self.max_length:
            raise ValueError("min_length is above max_length")
        return self


class Date(Question):
    """A day, from `earliest` to `latest`, both inclusive; `constraint_message` is said of any other."""

    kind: Literal[Kind.DATE] = Kind.DATE
    earliest: Day | None = None
    latest: Day | None = None
    constraint_message: Wording = Field(default={}, exclude_if=lambda words: not words)
    """Not written where there is none, so that documents from before there were any keep their hash."""

    @model_validator(mode="after")
    def _earliest_fits_latest(self) -> Date:
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            raise ValueError("earliest is after latest")
        return self


class Time(Question):
    """A time of day, to the minute."""

    kind: Literal[Kind.TIME] = Kind.TIME


class Photo(Question):
    kind: Literal[Kind.PHOTO] = Kind.PHOTO
    min_count: int = Field(default=1, ge=1, le=20)
    max_count: int = Field(default=5, ge=1, le=20)

    @model_validator(mode="after")
    def _fewest_fits_most(self) -> Photo:
        if self.min_count > self.max_count:
            raise ValueError("min_count is above max_count")
        return self


class Signature(Question):
    """A signature drawn on the phone; its picture is a photo whose source says so."""

    kind: Literal[Kind.SIGNATURE] = Kind.SIGNATURE
    photos_allowed: Literal[False] = False


class Place(Question):
    """Where the phone was when the shopper tapped, with its accuracy."""

    kind: Literal[Kind.PLACE] = Kind.PLACE


class Instruction(Question):
    """A sentence to read; it takes no answer, comment or photo."""

    kind: Literal[Kind.INSTRUCTION] = Kind.INSTRUCTION
    required: Literal[False] = False
    photos_allowed: Literal[False] = False
