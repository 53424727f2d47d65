"""Comparing: what differs between two documents, touchpoint by touchpoint and question by question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evaluations.document.tree import AnyQuestion, Document, Touchpoint


class Sort(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs: the settings (no key), a touchpoint, or a question."""

    sort: Sort
    touchpoint: str | None = None
    question: str | None = None
    fields: tuple[str, ...] = ()
    """What changed in it, by the names of the document's fields."""

    def as_json(self) -> dict[str, str | list[str]]:
        """The difference for the audit trail."""
        found: dict[str, str | list[str]] = {"sort": self.sort.value}
        if self.touchpoint:
            found["touchpoint"] = self.touchpoint
        if self.question:
            found["question"] = self.question
        if self.fields:
            found["fields"] = list(self.fields)
        return found


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """What was done to `before` to make it `after`, in the order of `after`."""
    return (*_settings(before, after), *_touchpoints(before, after), *_questions(before, after))


def _settings(before: Document, after: Document) -> Iterator[Difference]:
    names = _fields_that_differ(before, after, without="touchpoints")
    if names:
        yield Difference(Sort.CHANGED, fields=names)


def _touchpoints(before: Document, after: Document) -> Iterator[Difference]:
    old = {touchpoint.key: touchpoint for touchpoint in before.touchpoints}
    new = {touchpoint.key: touchpoint for touchpoint in after.touchpoints}
    moved = fewest_moves(list(old), list(new))
    for key, touchpoint in new.items():
        if key not in old:
            yield Difference(Sort.ADDED, key)
            continue
        names = _fields_that_differ(old[key], touchpoint, without="questions")
        if names:
            yield Difference(Sort.CHANGED, key, fields=names)
        if key in moved:
            yield Difference(Sort.MOVED, key)
    for key in old:
        if key not in new:
            yield Difference(Sort.REMOVED, key)


def _questions(before: Document, after: Document) -> Iterator[Difference]:
    old, new = _by_key(before), _by_key(after)
    moved = fewest_moves(list(old), list(new))
    for key, (home, question) in new.items():
        if key not in old:
            yield Difference(Sort.ADDED, home, key)
            continue
        old_home, old_question = old[key]
        names = _fields_that_differ(old_question, question)
        if names:
            yield Difference(Sort.CHANGED, home, key, names)
        if old_home != home or (key in moved and not _home_moved(before, after, home)):
            yield Difference(Sort.MOVED, home, key)
    for key, (home, _question) in old.items():
        if key not in new:
            yield Difference(Sort.REMOVED, home, key)


def _by_key(document: Document) -> Mapping[str, tuple[str, AnyQuestion]]:
    return {
        question.key: (touchpoint.key, question)
        for touchpoint in document.touchpoints
        for question in touchpoint.questions
    }


def _home_moved(before: Document, after: Document, home: str) -> bool:
    """Whether the questions of `home` stand in the same order as before: then only the touchpoint moved."""
    return _order(before.touchpoints, home) == _order(after.touchpoints, home)


def _order(touchpoints: Iterable[Touchpoint], home: str) -> list[str]:
    return [q.key for touchpoint in touchpoints if touchpoint.key == home for q in touchpoint.questions]


def fewest_moves(old: Sequence[str], new: Sequence[str]) -> frozenset[str]:
    """The fewest keys that one would have to move to turn the old order into the new one."""
    places = {key: place for place, key in enumerate(old)}
    common = [key for key in new if key in places]
    return frozenset(common) - frozenset(_longest_rising(common, places))


def _longest_rising(keys: Sequence[str], places: Mapping[str, int]) -> list[str]:
    best: list[list[str]] = []
    for key in keys:
        before = [chain for chain in best if places[chain[-1]] < places[key]]
        best.append([*max(before, key=len, default=[]), key])
    return max(best, key=len, default=[])


def _fields_that_differ(
    before: Document | Touchpoint | AnyQuestion, after: object, *, without: str = ""
) -> tuple[str, ...]:
    names = (name for name in type(after).model_fields if name not in {without, "origin"})  # type: ignore[attr-defined]
    return tuple(name for name in names if getattr(before, name, None) != getattr(after, name))
