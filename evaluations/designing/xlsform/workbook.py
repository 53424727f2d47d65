"""The three sheets that count in a workbook, and the languages that they are written in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluations.designing.xlsform.columns import CHOICES, SETTINGS, SURVEY, Sheet, language_code, read_sheet
from evaluations.designing.xlsform.findings import Findings
from evaluations.designing.xlsform.opening import READ_SHEETS, REFUSED_SHEETS, OpenedSheet
from evaluations.document.tree import Language

REFUSED_SETTINGS = ("public_key", "submission_url")


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the sheets say, not yet understood; `languages` are those of its words, the first one first."""

    survey: Sheet
    choices: Sheet
    settings: Sheet
    languages: tuple[Language, ...]
    has_survey: bool


def look_over(opened: Sequence[OpenedSheet], language: Language, found: Findings) -> Workbook:
    """The sheets of a workbook; `language` is that of headings which name none, where the settings do not say it."""
    sheets = _chosen(opened, found)

    def read(name: str, known: Mapping[str, tuple[str, ...]], plain: Language, into: Findings) -> Sheet:
        sheet = sheets.get(name)
        return read_sheet(sheet.name if sheet else name, (sheet and sheet.records) or [], known, plain, into)

    first_look = read("settings", SETTINGS, language, Findings())
    said = next((row.said("default_language") for row in first_look.rows), "")
    code = language_code(said) if said else None
    if said and code is None and said.casefold() != "default":
        number = first_look.rows[0].number
        found.fault("language_unknown", first_look.name, number, "default_language", language=said[:60])
    plain = code or language
    survey, choices, settings = (
        read("survey", SURVEY, plain, found),
        read("choices", CHOICES, plain, found),
        read("settings", SETTINGS, plain, found),
    )
    for row in settings.rows[:1]:
        for column in REFUSED_SETTINGS:
            if row.said(column):
                found.fault("encryption_not_kept", settings.name, row.number, column)
    every = dict.fromkeys((*survey.languages, *choices.languages, *settings.languages))
    first = (plain,) if not every or (code and code in every) else ()
    return Workbook(survey, choices, settings, tuple(dict.fromkeys((*first, *every))), "survey" in sheets)


def _chosen(opened: Sequence[OpenedSheet], found: Findings) -> dict[str, OpenedSheet]:
    """The sheets that count, by their plain names."""
    sheets: dict[str, OpenedSheet] = {}
    for sheet in opened:
        name = sheet.name.strip().casefold()
        if name in REFUSED_SHEETS and sheet.records and len(sheet.records) > 1:
            found.fault("sheet_not_kept", sheet.name)
        elif name in READ_SHEETS - REFUSED_SHEETS and name not in sheets:
            sheets[name] = sheet
        elif name not in REFUSED_SHEETS and not name.startswith("_"):
            found.note("sheet_left_out", sheet.name)
    return sheets
