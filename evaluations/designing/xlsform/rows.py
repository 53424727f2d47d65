"""The parts of a checklist as rows: each cell says what it can, and `more` holds what no cell says.

What belongs into `more` is found by reading the row again: whatever comes back otherwise than it was goes there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from evaluations.designing.media import Media
from evaluations.designing.xlsform import constraints, criticals, images
from evaluations.designing.xlsform.cells import Cells
from evaluations.designing.xlsform.choices import ChoiceList, read_choices
from evaluations.designing.xlsform.columns import Row, Sheet
from evaluations.designing.xlsform.findings import Findings
from evaluations.designing.xlsform.opening import as_read
from evaluations.designing.xlsform.questions import QUESTION, read_question
from evaluations.designing.xlsform.reading import touchpoint_fields
from evaluations.designing.xlsform.survey import Item
from evaluations.designing.xlsform.types import typed
from evaluations.document.numbers import as_text
from evaluations.document.tree import (
    AnyQuestion,
    Kind,
    Language,
    Narrative,
    Option,
    Photo,
    Rating,
    SeveralChoices,
    Signature,
    SingleChoice,
    Touchpoint,
    YesNo,
)
from evaluations.tables.workbooks import ERROR

WrittenRow = dict[str | tuple[str, Language], str]
"""Cells by their column, or for wordings by column and language."""
YES_NO_LIST = "_yes_no"
"""No question can be called so, and each list of a question is called like it."""
TYPES: Mapping[Kind, str] = {
    Kind.NUMBER: "decimal",
    Kind.MONEY: "decimal",
    Kind.DURATION: "decimal",
    Kind.RATING: "range",
    Kind.DATE: "date",
    Kind.TIME: "time",
    Kind.SHORT_TEXT: "text",
    Kind.NARRATIVE: "text",
    Kind.PHOTO: "image",
    Kind.SIGNATURE: "image",
    Kind.PLACE: "geopoint",
    Kind.INSTRUCTION: "note",
}


def question_row(question: AnyQuestion, languages: Sequence[Language]) -> WrittenRow:
    """The row of a question, without its condition; its list, if it has one, is called by its key."""
    row: WrittenRow = {"type": _type(question), "name": question.key}
    row |= wording("label", question.text, languages) | wording("hint", question.help, languages)
    row |= images.written(question, languages)
    row |= _rules(question) | _own(question)
    if message := getattr(question, "constraint_message", None):
        row |= wording("constraint_message", message, languages)
    row = {column: text for column, text in row.items() if text}
    return row | _more(_left_of_question(question, row))


def option_row(list_name: str, option: Option, languages: Sequence[Language]) -> WrittenRow:
    """The row of an option in the list of its question."""
    row: WrittenRow = {"list_name": list_name, "name": option.key, "points": as_text(option.points)}
    row |= wording("label", option.text, languages)
    row |= {name: "yes" for name, is_so in (("is_na", option.na), ("is_fail", option.failing)) if is_so}
    [read] = read_choices(Sheet("choices", (as_row(row),)), Findings())[list_name].options
    return row | _more(_differing(option.model_dump(mode="json"), _dumped(Option, read)))


def touchpoint_row(touchpoint: Touchpoint, languages: Sequence[Language], taken: Iterable[str]) -> WrittenRow:
    """The row with which the group of a touchpoint begins; its name is none of `taken`."""
    name = touchpoint.key if touchpoint.key not in taken else f"{touchpoint.key}_touchpoint"[:40]
    row: WrittenRow = {"type": "begin_group", "name": name, "weight": as_text(touchpoint.weight)}
    row |= wording("label", touchpoint.name, languages) | wording("hint", touchpoint.guidance, languages)
    read = touchpoint_fields(Cells("survey", as_row(row), Findings()), languages, set())
    whole = touchpoint.model_copy(update={"questions": (), "show_if": None}).model_dump(mode="json")
    return row | _more(_differing(whole, _dumped(Touchpoint, read)))


def wording(column: str, words: Mapping[Language, str], languages: Sequence[Language]) -> WrittenRow:
    """The cells of a wording, one for each language of the checklist that has it."""
    return {(column, language): text for language in languages if (text := as_cell(words.get(language, "")))}


def as_cell(text: str) -> str:
    """`text` as a cell gives it back; empty where that would be taken for an error of the spreadsheet."""
    read = as_read(text)
    return "" if read == ERROR else read


def as_row(row: WrittenRow) -> Row:
    """The row as reading would find it."""
    cells = {column: text for column, text in row.items() if isinstance(column, str)}
    wordings: dict[str, dict[str, str]] = {}
    for column, text in row.items():
        if not isinstance(column, str):
            wordings.setdefault(column[0], {})[column[1]] = text
    return Row(0, cells, wordings)


def _type(question: AnyQuestion) -> str:
    if isinstance(question, YesNo):
        return f"select_one {YES_NO_LIST}"
    if isinstance(question, SingleChoice):
        return f"select_one {question.key}"
    if isinstance(question, SeveralChoices):
        return f"select_multiple {question.key}"
    if question.kind is Kind.NUMBER and question.decimals == 0:
        return "integer"
    return TYPES[question.kind]


def _rules(question: AnyQuestion) -> WrittenRow:
    """What every kind of question may have."""
    truths = {
        "required": question.required,
        "internal": question.internal,
        "bonus": getattr(question, "bonus", False),
    }
    row: WrittenRow = {name: "yes" for name, is_so in truths.items() if is_so}
    row["critical"] = criticals.written(question.critical)
    row["comment_on"] = " ".join(question.explain_on)
    row["photo_on"] = " ".join(question.photo_on)
    row["lens"] = " ".join(question.lenses)
    row["followup_days"] = str(question.due_days or "")
    row["constraint"] = constraints.written(dict(question))
    return row


def _own(question: AnyQuestion) -> WrittenRow:
    """What its kind alone has."""
    if isinstance(question, YesNo):
        return {"points": as_text(question.points)}
    if isinstance(question, Rating):
        return {
            "points": as_text(question.points),
            "parameters": f"start={question.lo} end={question.hi} step=1",
        }
    if isinstance(question, Narrative):
        return {"appearance": "multiline"}
    if isinstance(question, Signature):
        return {"appearance": "signature"}
    if isinstance(question, Photo):
        return {"min_photos": str(question.min_count), "max_photos": str(question.max_count)}
    if not question.photos_allowed and question.kind is not Kind.INSTRUCTION:
        return {"max_photos": "0"}
    return {}


def _left_of_question(question: AnyQuestion, row: WrittenRow) -> dict[str, Any]:
    """What of a question its row does not say, by field; with its kind, where the row would be taken for another.

    A cell that says what cannot be read, as of a draft that is not sound yet, is taken out of the row.
    """
    whole = question.model_copy(update={"show_if": None}).model_dump(mode="json")
    left: dict[str, Any] = {}
    for _ in range(2):  # the kind first: by it the other cells are understood
        found = Findings()
        read = _read_back(question, row | _more(left), found)
        if unreadable := {fault.column for fault in found.faults} & row.keys():
            for column in unreadable:
                del row[column]
            read = _read_back(question, row | _more(left), Findings())
        if read.get("kind") == whole["kind"]:
            return left | _differing(whole, read)
        left = {"kind": whole["kind"]}
    return whole


def _read_back(question: AnyQuestion, row: WrittenRow, found: Findings) -> dict[str, Any]:
    """The fields that reading would make of the row."""
    options = getattr(question, "options", ())
    chosen = ChoiceList(
        [option.model_dump() for option in options], {option.key: option.key for option in options}
    )
    if isinstance(question, YesNo):
        chosen = ChoiceList([{"key": key, "text": {}} for key in ("yes", "no")], {"yes": "yes", "no": "no"})
    item = Item(Cells("survey", as_row(row), found), typed(str(row["type"])), ())
    draft = read_question(item, question.key, question.key, chosen, Media(held=_AnyHash()))
    if draft is None:
        return {}
    try:
        return QUESTION.validate_python(draft.fields).model_dump(mode="json")
    except ValidationError:
        return {"kind": draft.fields["kind"]}


class _AnyHash:
    """Holds every picture: what is written names those that are here."""

    def __contains__(self, _sha256: object) -> bool:
        return True


def _dumped(model: Any, fields: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return dict(model.model_validate(fields).model_dump(mode="json"))
    except ValidationError:
        return {}


def _differing(whole: Mapping[str, Any], read: Mapping[str, Any]) -> dict[str, Any]:
    nothing = object()
    return {name: value for name, value in whole.items() if read.get(name, nothing) != value}


def _more(left: Mapping[str, Any]) -> WrittenRow:
    return {"more": json.dumps(left, sort_keys=True, ensure_ascii=True)} if left else {}
