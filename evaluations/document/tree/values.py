"""What the document's parts are made of: keys, wordings, exact numbers, days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints

from evaluations.document.numbers import as_text, at_most_six_decimals, at_most_two_decimals

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Language = Literal["en", "es"]
Wording = dict[Language, Annotated[str, StringConstraints(max_length=4000)]]
"""A sentence per language; a missing language falls back to the document's first."""

Exact = Annotated[Decimal, Field(allow_inf_nan=False), PlainSerializer(as_text, return_type=str)]
Points = Annotated[Exact, Field(ge=-1000, le=1000), at_most_two_decimals]
Worth = Annotated[Exact, Field(ge=0, le=1000), at_most_two_decimals]
"""The points of a whole question; only an option may take points away."""
Weight = Annotated[Exact, Field(ge=0, le=1000), at_most_two_decimals]
Percent = Annotated[Exact, Field(ge=0, le=100), at_most_two_decimals]
Measure = Annotated[Exact, Field(decimal_places=6), at_most_six_decimals]
"""A number, an amount of money or a duration in seconds that answers are compared with: at most 15 digits."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]

ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Part(BaseModel):
    """Any node of the document: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(Part):
    """What of the agency's own library a touchpoint or a question was taken from, and in which version of it."""

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    key: Key | None = None
    """Of a question that was taken with its touchpoint: its key in the library's entry."""


TakenFrom = Annotated[Origin | None, Field(default=None, exclude_if=lambda origin: origin is None)]
"""Not written where there is none, so that documents from before it keep their hash."""


def all_differ(names: Iterable[str], what: str) -> None:
    """Refuse `names` among which one stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{what} {name} is used twice")
        seen.add(name)


def _iso_day(raw: Any) -> Any:
    if isinstance(raw, date) or (isinstance(raw, str) and ISO_DAY.fullmatch(raw)):
        return raw
    raise ValueError("a day is written YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_iso_day)]
