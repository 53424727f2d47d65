"""A checklist as an XLSForm workbook, from which the same checklist can be read again."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence

from evaluations.designing.xlsform.asked import Asked
from evaluations.designing.xlsform.columns import IMAGE
from evaluations.designing.xlsform.conditions import find_before, to_condition
from evaluations.designing.xlsform.expressions import NotUnderstood, parse
from evaluations.designing.xlsform.opening import LONGEST_CELL, OpenedSheet
from evaluations.designing.xlsform.relevance import EXACT, EXACT_OF
from evaluations.designing.xlsform.rows import (
    YES_NO_LIST,
    WrittenRow,
    as_cell,
    option_row,
    question_row,
    touchpoint_row,
    wording,
)
from evaluations.designing.xlsform.saying import expression
from evaluations.document.tree import (
    AnyQuestion,
    Condition,
    Document,
    Kind,
    Language,
    Rating,
    SeveralChoices,
    SingleChoice,
    YesNo,
)
from evaluations.errors import Invalid

SURVEY = (
    *(
        "type",
        "name",
        "label",
        "hint",
        IMAGE,
        "required",
        "relevant",
        "constraint",
        "constraint_message",
        "appearance",
    ),
    *(
        "parameters",
        "points",
        "weight",
        "critical",
        "comment_on",
        "photo_on",
        "bonus",
        "internal",
        "lens",
        "followup_days",
    ),
    *("min_photos", "max_photos", "more"),
)
CHOICES = ("list_name", "name", "label", "points", "is_na", "is_fail", "more")
SETTINGS = ("form_title", "form_id", "version", "default_language", "briefing", "more")
SPOKEN = frozenset({"label", "hint", IMAGE, "constraint_message", "briefing"})
CALLED: dict[Language, str] = {"en": "English (en)", "es": "Español (es)"}
YES_NO: dict[str, dict[Language, str]] = {"yes": {"en": "Yes", "es": "Sí"}, "no": {"en": "No", "es": "No"}}
WIDTHS = {"label": 50, "hint": 40, "briefing": 60, "relevant": 30, "more": 30, "type": 22, "form_title": 30}


def workbook(document: Document, *, form_id: str = "checklist", version: str = "1") -> bytes:
    """The workbook of `document` as XLSX."""
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets(document, form_id=form_id, version=version):
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 2)
        for number, cells in sheet.records or ():
            for column, text in enumerate(cells):
                if text:
                    page.write_string(number - 1, column, text, head if number == 1 else wrapped)
                if number == 1:
                    page.set_column(column, column, WIDTHS.get(text.partition("::")[0], 14))
    book.close()
    return file.getvalue()


def sheets(document: Document, *, form_id: str, version: str) -> list[OpenedSheet]:
    """The three sheets of `document`, as opening the workbook gives them."""
    languages = document.languages
    rows = {
        "survey": (SURVEY, _survey(document)),
        "choices": (CHOICES, _choices(document)),
        "settings": (SETTINGS, [_settings(document, form_id, version)]),
    }
    return [
        OpenedSheet(name, _records(columns, written, languages)) for name, (columns, written) in rows.items()
    ]


def _survey(document: Document) -> list[WrittenRow]:
    rows: list[WrittenRow] = []
    keys = {question.key for question in document.questions()}
    asked = {question.key: _asked(question, place) for place, question in enumerate(document.questions())}
    place = 0
    for touchpoint in document.touchpoints:
        head = touchpoint_row(touchpoint, document.languages, keys)
        rows.append(_with_condition(head, touchpoint.show_if, asked, place))
        for question in touchpoint.questions:
            row = question_row(question, document.languages)
            rows.append(_with_condition(row, question.show_if, asked, place))
            place += 1
        rows.append({"type": "end_group"})
    return rows


def _with_condition(
    row: WrittenRow, condition: Condition | None, asked: dict[str, Asked], place: int
) -> WrittenRow:
    """The row with its condition as an expression, and exactly where no expression says it."""
    if condition is None:
        return row
    said = expression(condition)
    try:
        read: Condition | None = to_condition(parse(said), find_before(asked, place))
    except NotUnderstood:
        said, read = "", None
    row = row | ({"relevant": said} if said else {})
    if read == condition:
        return row
    more = json.loads(row.get("more", "{}"))
    more |= {EXACT: condition.model_dump(mode="json")} | ({EXACT_OF: said} if said else {})
    return row | {"more": json.dumps(more, sort_keys=True, ensure_ascii=True)}


def _asked(question: AnyQuestion, place: int) -> Asked:
    answers: Iterable[str] = ()
    if isinstance(question, YesNo):
        answers = YES_NO
    elif isinstance(question, SingleChoice | SeveralChoices):
        answers = [option.key for option in question.options]
    elif isinstance(question, Rating):
        answers = [str(value) for value in range(question.lo, question.hi + 1)]
    return Asked(
        name=question.key,
        key=question.key,
        kind=question.kind,
        place=place,
        answers={answer: answer for answer in answers},
        not_applicable=frozenset(option.key for option in getattr(question, "options", ()) if option.na),
        decimals=_decimals(question),
        is_follow_up=question.due_days is not None,
    )


def _decimals(question: AnyQuestion) -> int:
    return {Kind.MONEY: 6, Kind.DURATION: 1}.get(question.kind, getattr(question, "decimals", 0))


def _choices(document: Document) -> list[WrittenRow]:
    rows: list[WrittenRow] = []
    if any(isinstance(question, YesNo) for question in document.questions()):
        for name, words in YES_NO.items():
            row: WrittenRow = {"list_name": YES_NO_LIST, "name": name}
            rows.append(row | wording("label", words, document.languages))
    for question in document.questions():
        if isinstance(question, SingleChoice | SeveralChoices):
            rows += [option_row(question.key, option, document.languages) for option in question.options]
    return rows


def _settings(document: Document, form_id: str, version: str) -> WrittenRow:
    first = document.languages[0]
    title = as_cell(document.title.get(first, ""))
    row: WrittenRow = {"form_title": title} if title else {}
    row |= {"form_id": form_id, "version": version, "default_language": CALLED[first]}
    row |= wording("briefing", document.briefing, document.languages)
    whole = document.model_copy(update={"touchpoints": ()}).model_dump(mode="json")
    briefing = {column[1]: text for column, text in row.items() if not isinstance(column, str)}
    said = Document(languages=document.languages, title={first: title} if title else {}, briefing=briefing)
    plain = said.model_dump(mode="json")
    left = {name: value for name, value in whole.items() if value != plain[name]}
    return row | ({"more": json.dumps(left, sort_keys=True, ensure_ascii=True)} if left else {})


def _records(
    columns: Sequence[str], rows: Sequence[WrittenRow], languages: Sequence[Language]
) -> list[tuple[int, list[str]]]:
    """The rows below a heading with the columns that they use; wordings have one for each language."""
    used = {column if isinstance(column, str) else column[0] for row in rows for column in row}
    places: list[str | tuple[str, Language]] = []
    for column in columns:
        if column in SPOKEN:
            if column in used or column == "label":
                places += [(column, language) for language in languages]
        elif column in used:
            places.append(column)
    heading = [place if isinstance(place, str) else f"{place[0]}::{CALLED[place[1]]}" for place in places]
    body = [[row.get(place, "") for place in places] for row in rows]
    if any(len(cell) > LONGEST_CELL for cells in body for cell in cells):
        raise Invalid("checklist_too_large_for_workbook")
    return [(number, cells) for number, cells in enumerate([heading, *body], start=1)]
