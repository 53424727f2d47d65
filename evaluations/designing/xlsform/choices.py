"""The sheet `choices`: the lists that questions are answered from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluations.designing.xlsform.cells import Cells
from evaluations.designing.xlsform.columns import Row, Sheet
from evaluations.designing.xlsform.findings import Findings
from evaluations.designing.xlsform.naming import key_for

MEDIA = ("media::image", "media::audio", "media::video")
OTHER = {"en": "Other", "es": "Otro"}


@dataclass
class ChoiceList:
    """A list of options: each as its fields, and the keys by the names that the workbook has for them."""

    options: list[dict[str, Any]] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def not_applicable(self) -> frozenset[str]:
        """The keys of the options that mean so."""
        return frozenset(option["key"] for option in self.options if option.get("na"))

    def with_other(self, languages: Sequence[str]) -> tuple[ChoiceList, str]:
        """The list with an option for any other answer at its end, and that option's key."""
        if "other" in self.keys:
            return self, self.keys["other"]
        key = key_for("other", set(self.keys.values()), otherwise="option")
        text = {language: OTHER[language] for language in languages}
        options = [*self.options, {"key": key, "text": text}]
        return ChoiceList(options, {**self.keys, "other": key}), key


def read_choices(sheet: Sheet, found: Findings) -> dict[str, ChoiceList]:
    """The lists by their names."""
    lists: dict[str, ChoiceList] = {}
    for row in sheet.rows:
        cells = Cells(sheet.name, row, found)
        list_name, name = row.said("list_name"), row.said("name")
        if not list_name:
            cells.fault("list_name_missing", "list_name")
        elif not name:
            cells.fault("choice_without_name", "name")
        else:
            chosen = lists.setdefault(list_name, ChoiceList())
            if name in chosen.keys:
                cells.fault("choice_twice", "name", name=name, list=list_name)
            else:
                _add(chosen, name, row, cells)
    return lists


def _add(chosen: ChoiceList, name: str, row: Row, cells: Cells) -> None:
    for column in MEDIA:
        if row.said(column) or row.wording(column):
            cells.fault("media_not_kept", column)
    option: dict[str, Any] = {
        "key": key_for(name, set(chosen.keys.values()), otherwise="option"),
        "text": row.wording("label"),
    }
    points = cells.number("points")
    if points is not None:
        option["points"] = points
    option |= {"na": cells.truth("is_na"), "failing": cells.truth("is_fail")}
    option |= cells.more()
    chosen.keys[name] = str(option["key"])
    chosen.options.append(option)
