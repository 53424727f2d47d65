"""Orders: what one step moved in the journey, moved again on what others made of the journey since.

Pure. An order is the touchpoints' keys, each with its questions' keys.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from evaluations.designing.comparing import fewest_moves
from evaluations.errors import Conflict

Order = Mapping[str, Sequence[str]]


class Overtaken(Conflict):
    """Somebody else has changed since what the step did: the settings (no key), a touchpoint or a question."""

    def __init__(self, *, touchpoint: str | None = None, question: str | None = None) -> None:
        super().__init__("step_overtaken")
        self.touchpoint = touchpoint
        self.question = question


def rearranged(now: Order, before: Order, after: Order, asked: Collection[str]) -> dict[str, list[str]]:
    """`now` with what a step moved, added and removed between `before` and `after`.

    `asked` are the questions that there are afterwards. Refused as `Overtaken` where somebody else moved the same
    thing since, or took away where it belongs.
    """
    travelling = _travelling(before, after)
    _refuse_what_went_elsewhere(now, before, after, travelling)
    _refuse_what_is_filled(now, before, after, asked)
    order = {}
    for key in _reordered(list(now), list(before), list(after)):
        staying = [one for one in now.get(key, ()) if one not in travelling and one in asked]
        order[key] = _inserted(staying, [one for one in after.get(key, ()) if one in asked], travelling)
    for key in travelling & frozenset(asked):
        home = _home(after, key)
        if home not in order:
            raise Overtaken(touchpoint=home)
    return order


def moved(before: Order, after: Order) -> tuple[list[str], list[str]]:
    """The touchpoints and the questions that stand elsewhere in `after`, in its order, without what is new."""
    shifted, known = fewest_moves(list(before), list(after)), _questions(before)
    travelling = _travelling(before, after)
    return (
        [key for key in after if key in shifted],
        [key for keys in after.values() for key in keys if key in travelling and key in known],
    )


def _travelling(before: Order, after: Order) -> frozenset[str]:
    """The questions that were added, or that stand elsewhere afterwards."""
    found: set[str] = set()
    for home, keys in after.items():
        old = list(before.get(home, ()))
        found.update(key for key in keys if key not in old)
        found.update(fewest_moves(old, list(keys)))
    return frozenset(found)


def _refuse_what_went_elsewhere(now: Order, before: Order, after: Order, travelling: Iterable[str]) -> None:
    """Refuse to move or remove what does not stand any more where the step left it."""
    gone = _questions(before) - _questions(after)
    for key in sorted(gone):
        if _home(now, key) not in {None, _home(before, key)}:
            raise Overtaken(question=key)
    for key in sorted(travelling):
        here, from_there = _home(now, key), _home(before, key)
        if from_there is None:
            continue  # it is put back
        if here != from_there or key in _moved_within(now, before, here):
            raise Overtaken(question=key)


def _refuse_what_is_filled(now: Order, before: Order, after: Order, asked: Collection[str]) -> None:
    """Refuse to remove a touchpoint in which somebody asks something since."""
    for key in before:
        if key not in after and any(one in asked for one in now.get(key, ())):
            raise Overtaken(touchpoint=key)


def _questions(order: Order) -> frozenset[str]:
    return frozenset(key for keys in order.values() for key in keys)


def _home(order: Order, key: str) -> str | None:
    return next((home for home, keys in order.items() if key in keys), None)


def _moved_within(now: Order, before: Order, home: str) -> frozenset[str]:
    return _moved_since(list(before[home]), list(now[home]))


def _moved_since(before: list[str], now: list[str]) -> frozenset[str]:
    """What may have been moved: of two that changed places it can be either."""
    common = set(before) & set(now)
    old, new = ([key for key in keys if key in common] for keys in (before, now))
    return fewest_moves(old, new) | fewest_moves(old[::-1], new[::-1])


def _reordered(now: list[str], before: list[str], after: list[str]) -> list[str]:
    """The touchpoints without what is gone afterwards, and with what is new or moved at its place."""
    added = set(after) - set(before)
    shifted = fewest_moves(before, after)
    clash = {key for key in shifted if key not in now} | (shifted & _moved_since(before, now))
    if clash:
        raise Overtaken(touchpoint=min(clash))
    travelling = shifted | added
    gone = set(before) - set(after)
    return _inserted([key for key in now if key not in travelling and key not in gone], after, travelling)


def _inserted(staying: list[str], after: Sequence[str], travelling: Collection[str]) -> list[str]:
    """`staying` with those of `after` that travel, each behind the one that it stands behind there."""
    order = list(staying)
    for place, key in enumerate(after):
        if key not in travelling:
            continue
        ahead = next((one for one in reversed(after[:place]) if one in order), None)
        behind = next((one for one in after[place + 1 :] if one in order), None)
        if ahead is not None:
            order.insert(order.index(ahead) + 1, key)
        elif behind is not None:
            order.insert(order.index(behind), key)
        else:
            order.append(key)
    return order
