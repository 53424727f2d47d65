"""The column `critical`: "no: fails", "a b: caps 50", "..3: zeroes"; an answer alone fails the visit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from evaluations.designing.xlsform.cells import Cells
from evaluations.document.numbers import as_text
from evaluations.document.tree import Critical, Effect

NUMBER = r"-?\d{1,15}(?:\.\d{1,6})?"
RANGE = re.compile(rf"(?P<low>{NUMBER})?\s*\.\.\s*(?P<high>{NUMBER})?")
EFFECT = re.compile(r"(?P<word>fails|zeroes|caps)(?:\s+(?P<cap>\d{1,3}(?:\.\d{1,2})?)\s*%?)?", re.IGNORECASE)
EFFECTS = {"fails": Effect.FAILS_VISIT, "zeroes": Effect.ZEROES_TOUCHPOINT, "caps": Effect.CAPS_TOTAL}
WORDS = {effect: word for word, effect in EFFECTS.items()}


def read_critical(cells: Cells, answers: Mapping[str, str]) -> dict[str, Any] | None:
    """The rule that the cell states, in the answers' keys; None where there is none, or after a fault."""
    said = cells.said("critical")
    if not said:
        return None
    named, _, told = said.rpartition(":") if ":" in said else (said, "", "fails")
    effect = EFFECT.fullmatch(told.strip())
    if effect is None or (effect["cap"] is None) == (effect["word"].casefold() == "caps"):
        cells.fault("critical_unreadable", "critical", said=said[:80])
        return None
    rule: dict[str, Any] = {"effect": EFFECTS[effect["word"].casefold()].value}
    if effect["cap"] is not None:
        rule["cap"] = Decimal(effect["cap"])
    found = RANGE.fullmatch(named.strip())
    if found and (found["low"] or found["high"]):
        return rule | {
            name: Decimal(found[end])
            for name, end in (("minimum", "low"), ("maximum", "high"))
            if found[end] is not None
        }
    names = named.replace(",", " ").split()
    unknown = [name for name in names if name not in answers]
    if unknown or not names:
        cells.fault("answer_unknown", "critical", answer=(unknown or [""])[0][:60])
        return None
    return rule | {"on": [answers[name] for name in names]}


def written(critical: Critical | None) -> str:
    """The cell that states the rule."""
    if critical is None:
        return ""
    effect = WORDS[critical.effect] + (f" {as_text(critical.cap)}" if critical.cap is not None else "")
    if critical.has_range:
        low, high = ("" if end is None else as_text(end) for end in (critical.minimum, critical.maximum))
        return f"{low}..{high}: {effect}"
    return f"{' '.join(critical.on)}: {effect}"
