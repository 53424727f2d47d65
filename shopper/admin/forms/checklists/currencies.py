"""The currencies to choose from: those in use somewhere today, by their names."""

from __future__ import annotations

from functools import cache

from babel.core import get_global
from babel.numbers import get_currency_name
from wtforms.fields.choices import SelectChoice

from shopper.filters import locale


def currencies(present: str | None = None) -> list[SelectChoice]:
    """Every currency in use, by name in the reader's language; and `present`, the one that is set already."""
    names = _in_use(locale())
    more = () if present is None or any(code == present for code, _name in names) else ((present, present),)
    return [SelectChoice(code, f"{name} ({code})") for code, name in (*names, *more)]


@cache
def _in_use(spoken: str) -> tuple[tuple[str, str], ...]:
    used = {
        code
        for of_territory in get_global("territory_currencies").values()
        for code, _begin, end, is_tender in of_territory
        if end is None and is_tender
    }
    named = ((code, get_currency_name(code, locale=spoken)) for code in used)
    return tuple(sorted(named, key=lambda each: each[1].casefold()))
