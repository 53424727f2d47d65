"""Searching without regard to accents and case, alike on both databases.

Letters are taken apart into letter and marks, the marks go, and what is left loses its case. PostgreSQL has functions
for it, so that no extension is needed; SQLite is given the one below.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, and_, or_, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

MARKS = re.compile("[\u0300-\u036f]")
MOST_WORDS = 8
LONGEST = 100


def fold(text: str | None) -> str | None:
    """`text` without accents and capitals."""
    return None if text is None else MARKS.sub("", unicodedata.normalize("NFD", text).lower())


class folded(GenericFunction[str]):  # noqa: N801
    """A column's text without accents and capitals."""

    type = String()
    inherit_cache = True


@compiles(folded, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kwargs: Any) -> str:
    text = compiler.process(element.clauses, **kwargs)
    return f"regexp_replace(lower(normalize({text}, NFD)), '{MARKS.pattern}', '', 'g')"


def words_of(typed: str) -> list[str]:
    """The folded words of what somebody typed, the first few of them, without signs that nobody can see."""
    seen = "".join(sign for sign in typed[:LONGEST] if sign.isprintable() or sign.isspace())
    return (fold(seen) or "").split()[:MOST_WORDS]


def matching(typed: str, columns: Sequence[Any]) -> ColumnElement[bool]:
    """Whether every word that was typed stands somewhere in `columns`."""
    return and_(true(), *(or_(*(_holds(column, word) for column in columns)) for word in words_of(typed)))


def _holds(column: Any, word: str) -> ColumnElement[bool]:
    return folded(column).contains(word, autoescape=True)
