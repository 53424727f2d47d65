"""What every kind of question has, and the answers on which one is critical."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from evaluations.document.tree.condition import ShowIf
from evaluations.document.tree.names import Effect, Lens
from evaluations.document.tree.values import (
    Key,
    Measure,
    Part,
    Percent,
    Sha256,
    TakenFrom,
    Wording,
    all_differ,
)

LATEST_DUE = 365
MOST_PICTURES = 3
MOST_EXPLAINED = 500


class Critical(Part):
    """The answers on which a question is critical, and its one effect.

    `on` holds "yes"/"no", option keys, or rating values as text. A number, an amount of money or a
    duration in seconds is named by a range instead, from `minimum` to `maximum`, both inclusive, where
    one of them may be left open. `cap` is the highest total in percent, given exactly when the effect
    caps the total.
    """

    on: tuple[str, ...] = ()
    minimum: Measure | None = None
    maximum: Measure | None = None
    effect: Effect = Effect.FAILS_VISIT
    cap: Percent | None = None

    @model_validator(mode="after")
    def _cap_belongs_to_capping(self) -> Critical:
        if (self.cap is None) == (self.effect is Effect.CAPS_TOTAL):
            raise ValueError("a cap is given exactly when the effect is caps_total")
        return self

    @model_validator(mode="after")
    def _on_answers_or_on_a_range(self) -> Critical:
        if bool(self.on) == self.has_range:
            raise ValueError("a critical question names answers or a range, one of the two")
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("minimum is above maximum")
        return self

    @property
    def has_range(self) -> bool:
        """Whether it names a range, not answers."""
        return self.minimum is not None or self.maximum is not None


class Picture(Part):
    """A picture of what right looks like, named by the hash of its bytes; its caption says what it shows."""

    sha256: Sha256
    caption: Wording = {}


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
    explain_min: int = Field(default=0, ge=0, le=MOST_EXPLAINED, exclude_if=lambda least: least == 0)
    """How many characters a demanded comment has at least.

    It is not written where there is no such limit, so that documents from before there was one keep their hash.
    """
    photo_on: tuple[str, ...] = Field(default=(), exclude_if=lambda answers: not answers)
    """Answers (as in `Critical.on`) on which a photo is demanded. Not written where there are none."""
    photos_allowed: bool = True
    lenses: tuple[Lens, ...] = ()
    critical: Critical | None = None
    internal: bool = False
    """Whether question and answer stay with the agency: neither reaches the client in any way."""
    due_days: int | None = Field(default=None, ge=1, le=LATEST_DUE)
    """A follow-up: asked so many days after the visit, and not counted until it is answered."""
    show_if: ShowIf = None
    """Asked only where this holds; else the question is hidden, and nothing of it counts."""
    origin: TakenFrom = None
    pictures: tuple[Picture, ...] = Field(
        default=(), max_length=MOST_PICTURES, exclude_if=lambda pictures: not pictures
    )
    """What right looks like, for shopper and editor; the client never sees it. Not written where there is none."""

    @model_validator(mode="after")
    def _pictures_differ(self) -> Self:
        all_differ((picture.sha256 for picture in self.pictures), "picture")
        return self


class Scored(Question):
    """A question whose answer earns points."""

    bonus: bool = False
