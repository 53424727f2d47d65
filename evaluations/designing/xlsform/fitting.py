"""Why a value has no place in a checklist, as codes that can be worded in any language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

LIMITS = {
    "greater_than_equal": ("value_too_low", "ge"),
    "less_than_equal": ("value_too_high", "le"),
    "string_too_long": ("text_too_long", "max_length"),
    "too_long": ("too_many", "max_length"),
}
CHOICES = frozenset({"enum", "literal_error"})


def misfits(error: ValidationError, *, skip: int = 0) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each fault as its code, the field by its path without the first `skip` steps, and values for the sentence."""
    for one in error.errors():
        where = ".".join(str(step) for step in one["loc"][skip:])
        told = one.get("ctx", {})
        if one["type"] in LIMITS:
            code, name = LIMITS[one["type"]]
            yield code, where, {"limit": str(told[name])}
        elif one["type"] == "extra_forbidden":
            yield "field_unknown", where, {"field": where}
        elif one["type"] in CHOICES:
            yield (
                "value_unknown",
                where,
                {"said": str(one["input"])[:60], "expected": str(told["expected"])[:200]},
            )
        else:
            yield "value_does_not_fit", where, {"field": where, "reason": one["msg"][:120]}
