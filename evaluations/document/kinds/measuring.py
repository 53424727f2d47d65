"""Answers that were measured: a number, an amount of money, a duration."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from evaluations.document import tree
from evaluations.document.answers import Amount
from evaluations.document.kinds.reader import Reader
from evaluations.document.numbers import MOST_DIGITS
from evaluations.document.tree.measuring import LONGEST_DURATION
from evaluations.errors import Invalid

WRITTEN = re.compile(r"(?!-0(\.0+)?$)-?(0|[1-9][0-9]*)(\.[0-9]+)?")
"""A decimal in text: no exponent, no plus, no leading zeros, no minus zero."""

AMeasured = TypeVar("AMeasured", bound=tree.Measured)


class Measured(Reader[AMeasured]):
    """A number within the question's range, which earns the points of the band it falls in."""

    @property
    def scored(self) -> bool:
        return bool(self.question.bands)

    @property
    def decimals(self) -> int:
        """How many decimals an answer may have."""
        raise NotImplementedError

    def written(self) -> str | None:
        """The text that should hold the number."""
        return self.value if isinstance(self.value, str) else None

    def refuse(self) -> None:
        text = self.written()
        if text is None or not is_number(text):
            raise self._invalid("answer_not_a_number")
        if len(text.partition(".")[2]) > self.decimals:
            raise self._invalid("answer_too_precise", decimals=self.decimals)

    def measured(self) -> Decimal:
        return Decimal(self.written() or "0")

    def broken(self) -> Invalid | None:
        least, most, number = self.question.minimum, self.question.maximum, self.measured()
        if (least is not None and number < least) or (most is not None and number > most):
            return self._invalid("answer_out_of_range")
        return None

    def earned(self) -> Fraction:
        number = self.measured()
        bands = self.question.bands
        points = (Fraction(each.points) for each in bands if each.up_to is None or number <= each.up_to)
        return max(Fraction(0), next(points, Fraction(0)))

    def possible(self) -> Fraction:
        return max((Fraction(0), *(Fraction(band.points) for band in self.question.bands)))


class Number(Measured[tree.Number]):
    """A number with as many decimals as the question allows."""

    @property
    def decimals(self) -> int:
        return self.question.decimals


class Money(Measured[tree.Money]):
    """An amount in the question's own currency."""

    @property
    def decimals(self) -> int:
        return self.question.decimals

    def written(self) -> str | None:
        return self.value.amount if isinstance(self.value, Amount) else None

    def refuse(self) -> None:
        if not isinstance(self.value, Amount):
            raise self._invalid("answer_not_money")
        if self.value.currency != self.question.currency:
            raise self._invalid("answer_other_currency", currency=self.question.currency)
        super().refuse()


class Duration(Measured[tree.Duration]):
    """Seconds, with at most one decimal, from 0 to just under 100 hours."""

    decimals = 1

    def refuse(self) -> None:
        super().refuse()
        if not 0 <= self.measured() <= LONGEST_DURATION:
            raise self._invalid("answer_no_duration")


def is_number(text: str) -> bool:
    """Whether `text` writes a number in the one way that it is written, with few enough digits."""
    return bool(WRITTEN.fullmatch(text)) and sum(sign.isdigit() for sign in text) <= MOST_DIGITS
