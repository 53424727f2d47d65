r"""Patterns for short texts: a part of regular expressions that phone and server understand alike.

The whole text must match. Allowed are characters, `.`, `\d`, `\w` and their opposites, classes as in
`[A-Z0-9-]`, groups, `|`, and the repetitions `?`, `*`, `+`, `{2}`, `{2,}`, `{2,4}`. Left out is what means
different things in Python and JavaScript, and what can take for ever: back-references, look-arounds, and
repetitions within repetitions. Between them, a pattern may not leave open more ways to match than
`MOST_WAYS`, so that trying them all stays short even on a hostile text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

LONGEST = 200
LONGEST_REPETITION = 200
MOST_WAYS = 10_000_000
DEEPEST = 10

SPECIAL = frozenset("^$\\.*+?()[]{}|/")
ANY_CHARACTER = "[^\\n\\r\\u2028\\u2029]"
SETS = {"d": "0-9", "D": "0-9", "w": "A-Za-z0-9_", "W": "A-Za-z0-9_"}
REPETITION = re.compile(r"\{([0-9]{1,3})(,([0-9]{1,3})?)?\}|[?*+]")


class Unsafe(ValueError):
    """Why a pattern is not allowed, as a code."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a pattern in Python's words, with the number of ways in which it can match."""

    source: str
    ways: int


def flaw(pattern: str, *, longest: int = LONGEST) -> str | None:
    """Why `pattern` is not allowed for texts of up to `longest` characters, as a code; None if it is.

    The codes: `pattern_too_long`, `pattern_not_allowed` (a sign that is not understood, or nothing where
    something must be), `pattern_not_closed`, `pattern_repeats_repetition`, `pattern_too_open`.
    """
    if len(pattern) > LONGEST:
        return "pattern_too_long"
    try:
        _Reading(pattern, longest).whole()
    except Unsafe as error:
        return str(error)
    return None


def matches(pattern: str, text: str) -> bool:
    """Whether the whole of `text` is as `pattern`, which has no flaw, says."""
    return _compiled(pattern).fullmatch(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_Reading(pattern, 1).source())


class _Reading:
    """A pattern read from left to right."""

    def __init__(self, pattern: str, longest: int) -> None:
        self._left = pattern.removeprefix("^")  # a text must match as a whole in any case
        self._longest = longest
        self._limited = True

    def whole(self) -> _Piece:
        """All of it, or `Unsafe`."""
        piece = self._alternatives(depth=0)
        if self._left:
            raise Unsafe("pattern_not_closed")
        return piece

    def source(self) -> str:
        """The same in Python's words, without asking again how many ways there are."""
        self._limited = False
        return self.whole().source

    def _alternatives(self, depth: int) -> _Piece:
        if depth > DEEPEST:
            raise Unsafe("pattern_not_allowed")
        branches = [self._sequence(depth)]
        while self._took("|"):
            branches.append(self._sequence(depth))
        return self._piece("|".join(one.source for one in branches), sum(one.ways for one in branches))

    def _sequence(self, depth: int) -> _Piece:
        sources, ways = [], 1
        while self._left and self._left[0] not in "|)":
            part = self._repeated(self._atom(depth))
            sources.append(part.source)
            ways *= part.ways
        return self._piece("".join(sources), ways)

    def _repeated(self, atom: _Piece) -> _Piece:
        found = REPETITION.match(self._left)
        if not found:
            return atom
        self._left = self._left[found.end() :]
        if REPETITION.match(self._left):
            raise Unsafe("pattern_repeats_repetition")
        fewest, most = _bounds(found)
        if most is None and atom.ways > 1:
            raise Unsafe("pattern_repeats_repetition")
        if (most is not None and (most > LONGEST_REPETITION or fewest > most)) or fewest > LONGEST_REPETITION:
            raise Unsafe("pattern_not_allowed")
        each = self._longest if most is None else min(most, self._longest) - min(fewest, self._longest) + 1
        ways = max(each, 1) * (1 if most is None else min(atom.ways, MOST_WAYS) ** most)
        return self._piece(atom.source + found[0], ways)

    def _atom(self, depth: int) -> _Piece:
        first, self._left = self._left[0], self._left[1:]
        if first == "(":
            return self._group(depth)
        if first == "$" and not self._left:
            return _Piece("", 1)
        if first == "[":
            return _Piece(self._class(), 1)
        if first == ".":
            return _Piece(ANY_CHARACTER, 1)
        if first == "\\":
            return _Piece(self._escaped(), 1)
        if first in SPECIAL - {"/"} or not first.isprintable():
            raise Unsafe("pattern_not_allowed")
        return _Piece(re.escape(first), 1)

    def _group(self, depth: int) -> _Piece:
        if self._left.startswith("?"):
            if not self._left.startswith("?:"):
                raise Unsafe("pattern_not_allowed")
            self._left = self._left[2:]
        inner = self._alternatives(depth + 1)
        if not self._took(")"):
            raise Unsafe("pattern_not_closed")
        return _Piece(f"(?:{inner.source})", inner.ways)

    def _escaped(self) -> str:
        sign = self._next()
        if sign in SETS:
            return f"[{'^' if sign.isupper() else ''}{SETS[sign]}]"
        if sign not in SPECIAL:
            raise Unsafe("pattern_not_allowed")
        return re.escape(sign)

    def _class(self) -> str:
        opposite = "^" if self._took("^") else ""
        members: list[str] = []
        while not self._took("]"):
            low = self._member()
            if self._left.startswith("-") and not self._left.startswith("-]"):
                self._next()
                high = self._member()
                if len(low) > 1 or len(high) > 1 or low > high:
                    raise Unsafe("pattern_not_allowed")
                members.append(f"{re.escape(low)}-{re.escape(high)}")
            else:
                members.append(low if len(low) > 1 else _in_class(low))
        if not members:
            raise Unsafe("pattern_not_allowed")
        return f"[{opposite}{''.join(members)}]"

    def _member(self) -> str:
        """One character of a class, or the several that stand for `\\d` or `\\w`."""
        sign = self._next()
        if sign == "\\":
            sign = self._next()
            if sign in ("d", "w"):
                return SETS[sign]
            if sign not in SPECIAL | {"-"}:
                raise Unsafe("pattern_not_allowed")
        elif sign == "[" or not sign.isprintable():
            raise Unsafe("pattern_not_allowed")
        return sign

    def _next(self) -> str:
        if not self._left:
            raise Unsafe("pattern_not_closed")
        sign, self._left = self._left[0], self._left[1:]
        return sign

    def _took(self, sign: str) -> bool:
        if not self._left.startswith(sign):
            return False
        self._left = self._left[len(sign) :]
        return True

    def _piece(self, source: str, ways: int) -> _Piece:
        if self._limited and ways > MOST_WAYS:
            raise Unsafe("pattern_too_open")
        return _Piece(source, ways)


def _in_class(sign: str) -> str:
    return f"\\{sign}" if sign in "\\]^-[&~|" else sign


def _bounds(found: re.Match[str]) -> tuple[int, int | None]:
    if found[0] in ("?", "*", "+"):
        return (1 if found[0] == "+" else 0), (1 if found[0] == "?" else None)
    fewest = int(found[1])
    if found[2] is None:
        return fewest, fewest
    return fewest, (None if found[3] is None else int(found[3]))
