"""Questions answered by measuring: a number, an amount of money, a duration."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from evaluations.document.currencies import decimals_of
from evaluations.document.tree.names import Kind
from evaluations.document.tree.question import Scored
from evaluations.document.tree.values import Measure, Part, Points, Wording

MOST_BANDS = 20
LONGEST_DURATION = Decimal("359999.9")
"""In seconds: just under 100 hours."""


class PointBand(Part):
    """The points of what is up to `up_to`, inclusive, and above the band before; None: of all the rest."""

    up_to: Measure | None = None
    points: Points = Decimal(0)


class Measured(Scored):
    """A question whose answer is a number: it has a range, and earns the points of the band it falls in.

    Without bands it is unscored. `constraint_message` is said when the answer is out of range.
    """

    minimum: Measure | None = None
    maximum: Measure | None = None
    constraint_message: Wording = {}
    bands: tuple[PointBand, ...] = Field(default=(), max_length=MOST_BANDS)

    @model_validator(mode="after")
    def _least_fits_greatest(self) -> Self:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("minimum is above maximum")
        return self


class Number(Measured):
    """A number with at most so many `decimals`, of a `unit` ("people", "°C")."""

    kind: Literal[Kind.NUMBER] = Kind.NUMBER
    decimals: int = Field(default=0, ge=0, le=6)
    unit: Wording = {}


class Money(Measured):
    """An amount in one `currency`, with the decimals that the currency has."""

    kind: Literal[Kind.MONEY] = Kind.MONEY
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "EUR"

    @property
    def decimals(self) -> int:
        """How many decimals an amount has: 2 for euros, none for yen."""
        return decimals_of(self.currency)


class Duration(Measured):
    """A time that something took, in seconds with at most one decimal."""

    kind: Literal[Kind.DURATION] = Kind.DURATION
