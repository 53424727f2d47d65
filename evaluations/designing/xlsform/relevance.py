"""When each touchpoint and question of a workbook is asked: its own `relevant` and those of the groups around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from evaluations.designing.xlsform.asked import Asked
from evaluations.designing.xlsform.cells import Cells
from evaluations.designing.xlsform.conditions import find_before, to_condition
from evaluations.designing.xlsform.expressions import NotUnderstood, parse
from evaluations.designing.xlsform.questions import Draft
from evaluations.designing.xlsform.survey import Section
from evaluations.document.tree import All, Condition, Kind
from evaluations.document.tree.condition import DEEPEST, MOST_TESTS, depth_of, leaves_of

EXACT, EXACT_OF = "show_if", "show_if_of"
"""In the column `more`: a condition that no expression says exactly, and the expression that stands for it."""


class Relevance:
    """The questions of a workbook in order, by the names that expressions use for them."""

    def __init__(self, made: Sequence[tuple[Section, Sequence[Draft]]]) -> None:
        self._made = made
        drafts = [draft for _, of_section in made for draft in of_section]
        self._asked = {draft.name: asked(draft, place) for place, draft in enumerate(drafts) if draft.name}

    def add_conditions(self) -> None:
        """Give each touchpoint and question its condition; what is not understood is a fault of its row."""
        place = 0
        for section, drafts in self._made:
            if section.cells is not None:
                section.show_if = self._whole(
                    self._parts(section.cells, section.relevant, place), section.cells
                )
            for draft in drafts:
                cells = draft.item.cells
                parts = list(self._parts(cells, draft.item.relevant, place, is_named=bool(draft.name)))
                if (own := draft.fields.pop("show_if", None)) is not None:
                    parts.append(own)
                if (whole := self._whole(parts, cells)) is not None:
                    draft.fields["show_if"] = whole
                place += 1

    def _parts(
        self, own: Cells, rows: Sequence[Cells], place: int, *, is_named: bool = True
    ) -> Iterator[Any]:
        """What these rows say about a thing at `place`, whose own row is `own`."""
        more = own.more()
        is_exact = EXACT in more and more.get(EXACT_OF, "") == own.said("relevant")
        for cells in rows:
            said = cells.said("relevant")
            if cells is own and is_exact:
                continue
            try:
                yield to_condition(parse(said), find_before(self._asked, place))
            except NotUnderstood as reason:
                cells.fault(reason.code, "relevant", expression=said[:120], **reason.values)
        if is_exact and is_named:
            yield more[EXACT]

    @staticmethod
    def _whole(found: Iterable[Any], cells: Cells) -> Any:
        """All of them together; None where there are none, or too many for a condition."""
        parts = list(found)
        if not parts:
            return None
        whole = parts[0] if len(parts) == 1 else _together(parts)
        if not isinstance(whole, dict) and (
            depth_of(whole) > DEEPEST or sum(1 for _ in leaves_of(whole)) > MOST_TESTS
        ):
            cells.fault("condition_too_large", "relevant", most=MOST_TESTS, deepest=DEEPEST)
            return None
        return whole


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
