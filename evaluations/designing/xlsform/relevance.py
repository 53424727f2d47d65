"""When each question of a workbook is asked: its own `relevant` and those of the groups around it, together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from evaluations.designing.xlsform.asked import Asked
from evaluations.designing.xlsform.cells import Cells
from evaluations.designing.xlsform.conditions import find_before, to_condition
from evaluations.designing.xlsform.expressions import NotUnderstood, parse
from evaluations.designing.xlsform.questions import Draft
from evaluations.document.tree import All, Condition, Kind
from evaluations.document.tree.condition import DEEPEST, MOST_TESTS, depth_of, leaves_of

EXACT, EXACT_OF = "show_if", "show_if_of"
"""In the column `more`: a condition that no expression says exactly, and the expression that stands for it."""


class Relevance:
    """The questions of a workbook in order, by the names that expressions use for them."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = drafts
        self._asked = {draft.name: asked(draft, place) for place, draft in enumerate(drafts) if draft.name}

    def add_conditions(self) -> None:
        """Give each question its condition; what is not understood is a fault of the row that says it."""
        for place, draft in enumerate(self._drafts):
            parts = list(self._parts(draft, place))
            own = draft.fields.get("show_if")
            if own is not None:
                parts.append(own)
            if parts:
                whole = parts[0] if len(parts) == 1 else _together(parts)
                draft.fields["show_if"] = whole
                self._refuse_large(draft, whole)

    def _parts(self, draft: Draft, place: int) -> Iterator[Any]:
        for cells in draft.item.relevant:
            more = cells.more() if cells is draft.item.cells else {}
            said = cells.said("relevant")
            if EXACT in more and more.get(EXACT_OF, "") == said:
                continue
            try:
                yield to_condition(parse(said), find_before(self._asked, place))
            except NotUnderstood as reason:
                cells.fault(reason.code, "relevant", expression=said[:120], **reason.values)
        more = draft.item.cells.more()
        if draft.name and EXACT in more and more.get(EXACT_OF, "") == draft.item.cells.said("relevant"):
            yield more[EXACT]

    @staticmethod
    def _refuse_large(draft: Draft, whole: Any) -> None:
        if not isinstance(whole, dict) and (
            depth_of(whole) > DEEPEST or sum(1 for _ in leaves_of(whole)) > MOST_TESTS
        ):
            _row(draft).fault("condition_too_large", "relevant", most=MOST_TESTS, deepest=DEEPEST)
            del draft.fields["show_if"]


def asked(draft: Draft, place: int) -> Asked:
    """What expressions may ask of a question."""
    decimals = {Kind.MONEY: 6, Kind.DURATION: 1}.get(draft.kind, draft.fields.get("decimals", 0))
    return Asked(
        name=draft.name,
        key=draft.fields["key"],
        kind=draft.kind,
        place=place,
        answers=draft.answers,
        not_applicable=draft.not_applicable,
        decimals=decimals,
        is_follow_up=draft.fields.get("due_days") is not None,
    )


def _together(parts: Sequence[Any]) -> Any:
    """All of them as one condition, written as JSON where one of them is."""
    if any(isinstance(part, dict) for part in parts):
        return {"test": "all", "of": [part if isinstance(part, dict) else _json(part) for part in parts]}
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.of if isinstance(part, All) else [part])
    return All(of=tuple(flat))


def _json(condition: Condition) -> dict[str, Any]:
    return dict(condition.model_dump(mode="json"))


def _row(draft: Draft) -> Cells:
    return draft.item.cells
