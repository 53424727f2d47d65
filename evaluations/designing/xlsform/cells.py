"""What plain cells say: yes and no, numbers, lists of names, JSON."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from evaluations.designing.xlsform.columns import Row
from evaluations.designing.xlsform.findings import Findings

YES = frozenset({"yes", "true", "true()", "1", "y", "si", "sí", "x"})
NO = frozenset({"no", "false", "false()", "0", "n", ""})
PARAMETER = re.compile(r"\s*([A-Za-z_-]+)\s*=\s*([^\s,;=]+)\s*[,;]?")
MORE_THAN_ANY = 200_000


class Cells:
    """The cells of one row, read with findings for what cannot be."""

    def __init__(self, sheet: str, row: Row, found: Findings) -> None:
        self.sheet = sheet
        self.row = row
        self._found = found

    def said(self, column: str) -> str:
        """The cell as it stands."""
        return self.row.said(column)

    def wording(self, column: str) -> dict[str, str]:
        """The words of a column, by language."""
        return self.row.wording(column)

    def fault(self, code: str, column: str = "", **values: Any) -> None:
        """A fault of this row."""
        self._found.fault(code, self.sheet, self.row.number, column, **values)

    def note(self, code: str, column: str = "", **values: Any) -> None:
        """A note on this row."""
        self._found.note(code, self.sheet, self.row.number, column, **values)

    def truth(self, column: str) -> bool:
        """Whether the cell says yes; an empty one says no."""
        said = self.said(column).casefold()
        if said not in YES | NO:
            self.fault("cell_not_yes_no", column, said=self.said(column)[:60])
        return said in YES

    def number(self, column: str) -> Decimal | None:
        """The number in the cell, if there is one."""
        said = self.said(column)
        if not said:
            return None
        try:
            number = Decimal(said)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or len(said) > 30 or abs(number.adjusted()) > 20:
            self.fault("cell_no_number", column, said=said[:60])
            return None
        return number

    def whole(self, column: str) -> int | None:
        """The whole number in the cell, if there is one."""
        number = self.number(column)
        if number is None:
            return None
        if number != number.to_integral_value():
            self.fault("cell_no_whole_number", column, said=self.said(column)[:60])
            return None
        return int(number)

    def parameters(self) -> dict[str, str]:
        """What the column `parameters` says, by name."""
        said, given, place = self.said("parameters"), {}, 0
        while place < len(said):
            found = PARAMETER.match(said, place)
            if found is None:
                self.fault("parameters_unreadable", "parameters", said=said[:60])
                return {}
            given[found[1].casefold()] = found[2]
            place = found.end()
        return given

    def more(self) -> dict[str, Any]:
        """What the column `more` holds beyond all others; a fault where it is no JSON object."""
        said = self.said("more")
        if not said:
            return {}
        try:
            told = json.loads(said) if len(said) < MORE_THAN_ANY else None
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            self.fault("more_no_json", "more")
            return {}
        return told
