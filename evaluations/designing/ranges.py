"""Ranges that options write in words: whether they overlap, and whether they leave something out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise

from evaluations.designing.vocabulary import OPEN, Ranges, vocabulary
from evaluations.document.tree import Language, SingleChoice

Found = tuple[str, dict[str, int]]
"""The code of what is wrong, and the places of the options, counted from 1."""


@dataclass(frozen=True, slots=True)
class _End:
    at: Fraction
    unit: str
    decimals: int
    within: bool
    """Whether it belongs to the range itself."""


@dataclass(frozen=True, slots=True)
class _Range:
    place: int
    low: _End | None
    high: _End | None

    @property
    def ends(self) -> tuple[_End, ...]:
        return tuple(end for end in (self.low, self.high) if end is not None)


def of_ranges(question: SingleChoice, language: Language) -> Iterator[Found]:
    """What is wrong with the ranges among the options of `question`, as they read in one language."""
    known = vocabulary(language).ranges
    texts = [
        (place, option)
        for place, option in enumerate(question.options, 1)
        if not (option.na or option.retired)
    ]
    read = [_read(option.text.get(language, ""), place, known) for place, option in texts]
    found = [one for one in read if one is not None]
    if len(found) < 2 or (scaled := _in_one_unit(found, known)) is None:
        return
    ranges, step = scaled
    overlapping = next((pair for pair in combinations(ranges, 2) if _overlap(*pair)), None)
    if overlapping is not None:
        yield "options_overlap", {"first": overlapping[0].place, "place": overlapping[1].place}
    elif len(found) == len(texts):
        yield from _gaps(ranges, step)


def _read(text: str, place: int, known: Ranges) -> _Range | None:
    """The range that an option writes, where its whole text is one."""
    text = " ".join(text.lower().rstrip(".").split())
    if known.none.fullmatch(text):
        nothing = _End(Fraction(0), "", 0, within=True)
        return _Range(place, nothing, nothing)
    for form in known.whole:
        if match := form.fullmatch(text):
            told = match.groupdict()
            return _Range(place, _end(told, "a"), _end(told, "b"))
    return None


def _end(told: dict[str, str | None], name: str) -> _End | None:
    for within, group in ((True, name), (False, f"{OPEN}{name}")):
        if figure := told.get(group):
            figure = figure.replace(",", ".")
            decimals = len(figure.partition(".")[2])
            return _End(Fraction(figure), told.get(f"{group}_unit") or "", decimals, within)
    return None


def _in_one_unit(found: Sequence[_Range], known: Ranges) -> tuple[list[_Range], Fraction] | None:
    """The ranges in one unit, and the step from one figure to the next; None where their units do not compare."""
    units = {end.unit for one in found for end in one.ends if end.unit}
    if not units <= known.seconds.keys() and len({unit.removesuffix("s") for unit in units}) > 1:
        return None
    sizes = {known.seconds.get(unit, 1) for unit in units} or {1}
    if len(sizes) > 1 and any(end.at for one in found if not _unit_of(one) for end in one.ends):
        return None
    decimals = max(end.decimals for one in found for end in one.ends)
    scaled = [_scaled(one, known.seconds.get(_unit_of(one), min(sizes)), known) for one in found]
    return scaled, Fraction(min(sizes), 10**decimals)


def _unit_of(one: _Range) -> str:
    """The unit that one end of a range lends to the other: "2 to 5 minutes"."""
    return next((end.unit for end in one.ends if end.unit), "")


def _scaled(one: _Range, usual: int, known: Ranges) -> _Range:
    low, high = (
        None if end is None else replace(end, at=end.at * known.seconds.get(end.unit, usual))
        for end in (one.low, one.high)
    )
    return _Range(one.place, low, high)


def _overlap(one: _Range, other: _Range) -> bool:
    return not _is_below(one, other) and not _is_below(other, one)


def _is_below(one: _Range, other: _Range) -> bool:
    """Whether everything in `one` lies below everything in `other`."""
    if one.high is None or other.low is None:
        return False
    if one.high.at == other.low.at:
        return not (one.high.within and other.low.within)
    return one.high.at < other.low.at


def _gaps(ranges: Sequence[_Range], step: Fraction) -> Iterator[Found]:
    ordered = sorted(ranges, key=lambda one: (one.low is not None, one.low.at if one.low else 0))
    for one, after in pairwise(ordered):
        if one.high is None or after.low is None:
            continue
        last = one.high.at if one.high.within else one.high.at - step
        first = after.low.at if after.low.within else after.low.at + step
        if first - last > step:
            yield "options_gap", {"first": one.place, "place": after.place}
            return
