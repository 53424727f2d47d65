"""Server and phone fold the same changes to the same registers: both read tests/vectors/registers.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluations.fieldwork.registers import Written, fold

CASES = json.loads((Path(__file__).parents[2] / "vectors" / "registers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_changes_fold_as_the_vectors_say(case: dict[str, Any]):
    changes = [Written(one["id"], tuple(one["base"]), one["value"]) for one in case["changes"]]
    folded = fold(case["register"], changes)
    assert (sorted(folded.heads), folded.value, folded.in_conflict) == (
        case["heads"],
        case["value"],
        case["in_conflict"],
    )
