"""What can be answered to a question at all: words, figures, bands that are met, points that are earned."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction

from evaluations.document.kinds import KINDS
from evaluations.document.tree import (
    AnyQuestion,
    Duration,
    Measured,
    Money,
    Number,
    PointBand,
    Rating,
    SeveralChoices,
    SingleChoice,
    YesNo,
)
from evaluations.document.tree.measuring import LONGEST_DURATION

DECIMALS_OF_DURATION = 1


def words_for(question: AnyQuestion) -> frozenset[str]:
    """The answers that a rule on this question may name: yes and no, option keys, or rating values."""
    if isinstance(question, YesNo):
        return frozenset({"yes", "no"})
    if isinstance(question, SingleChoice | SeveralChoices):
        return frozenset(option.key for option in question.offered)
    if isinstance(question, Rating):
        return frozenset(str(value) for value in range(question.lo, question.hi + 1))
    return frozenset()


def unreachable_bands(question: Measured) -> Iterator[int]:
    """The places of the bands, counted from 1, in which no answer to `question` can fall."""
    least, _most = limits_of(question)
    below: Decimal | None = None
    for place, band in enumerate(question.bands, 1):
        if below is not None and band.up_to is not None and band.up_to <= below:
            return  # bands that do not ascend are a fault of their own
        first = least if below is None or (least is not None and least > below) else _next(below, question)
        if not _is_met(first, band, question):
            yield place
        below = band.up_to


def has_lost_points(question: AnyQuestion) -> bool:
    """Whether points stand on answers to `question` that cannot earn them."""
    if isinstance(question, Measured):
        met = set(range(1, len(question.bands) + 1)) - set(unreachable_bands(question))
        best = max((question.bands[place - 1].points for place in met), default=Decimal(0))
        return KINDS[question.kind](question).possible() > max(Fraction(0), Fraction(best))
    if not isinstance(question, SingleChoice | SeveralChoices):
        return False
    counting = [option.points for option in question.offered if not option.na]
    if any(option.points > 0 for option in question.offered if option.na):
        return True
    if any(counting) and not any(points > 0 for points in counting):
        return True
    if isinstance(question, SeveralChoices) and question.max_choices is not None:
        most = sorted((points for points in counting if points > 0), reverse=True)[: question.max_choices]
        return KINDS[question.kind](question).possible() > sum(map(Fraction, most), Fraction(0))
    return False


def limits_of(question: Measured) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest figure that can be answered, as far as there are any."""
    least, most = question.minimum, question.maximum
    if isinstance(question, Duration):
        least = max(least if least is not None else Decimal(0), Decimal(0))
        most = min(most if most is not None else LONGEST_DURATION, LONGEST_DURATION)
    step = step_of(question)
    if least is not None:
        least = (least / step).to_integral_value(ROUND_CEILING) * step
    if most is not None:
        most = (most / step).to_integral_value(ROUND_FLOOR) * step
    return least, most


def step_of(question: Measured) -> Decimal:
    """From one figure that can be answered to the next."""
    decimals = question.decimals if isinstance(question, Number | Money) else DECIMALS_OF_DURATION
    return Decimal(1).scaleb(-decimals)


def _next(figure: Decimal, question: Measured) -> Decimal:
    """The least figure above this one that can be answered."""
    step = step_of(question)
    return ((figure / step).to_integral_value(ROUND_FLOOR) + 1) * step


def _is_met(first: Decimal | None, band: PointBand, question: Measured) -> bool:
    """Whether an answer falls in the band that begins at `first`."""
    least, most = limits_of(question)
    if least is not None and most is not None and least > most:
        return True  # nothing can be answered at all: no matter of bands
    if first is None:
        return True
    return (band.up_to is None or first <= band.up_to) and (most is None or first <= most)
