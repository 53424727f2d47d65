"""What was found in a workbook: faults, for which it is refused, and notes of what a checklist does not keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, and where; `code` and `values` are worded at the edge."""

    code: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The finding for the audit trail."""
        return {
            "code": self.code,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "values": dict(self.values),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Finding:
        """The finding that `as_json` told of."""
        return cls(told["code"], told["sheet"], told["row"], told["column"], told["values"])


class Findings:
    """Collects what is found while a workbook is read."""

    def __init__(self) -> None:
        self.faults: list[Finding] = []
        self.notes: list[Finding] = []

    def fault(
        self, code: str, sheet: str = "", row: int | None = None, column: str = "", **values: Any
    ) -> None:
        """Something for which the workbook is refused."""
        self._add(self.faults, Finding(code, sheet, row, column, values))

    def note(
        self, code: str, sheet: str = "", row: int | None = None, column: str = "", **values: Any
    ) -> None:
        """Something that is not kept, and that whoever imports is told of."""
        self._add(self.notes, Finding(code, sheet, row, column, values))

    @staticmethod
    def _add(heap: list[Finding], finding: Finding) -> None:
        if finding not in heap:
            heap.append(finding)
