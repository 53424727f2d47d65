"""The expressions of XLSForm that a checklist understands, as a tree; everything else is refused by name.

They are comparisons of `${question}`, `.`, texts and numbers, joined by `and`, `or` and `not()`, and the functions
`selected()`, `count-selected()` and `regex()`. Nothing is ever evaluated: a tree is turned into a condition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 4_000
DEEPEST = 20
FUNCTIONS = frozenset({"selected", "count-selected", "regex", "not", "true", "false"})
TOKEN = re.compile(
    r"\s*(?:(?P<name>\$\{\s*[^\s{}]{1,200}\s*\})"
    r"|(?P<number>-?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30}))"
    r"|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<sign>!=|<=|>=|=|<|>|\(|\)|,)"
    r"|(?P<dot>\.(?![\w./]))"
    r"|(?P<word>[A-Za-z][\w:-]*))"
)
CURLY = str.maketrans(
    {"\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{RIGHT SINGLE QUOTATION MARK}": "'"}
    | dict.fromkeys("\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}", '"')
)
"""Quotation marks as word processors write them."""
COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


class NotUnderstood(Exception):
    """Why an expression is refused, as a code with values."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Ref:
    """The answer to another question."""

    name: str


@dataclass(frozen=True, slots=True)
class Self:
    """The answer to the question itself."""


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Figure:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    sign: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Joined:
    """Several joined by one word: `and` or `or`."""

    word: str
    parts: tuple[Tree, ...]


Tree = Ref | Self | Text | Figure | Call | Comparison | Joined


def parse(text: str) -> Tree:
    """The tree of an expression, or `NotUnderstood`."""
    if len(text) > LONGEST:
        raise NotUnderstood("expression_too_long")
    return _Reading(text.translate(CURLY)).whole()


class _Reading:
    """An expression read from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._kind = ""
        self._token = ""
        self._advance()

    def whole(self) -> Tree:
        tree = self._either(0)
        if self._kind:
            raise self._unexpected()
        return tree

    def _either(self, depth: int) -> Tree:
        if depth > DEEPEST:
            raise NotUnderstood("expression_too_deep")
        parts = [self._all(depth)]
        while self._took("word", "or"):
            parts.append(self._all(depth))
        return parts[0] if len(parts) == 1 else Joined("or", tuple(parts))

    def _all(self, depth: int) -> Tree:
        parts = [self._compared(depth)]
        while self._took("word", "and"):
            parts.append(self._compared(depth))
        return parts[0] if len(parts) == 1 else Joined("and", tuple(parts))

    def _compared(self, depth: int) -> Tree:
        left = self._value(depth)
        if self._kind == "sign" and self._token in COMPARISONS:
            sign = self._token
            self._advance()
            return Comparison(sign, left, self._value(depth))
        return left

    def _value(self, depth: int) -> Tree:
        kind, token = self._kind, self._token
        if kind == "name":
            self._advance()
            return Ref(token[2:-1].strip())
        if kind == "number":
            self._advance()
            return Figure(Decimal(token))
        if kind == "text":
            self._advance()
            return Text(token[1:-1])
        if kind == "dot":
            self._advance()
            return Self()
        if self._took("sign", "("):
            inner = self._either(depth + 1)
            self._demand(")")
            return inner
        if kind == "word":
            return self._call(depth)
        raise self._unexpected()

    def _call(self, depth: int) -> Tree:
        function = self._token
        if function not in FUNCTIONS:
            raise NotUnderstood("expression_unknown_function", function=function)
        self._advance()
        self._demand("(")
        arguments: list[Tree] = []
        if not self._took("sign", ")"):
            arguments.append(self._either(depth + 1))
            while self._took("sign", ","):
                arguments.append(self._either(depth + 1))
            self._demand(")")
        return Call(function, tuple(arguments))

    def _advance(self) -> None:
        if not self._text[self._place :].strip():
            self._kind = self._token = ""
            return
        found = TOKEN.match(self._text, self._place)
        if found is None:
            raise NotUnderstood("expression_unreadable", part=self._text[self._place :].strip()[:30])
        self._place = found.end()
        self._kind = str(found.lastgroup)
        self._token = found[self._kind]

    def _took(self, kind: str, token: str) -> bool:
        if self._kind != kind or self._token != token:
            return False
        self._advance()
        return True

    def _demand(self, sign: str) -> None:
        if not self._took("sign", sign):
            raise self._unexpected()

    def _unexpected(self) -> NotUnderstood:
        if not self._kind:
            return NotUnderstood("expression_ends_early")
        return NotUnderstood("expression_unreadable", part=self._token[:30])
