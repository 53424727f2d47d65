"""Patches: what one step did to a document, to be taken back or done again on what others made of it since.

Pure. A patch holds only what the step touched: fields of the settings, of touchpoints and of questions before and
after, and the order where that changed. Applied to a document that somebody else has changed in other places it keeps
both; in the same place it is refused as `Overtaken`, which names the place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from evaluations.designing.comparing import Difference, Sort
from evaluations.designing.drafting import PHASES, made
from evaluations.designing.merging import merged
from evaluations.designing.orders import Order, Overtaken, moved, rearranged
from evaluations.document.canonical import canonical_json
from evaluations.document.tree import AnyQuestion, Document, Part, Touchpoint
from evaluations.errors import Invalid

QUESTION: TypeAdapter[AnyQuestion] = TypeAdapter(AnyQuestion)


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing before and after; None where it was not there."""

    before: Any
    after: Any

    @property
    def back(self) -> Turn:
        """The same the other way round."""
        return Turn(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Patch:
    """Everything that one step changed."""

    settings: Turn | None
    touchpoints: Mapping[str, Turn]
    questions: Mapping[str, Turn]
    order: Turn | None
    homes: Mapping[str, str]
    """The touchpoint of each of the questions."""

    @property
    def changes(self) -> tuple[Difference, ...]:
        """What it does, as differences."""
        return tuple(self._changes())

    def _changes(self) -> Iterator[Difference]:
        if self.settings:
            yield Difference(Sort.CHANGED, fields=_names_that_differ(self.settings))
        for key, turn in self.touchpoints.items():
            yield Difference(_sort(turn), key, fields=_names_that_differ(turn))
        for key, turn in self.questions.items():
            yield Difference(_sort(turn), self.homes[key], key, _names_that_differ(turn))
        if self.order:
            stops, asked = moved(self.order.before, self.order.after)
            yield from (Difference(Sort.MOVED, key) for key in stops)
            for home, keys in self.order.after.items():
                yield from (Difference(Sort.MOVED, home, key) for key in keys if key in asked)

    @property
    def back(self) -> Patch:
        """The patch that takes this one back."""
        return Patch(
            self.settings and self.settings.back,
            {key: turn.back for key, turn in self.touchpoints.items()},
            {key: turn.back for key, turn in self.questions.items()},
            self.order and self.order.back,
            self.homes,
        )

    @property
    def is_empty(self) -> bool:
        """Whether it changes nothing."""
        return not (self.settings or self.touchpoints or self.questions or self.order)


def between(before: Document, after: Document) -> Patch:
    """What has to be done to `before` to make it `after`."""
    settings = Turn(_bare(before), _bare(after))
    orders = Turn(_order(before), _order(after))
    questions = _turns(_asked(before), _asked(after))
    homes = {
        key: home for order in (orders.before, orders.after) for home, keys in order.items() for key in keys
    }
    return Patch(
        settings if settings.before != settings.after else None,
        _turns(_stops(before), _stops(after)),
        questions,
        orders if _listed(orders.before) != _listed(orders.after) else None,
        {key: homes[key] for key in questions},
    )


def joined(one: Patch, other: Patch) -> Patch:
    """Two steps at the same single thing as one; empty where the second took the first back."""
    settings = one.settings and other.settings and Turn(one.settings.before, other.settings.after)
    return Patch(
        settings if settings and settings.before != settings.after else None,
        _chained(one.touchpoints, other.touchpoints),
        _chained(one.questions, other.questions),
        None,
        other.homes,
    )


def place_of(patch: Patch) -> frozenset[tuple[str, str, str]] | None:
    """The fields of the one thing that `patch` changes: (kind of thing, key, field); None where it does more."""
    turns = [
        *([("settings", "", patch.settings)] if patch.settings else []),
        *(("touchpoint", key, turn) for key, turn in patch.touchpoints.items()),
        *(("question", key, turn) for key, turn in patch.questions.items()),
    ]
    if patch.order or len(turns) != 1:
        return None
    [(sort, key, turn)] = turns
    if turn.before is None or turn.after is None:
        return None
    return frozenset((sort, key, name) for name in _spots_that_differ(turn))


def applied(document: Document, patch: Patch) -> Document:
    """`document` with what `patch` does, beside what others did elsewhere; `Overtaken` where both changed one place."""
    bare = _bare(document)
    if patch.settings:
        bare = _merged(bare, patch.settings, {})
    stops = _put_all(_stops(document), patch.touchpoints, "touchpoint")
    asked = _put_all(_asked(document), patch.questions, "question")
    order: Order = _order(document)
    if patch.order:
        order = rearranged(order, patch.order.before, patch.order.after, asked)
    _refuse_lost_homes(order, stops)
    touchpoints = [
        made(Touchpoint, **(_fields(stops[key]) | {"questions": tuple(asked[one] for one in keys)}))
        for key, keys in order.items()
    ]
    touchpoints.sort(key=lambda touchpoint: PHASES.index(touchpoint.phase))
    return made(Document, **(_fields(bare) | {"touchpoints": tuple(touchpoints)}))


def _refuse_lost_homes(order: Order, stops: Mapping[str, Touchpoint]) -> None:
    lost = next((key for key in order if key not in stops), None)
    if lost is not None:
        raise Overtaken(touchpoint=lost)


def write(patch: Patch) -> str:
    """A patch as JSON text, to be stored."""
    plain: Any = {
        "settings": patch.settings and _plain_turn(patch.settings),
        "touchpoints": {key: _plain_turn(turn) for key, turn in patch.touchpoints.items()},
        "questions": {key: _plain_turn(turn) for key, turn in patch.questions.items()},
        "order": patch.order and [_listed(patch.order.before), _listed(patch.order.after)],
        "homes": dict(patch.homes),
    }
    return canonical_json(plain)


def read(text: str) -> Patch:
    """The patch that `text` holds."""
    plain = json.loads(text)
    return Patch(
        plain["settings"]
        and Turn(*(Document.model_validate_json(json.dumps(one)) for one in plain["settings"])),
        {key: _turn_of(turn, TypeAdapter(Touchpoint)) for key, turn in plain["touchpoints"].items()},
        {key: _turn_of(turn, QUESTION) for key, turn in plain["questions"].items()},
        plain["order"] and Turn(*(dict(order) for order in plain["order"])),
        plain["homes"],
    )


def _bare(document: Document) -> Document:
    return document.model_copy(update={"touchpoints": ()})


def _stops(document: Document) -> dict[str, Touchpoint]:
    return {each.key: each.model_copy(update={"questions": ()}) for each in document.touchpoints}


def _asked(document: Document) -> dict[str, AnyQuestion]:
    return {question.key: question for question in document.questions()}


def _order(document: Document) -> dict[str, list[str]]:
    return {each.key: [question.key for question in each.questions] for each in document.touchpoints}


def _listed(order: Order) -> list[list[Any]]:
    return [[key, list(keys)] for key, keys in order.items()]


def _fields(part: Part) -> dict[str, Any]:
    return {name: getattr(part, name) for name in type(part).model_fields}


def _turns(before: Mapping[str, Part], after: Mapping[str, Part]) -> dict[str, Turn]:
    turns = {key: Turn(before.get(key), after.get(key)) for key in dict.fromkeys((*before, *after))}
    return {key: turn for key, turn in turns.items() if turn.before != turn.after}


def _chained(one: Mapping[str, Turn], other: Mapping[str, Turn]) -> dict[str, Turn]:
    turns = {key: Turn(turn.before, other[key].after) for key, turn in one.items()}
    return {key: turn for key, turn in turns.items() if turn.before != turn.after}


def _sort(turn: Turn) -> Sort:
    if turn.before is None:
        return Sort.ADDED
    return Sort.REMOVED if turn.after is None else Sort.CHANGED


def _names_that_differ(turn: Turn) -> tuple[str, ...]:
    if turn.before is None or turn.after is None:
        return ()
    before = _fields(turn.before)
    return tuple(name for name, value in _fields(turn.after).items() if value != before.get(name))


def _spots_that_differ(turn: Turn) -> Iterator[str]:
    before, after = _fields(turn.before), _fields(turn.after)
    for name, value in after.items():
        old = before.get(name)
        if value == old:
            continue
        if isinstance(value, dict) and isinstance(old, dict):
            yield from (
                f"{name}-{language}"
                for language in sorted({*value, *old})
                if value.get(language) != old.get(language)
            )
        else:
            yield name


def _put_all(now: Mapping[str, Any], turns: Mapping[str, Turn], sort: str) -> dict[str, Any]:
    after = dict(now)
    for key, turn in turns.items():
        part = _put(after.pop(key, None), turn, {sort: key})
        if part is not None:
            after[key] = part
    return after


def _put(now: Any, turn: Turn, thing: Mapping[str, str]) -> Any:
    """What becomes of one thing that stands so `now`."""
    if now == turn.after:
        return now
    if now is None or turn.before is None or turn.after is None:
        if now != turn.before:
            raise Overtaken(**thing)
        return turn.after
    return _merged(now, turn, thing)


def _merged(now: Any, turn: Turn, thing: Mapping[str, str]) -> Any:
    if type(now) is not type(turn.after):
        raise Overtaken(**thing)
    both = merged(_fields(turn.before), _fields(turn.after), _fields(now))
    if both.clashes:
        raise Overtaken(**thing)
    try:
        return made(type(turn.after), **both.fields)
    except Invalid:
        raise Overtaken(**thing) from None


def _plain_turn(turn: Turn) -> list[Any]:
    return [None if part is None else part.model_dump(mode="json") for part in (turn.before, turn.after)]


def _turn_of(plain: Sequence[Any], reader: TypeAdapter[Any]) -> Turn:
    return Turn(*(None if one is None else reader.validate_json(json.dumps(one)) for one in plain))
