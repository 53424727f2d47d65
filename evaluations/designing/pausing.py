"""What gives pause in a question or a touchpoint because it would not measure: scales, ranges, points, ways out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from evaluations.designing.outline import possible_in
from evaluations.designing.problems import Problem, warning
from evaluations.designing.ranges import of_ranges
from evaluations.designing.reach import has_lost_points, unreachable_bands
from evaluations.designing.scales import has_no_ends, of_scale
from evaluations.designing.vocabulary import limits
from evaluations.document.tree import (
    AnyQuestion,
    Document,
    Effect,
    Instruction,
    Language,
    Measured,
    SingleChoice,
    Touchpoint,
)

Told = tuple[str, Mapping[str, Any]]
"""The code of a finding, and its values."""


def in_question(question: AnyQuestion, languages: Sequence[Language]) -> tuple[Told, ...]:
    """What gives pause in `question`, wherever it stands.

    Remembered by all that it says, since of a draft few questions change between two pages.
    """
    return _in_question(_Same(question), tuple(languages))


class _Same:
    """A question that equals another one which says the same."""

    def __init__(self, question: AnyQuestion) -> None:
        self.question = question
        self._text = question.model_dump_json()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


@lru_cache(maxsize=4096)
def _in_question(same: _Same, languages: tuple[Language, ...]) -> tuple[Told, ...]:
    return tuple(_found(same.question, languages))


def _found(question: AnyQuestion, languages: Sequence[Language]) -> Iterator[Told]:
    if question.explain_on and question.explain_min < limits().least_explanation:
        yield "explanation_without_minimum", {"least": limits().least_explanation}
    if has_no_ends(question):
        yield "rating_without_ends", {}
    for code in dict.fromkeys(code for each in languages for code in of_scale(question, each)):
        yield code, {}
    if isinstance(question, SingleChoice):
        yield from _in_ranges(question, languages)
    if isinstance(question, Measured):
        yield from (("band_unreachable", {"place": place}) for place in unreachable_bands(question))
    if has_lost_points(question):
        yield "points_out_of_reach", {}


def in_touchpoint(
    document: Document, touchpoint: Touchpoint, shares: Mapping[str, Fraction | None]
) -> Iterator[Problem]:
    """What gives pause in the points and the weight of `touchpoint`, beside those of the others."""
    is_weighted = document.scoring.total == "weights"
    if not possible_in(touchpoint):
        if not is_weighted and not _says_nothing_to_clients(touchpoint):
            yield warning("touchpoint_without_score", touchpoint.key)
        if touchpoint.target is not None:
            yield warning("target_without_score", touchpoint.key)
        for question in touchpoint.questions:
            if question.critical and question.critical.effect is not Effect.ZEROES_TOUCHPOINT:
                yield warning("critical_without_points", touchpoint.key, question.key)
        return
    share = shares.get(touchpoint.key)
    if share is not None and _hardly_counts(share, shares):
        yield warning("hardly_counts", touchpoint.key, percent=str(float(round(share * 100, 1))))


def _in_ranges(question: SingleChoice, languages: Sequence[Language]) -> Iterator[Told]:
    """What is wrong with its ranges in the first language in which something is."""
    for language in languages:
        if found := next(of_ranges(question, language), None):
            yield found
            return


def _says_nothing_to_clients(touchpoint: Touchpoint) -> bool:
    return all(question.internal or isinstance(question, Instruction) for question in touchpoint.questions)


def _hardly_counts(share: Fraction, shares: Mapping[str, Fraction | None]) -> bool:
    counted = sum(each is not None for each in shares.values())
    even = Fraction(1, counted)
    return share * 100 < limits().smallest_share_percent and share < even * limits().smallest_part_of_even
