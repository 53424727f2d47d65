"""What is open at an evaluation: listed when it was handed in, and still so now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evaluations.document.tree import Document
from evaluations.models import Submission
from evaluations.queries.capture import Contents


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something that was open at hand-in: its code, its question if it has one, and what the code tells."""

    code: str
    question: str | None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Openness:
    """What an approval passes over: in how many questions, and which critical ones nobody answered."""

    items: tuple[OpenItem, ...]
    conflicts: int
    questions: tuple[str, ...]
    """Each question at which something is open or in conflict, once, in journey order."""
    criticals: tuple[str, ...]
    """Those of them that are critical and have no answer."""

    def __bool__(self) -> bool:
        return bool(self.items or self.conflicts)


def still_open(hand_in: Submission | None, found: Contents) -> tuple[OpenItem, ...]:
    """What was open at `hand_in`, without photos that came since; conflicts are told apart, as they are now."""
    raw: list[dict[str, Any]] = json.loads(hand_in.open_items) if hand_in else []
    owed = {str(photo.id) for photo in found.owed}
    return tuple(
        OpenItem(one["code"], one.get("question"), one)
        for one in raw
        if one["code"] != "in_conflict" and not (one["code"] == "photo_owed" and one["photo"] not in owed)
    )


def openness(document: Document, hand_in: Submission | None, found: Contents) -> Openness:
    """What whoever approves the evaluation must have a reason for."""
    items = still_open(hand_in, found)
    named = {one.question for one in items} | {one.question for one in found.conflicts}
    unanswered = {one.question for one in items if one.code in ("answer_missing", "constraint_broken")}
    return Openness(
        items=items,
        conflicts=len(found.conflicts),
        questions=tuple(one.key for one in document.questions() if one.key in named),
        criticals=tuple(one.key for one in document.questions() if one.critical and one.key in unanswered),
    )
