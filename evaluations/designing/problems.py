"""A problem of a document: an error, which stands in the way of publishing it, or a warning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or that gives pause, and where."""

    code: str
    touchpoint: str | None = None
    question: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of publishing."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Allowed:
    """How many minutes reporting a visit may take in a programme, by its name."""

    programme: str
    minutes: int


def warning(code: str, *here: str, **values: Any) -> Problem:
    """A problem that gives pause and blocks nothing."""
    touchpoint, question = (*here, None, None)[:2]
    return Problem(code, touchpoint, question, values, Severity.WARNING)
