"""Answers that were chosen: yes or no, one option or several, a place on a scale."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from evaluations.document import tree
from evaluations.document.kinds.reader import Reader
from evaluations.errors import Invalid


class YesNo(Reader[tree.YesNo]):
    """All points for the favourable answer, else none."""

    names = True

    def refuse(self) -> None:
        if self.value not in ("yes", "no"):
            raise self._invalid("answer_not_yes_no")

    def earned(self) -> Fraction:
        return self.possible() if self.value == self.question.favourable else Fraction(0)

    def possible(self) -> Fraction:
        return Fraction(self.question.points)


class SingleChoice(Reader[tree.SingleChoice]):
    """The chosen option's points; what means "not applicable" has no part in what is possible."""

    names = True

    def refuse(self) -> None:
        if all(option.key != self.value for option in self.question.offered):
            raise self._invalid("answer_unknown_option")

    def is_not_applicable(self) -> bool:
        return self._chosen().na

    def is_failing(self) -> bool:
        return self._chosen().failing

    def earned(self) -> Fraction:
        return max(Fraction(0), Fraction(self._chosen().points))

    def possible(self) -> Fraction:
        points = (Fraction(option.points) for option in self.question.offered if not option.na)
        return max((Fraction(0), *points))

    def _chosen(self) -> tree.Option:
        return next(option for option in self.question.options if option.key == self.value)


class SeveralChoices(Reader[tree.SeveralChoices]):
    """The sum of the chosen options' points. None chosen is blank; one that means N/A makes all of it N/A."""

    names = True

    def refuse(self) -> None:
        if not isinstance(self.value, tuple):
            raise self._invalid("answer_not_a_list")
        known = {option.key for option in self.question.offered}
        for place, key in enumerate(self.value):
            if key not in known:
                raise self._invalid("answer_unknown_option")
            if key in self.value[:place]:
                raise self._invalid("answer_chosen_twice")

    def broken(self) -> Invalid | None:
        least, most = self.question.min_choices, self.question.max_choices
        count = len(self._chosen())
        if not count or self.is_not_applicable():
            return None
        if count < least:
            return self._invalid("answer_too_few_chosen", least=least, count=count)
        if most is not None and count > most:
            return self._invalid("answer_too_many_chosen", most=most, count=count)
        return None

    def is_blank(self) -> bool:
        return not self._chosen()

    def words(self) -> tuple[str, ...]:
        return tuple(option.key for option in self._chosen())

    def is_not_applicable(self) -> bool:
        return any(option.na for option in self._chosen())

    def is_failing(self) -> bool:
        return any(option.failing for option in self._chosen())

    def earned(self) -> Fraction:
        return max(Fraction(0), sum((Fraction(option.points) for option in self._chosen()), Fraction(0)))

    def possible(self) -> Fraction:
        counting = (option for option in self.question.offered if not option.na)
        return sum((max(Fraction(0), Fraction(option.points)) for option in counting), Fraction(0))

    def _chosen(self) -> tuple[tree.Option, ...]:
        """The chosen options, in the order in which they are offered."""
        keys = self.value if isinstance(self.value, tuple) else ()
        return tuple(option for option in self.question.options if option.key in keys)


class Rating(Reader[tree.Rating]):
    """Points in proportion to the place on the scale, from either end."""

    names = True

    def refuse(self) -> None:
        lo, hi = self.question.lo, self.question.hi
        if not isinstance(self.value, int) or not lo <= self.value <= hi:
            raise self._invalid("answer_not_on_scale", lo=lo, hi=hi)

    def earned(self) -> Fraction:
        lo, hi, value = self.question.lo, self.question.hi, cast(int, self.value)
        steps = value - lo if self.question.favourable == "high" else hi - value
        return self.possible() * Fraction(steps, hi - lo)

    def possible(self) -> Fraction:
        return Fraction(self.question.points)
