"""The questions of a workbook by the names that its expressions use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from evaluations.document.tree import Kind

MEASURED = frozenset({Kind.NUMBER, Kind.MONEY, Kind.DURATION, Kind.RATING})
CHOSEN = frozenset({Kind.YES_NO, Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES})
NO_ANSWER = frozenset({Kind.INSTRUCTION, Kind.PHOTO, Kind.SIGNATURE})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its key, its place in the journey, and its answers by the names that the workbook has for them."""

    name: str
    key: str
    kind: Kind
    place: int
    answers: Mapping[str, str] = field(default_factory=dict)
    not_applicable: frozenset[str] = frozenset()
    """Those of `answers`, by their keys, that mean "not applicable"."""
    decimals: int = 0
    is_follow_up: bool = False

    @property
    def step(self) -> Decimal:
        """The smallest difference between two answers that are numbers."""
        return Decimal(1).scaleb(-self.decimals)
