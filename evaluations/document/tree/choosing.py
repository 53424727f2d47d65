"""Questions answered by choosing: yes or no, one of several, some of several, a place on a scale."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from evaluations.document.tree.names import Kind
from evaluations.document.tree.question import Scored
from evaluations.document.tree.values import Key, Part, Points, Wording, Worth, all_differ

MOST_OPTIONS = 60


class YesNo(Scored):
    kind: Literal[Kind.YES_NO] = Kind.YES_NO
    points: Worth = Decimal(10)
    favourable: Literal["yes", "no"] = "yes"


class Option(Part):
    """One choice. `na`: choosing it means not applicable; `failing`: choosing it fails the question.

    A `retired` one was offered by a version before: it is no answer any more, and keeps its key from another
    meaning. That is not written where it is not so.
    """

    key: Key
    text: Wording = {}
    points: Points = Decimal(0)
    na: bool = False
    failing: bool = False
    retired: bool = Field(default=False, exclude_if=lambda retired: not retired)


class Choice(Scored):
    """What is answered by choosing among options."""

    options: tuple[Option, ...] = Field(default=(), max_length=MOST_OPTIONS)

    @property
    def offered(self) -> tuple[Option, ...]:
        """The options that are still to choose from."""
        return tuple(option for option in self.options if not option.retired)

    @model_validator(mode="after")
    def _option_keys_differ(self) -> Self:
        all_differ((option.key for option in self.options), "option key")
        return self


class SingleChoice(Choice):
    kind: Literal[Kind.SINGLE_CHOICE] = Kind.SINGLE_CHOICE


class SeveralChoices(Choice):
    """Any of the options, at least `min_choices` and at most `max_choices` where it is answered at all."""

    kind: Literal[Kind.SEVERAL_CHOICES] = Kind.SEVERAL_CHOICES
    min_choices: int = Field(default=0, ge=0, le=MOST_OPTIONS)
    max_choices: int | None = Field(default=None, ge=1, le=MOST_OPTIONS)

    @model_validator(mode="after")
    def _fewest_fits_most(self) -> SeveralChoices:
        if self.max_choices is not None and self.min_choices > self.max_choices:
            raise ValueError("min_choices is above max_choices")
        return self


class Rating(Scored):
    kind: Literal[Kind.RATING] = Kind.RATING
    points: Worth = Decimal(10)
    lo: int = Field(default=1, ge=0, le=1)
    hi: int = Field(default=5, ge=2, le=10)
    lo_text: Wording = {}
    hi_text: Wording = {}
    favourable: Literal["high", "low"] = "high"
