"""How changes become heads, written down a second time and as plainly as can be, to compare with the product's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

Change = Mapping[str, Any]


def heads(changes: Iterable[Change]) -> dict[str, list[str]]:
    """Of every register, the ids of the changes that no other one was based on."""
    of: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        of[change["register"]].append(change)
    return {name: _heads(log) for name, log in of.items()}


def _heads(log: list[Change]) -> list[str]:
    superseded = {below for change in log for below in change["base"]}
    return sorted({change["id"] for change in log} - superseded)
