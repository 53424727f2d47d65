"""How changes become what a register holds: pure, and blind to clocks, order of arrival and repetition.

A change supersedes those in its `base`. What nothing supersedes is a head. One head, or several alike: the
value. Several that differ: a conflict, whose provisional value is the head with the greatest (depth, SHA-256
of its id). A photo is there while any head attaches it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PHOTO = "photo:"


@dataclass(frozen=True, slots=True)
class Written:
    """One change as merging sees it: what it supersedes, and what it leaves (None: nothing)."""

    id: str
    base: tuple[str, ...]
    leaves: str | None


@dataclass(frozen=True, slots=True)
class Register:
    """What a register holds after a set of changes."""

    heads: tuple[str, ...]
    """Sorted ids of what nothing supersedes."""
    value: str | None
    in_conflict: bool
    depths: Mapping[str, int]
    """1 for a change without a known base, else one more than the deepest in its base."""


def fold(name: str, changes: Iterable[Written]) -> Register:
    """What the register called `name` holds after `changes`, all of them changes of this register."""
    known = {change.id: change for change in changes}
    bases = _untangled({own: known.keys() & change.base for own, change in known.items()})
    heads = sorted(known.keys() - set().union(*bases.values()))
    depths = _depths(bases)
    left = {known[head].leaves for head in heads}
    eligible = [head for head in heads if known[head].leaves is not None or not name.startswith(PHOTO)]
    first = max(eligible, key=lambda head: (depths[head], _tie(head)), default=None)
    return Register(tuple(heads), known[first].leaves if first else None, len(left) > 1, depths)


def _tie(head: str) -> bytes:
    return hashlib.sha256(head.encode()).digest()


Bases = dict[str, set[str]]


def _untangled(bases: Bases) -> Bases:
    """`bases` without rings, which no honest phone makes: within what forms rings, nothing supersedes.

    What has no base left, and then what nothing is based on, is peeled off until only the knot of rings remains.
    """
    knot = _peeled(_turned(_peeled(bases))).keys()
    return {own: below - knot if own in knot else below for own, below in bases.items()}


def _peeled(bases: Bases) -> Bases:
    """What remains of `bases` when, again and again, everything without a base is taken off."""
    left = {own: set(below) for own, below in bases.items()}
    above = _turned(bases)
    ends = [own for own, below in left.items() if not below]
    while ends:
        end = ends.pop()
        del left[end]
        for one in above[end]:
            left[one].discard(end)
            if not left[one]:
                ends.append(one)
    return left


def _turned(bases: Bases) -> Bases:
    """For each of `bases`, what is based on it."""
    turned: Bases = {own: set() for own in bases}
    for own, below in bases.items():
        for one in below:
            turned[one].add(own)
    return turned


def _depths(bases: Bases) -> dict[str, int]:
    """The depth of each change; `bases` holds no ring."""
    waiting = {own: len(below) for own, below in bases.items()}
    above = _turned(bases)
    depths = dict.fromkeys(bases, 1)
    ready = [own for own, count in waiting.items() if count == 0]
    while ready:
        own = ready.pop()
        for one in above[own]:
            depths[one] = max(depths[one], depths[own] + 1)
            waiting[one] -= 1
            if waiting[one] == 0:
                ready.append(one)
    return depths
