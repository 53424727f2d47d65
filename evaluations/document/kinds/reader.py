"""What the readers of all kinds have in common."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Generic, TypeVar

from evaluations.document import tree
from evaluations.document.answers import Amount, Value
from evaluations.errors import Invalid

LONGEST_QUOTED = 80
AQuestion = TypeVar("AQuestion", bound=tree.Question)

BLANKS = (
    "\t\n\v\f\r \u00a0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""The characters that a browser's `trim` takes away, so that phone and server call the same texts blank."""


def trimmed(text: str) -> str:
    """`text` without blank characters at its ends, as the phone trims it."""
    return text.strip(BLANKS)


class Finding(StrEnum):
    """What became of a question: how it enters, or stays out of, the tallies."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "na"
    NOT_OBSERVED = "not_observed"
    BLANK = "blank"
    DUE = "due"
    """A follow-up that nobody has answered yet."""
    HIDDEN = "hidden"
    """Not asked, since its condition did not hold; whatever was answered before does not count."""


@dataclass(frozen=True)
class Reader(Generic[AQuestion]):
    """A question of one kind with the value given for it: to be refused, named in words, or marked."""

    question: AQuestion
    value: Value = None

    names: ClassVar[bool] = False
    """Whether `explain_on` and `Critical.on` may name answers of this kind."""

    @property
    def scored(self) -> bool:
        """Whether answers to the question can earn points."""
        return isinstance(self.question, tree.Scored)

    def refuse(self) -> None:
        """Raise `Invalid` where the value is not of the shape of an answer to the question."""
        raise NotImplementedError

    def broken(self) -> Invalid | None:
        """Which constraint of the question the value, though of the right shape, does not keep."""
        return None

    def is_blank(self) -> bool:
        """Whether the value, though given, says nothing."""
        return False

    def words(self) -> tuple[str, ...]:
        """The words by which `explain_on` and `Critical.on` name the value."""
        return (str(self.value),) if self.names else ()

    def measured(self) -> Decimal | None:
        """The number that `Critical.minimum` and `Critical.maximum` are compared with, if it has one."""
        return None

    def is_not_applicable(self) -> bool:
        """Whether giving this value means that the question does not apply."""
        return False

    def is_failing(self) -> bool:
        """Whether the value fails the question, whatever it earns."""
        return False

    def earned(self) -> Fraction:
        """The points that the value earns, never below 0."""
        return Fraction(0)

    def possible(self) -> Fraction:
        """The most points that any answer to the question earns."""
        return Fraction(0)

    def _invalid(self, code: str, **values: int | str) -> Invalid:
        return Invalid(code, field=self.question.key, value=self._quoted()[:LONGEST_QUOTED], **values)

    def _quoted(self) -> str:
        if isinstance(self.value, tuple):
            return ", ".join(self.value)
        if isinstance(self.value, Amount):
            return f"{self.value.amount} {self.value.currency}"
        return str(self.value) if isinstance(self.value, int | str) else ""
