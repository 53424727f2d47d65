"""Merging: what two designers made of the same thing, field by field, from what both had before them.

Pure. A thing is given as its fields by name. A wording is taken language by language, so that one
designer may write the English while another writes the Spanish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Fields = Mapping[str, Any]
Spot = tuple[str, str | None]
"""A field by name, and of a wording one language."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A spot that both changed, each to something else."""

    field: str
    language: str | None
    mine: Any
    theirs: Any

    @property
    def name(self) -> str:
        """The spot as one word, for a form."""
        return f"{self.field}-{self.language}" if self.language else self.field


@dataclass(frozen=True, slots=True)
class Merged:
    """Both together; where they clash it holds mine until somebody chooses."""

    fields: dict[str, Any]
    clashes: tuple[Clash, ...] = ()
    taken: tuple[str, ...] = ()
    """The fields that changed only with them, and were taken over."""


def merged(base: Fields | None, mine: Fields, theirs: Fields) -> Merged:
    """`mine` and `theirs`, which both were `base` before; where that is not known, every difference clashes.

    Fields that `mine` does not name are theirs.
    """
    fields: dict[str, Any] = dict(theirs)
    clashes: list[Clash] = []
    taken: dict[str, None] = {}
    for spot in _spots(mine, theirs):
        own, other = _at(mine, spot), _at(theirs, spot)
        is_same = own == other
        if not is_same and base is not None and own == _at(base, spot):
            taken[spot[0]] = None
            continue
        _put(fields, spot, own)
        if not is_same and (base is None or other != _at(base, spot)):
            clashes.append(Clash(*spot, own, other))
    return Merged(fields, tuple(clashes), tuple(taken))


def _spots(mine: Fields, theirs: Fields) -> Iterator[Spot]:
    for name, value in mine.items():
        other = theirs.get(name)
        if isinstance(value, dict) and isinstance(other, dict):
            yield from ((name, language) for language in sorted({*value, *other}))
        else:
            yield name, None


def _at(fields: Fields, spot: Spot) -> Any:
    name, language = spot
    value = fields.get(name)
    if language is None:
        return value
    return value.get(language, "") if isinstance(value, dict) else ""


def _put(fields: dict[str, Any], spot: Spot, value: Any) -> None:
    name, language = spot
    if language is None:
        fields[name] = value
        return
    wording = {key: text for key, text in fields[name].items() if key != language}
    fields[name] = wording | {language: value} if value else wording
