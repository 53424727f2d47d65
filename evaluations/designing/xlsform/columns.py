"""The columns of the three sheets: how their headings are recognised, and in which language each is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evaluations.designing.xlsform.findings import Findings
from evaluations.document.tree import Language
from evaluations.tables.workbooks import ERROR, Record

SURVEY: Mapping[str, tuple[str, ...]] = {
    "type": ("command",),
    "name": ("tag", "value"),
    "label": ("caption",),
    "hint": (),
    "guidance_hint": (),
    "required": ("bind::required",),
    "required_message": ("requiredmsg", "bind::jr:requiredmsg"),
    "relevant": ("relevance", "bind::relevant"),
    "constraint": ("bind::constraint",),
    "constraint_message": ("constraining_message", "bind::jr:constraintmsg"),
    "appearance": ("control::appearance",),
    "parameters": (),
    "default": (),
    "calculation": ("calculate", "bind::calculate"),
    "choice_filter": (),
    "repeat_count": ("count", "jr:count", "control::jr:count"),
    "read_only": ("readonly", "bind::readonly"),
    "trigger": (),
    "disabled": (),
    "media::image": ("image", "media:image"),
    "media::big-image": ("big-image", "media:big-image"),
    "media::audio": ("audio", "media:audio"),
    "media::video": ("video", "media:video"),
    **dict.fromkeys(("points", "weight", "critical", "touchpoint", "followup_days", "min_photos"), ()),
    **dict.fromkeys(("max_photos", "comment_on", "photo_on", "bonus", "internal", "lens", "more"), ()),
}
CHOICES: Mapping[str, tuple[str, ...]] = {
    "list_name": (),
    "name": ("value",),
    "label": ("caption",),
    "media::image": ("image", "media:image"),
    "media::audio": ("audio", "media:audio"),
    "media::video": ("video", "media:video"),
    **dict.fromkeys(("points", "is_na", "is_fail", "more"), ()),
}
SETTINGS: Mapping[str, tuple[str, ...]] = {
    "form_title": ("title", "set_form_title"),
    "form_id": ("id_string", "set_form_id"),
    "version": (),
    "default_language": (),
    "public_key": (),
    "submission_url": (),
    "briefing": (),
    "more": (),
}
SPOKEN = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message", "briefing"})
"""What may stand in a column per language."""
IMAGE = "media::image"
PER_LANGUAGE = SPOKEN | {IMAGE}
"""The same, with the pictures, which say nothing of the languages that a form is written in."""
LANGUAGES: Mapping[str, Language] = {
    **dict.fromkeys(("en", "eng", "english", "ingles"), "en"),
    **dict.fromkeys(("es", "esp", "spa", "spanish", "espanol", "castellano"), "es"),
}
IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")
NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number: plain cells by their column, and wordings by column and language."""

    number: int
    cells: Mapping[str, str]
    wordings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def said(self, column: str) -> str:
        """The cell of a column, empty where there is none."""
        return self.cells.get(column, "")

    def wording(self, column: str) -> dict[str, str]:
        """The words of a column, by language."""
        return dict(self.wordings.get(column, NONE))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was understood: its rows below the heading, and the languages of its headings in order."""

    name: str
    rows: tuple[Row, ...] = ()
    languages: tuple[Language, ...] = ()


def read_sheet(
    name: str,
    records: Sequence[Record],
    known: Mapping[str, tuple[str, ...]],
    plain: Language,
    found: Findings,
) -> Sheet:
    """The rows of a sheet; `plain` is the language of headings that name none."""
    if not records:
        return Sheet(name)
    heading_row, headings = records[0]
    places = _places(name, heading_row, headings, known, found)
    languages: dict[Language, None] = {}
    for column, named in places.values():
        if column in SPOKEN and named is not None:
            languages[named] = None
    rows = tuple(_row(name, record, places, plain, found) for record in records[1:])
    has_plain = _has_plain(places, rows, plain)
    told = tuple(dict.fromkeys((plain, *languages))) if has_plain else tuple(languages)
    return Sheet(name, rows, told)


def _has_plain(
    places: Mapping[int, tuple[str, Language | None]], rows: Sequence[Row], spoken: Language
) -> bool:
    plain = {column for column, language in places.values() if language is None and column in SPOKEN}
    return any(row.wording(column).get(spoken) for row in rows for column in plain)


def _places(
    name: str, number: int, headings: Sequence[str], known: Mapping[str, tuple[str, ...]], found: Findings
) -> dict[int, tuple[str, Language | None]]:
    """What each column gives, by its place: which column it is, and its language if it names one."""
    aliases = {alias: column for column, others in known.items() for alias in (column, *others)}
    places: dict[int, tuple[str, Language | None]] = {}
    for place, heading in enumerate(headings):
        if not heading:
            continue
        column, language = _recognised(heading, aliases)
        if column is None:
            found.note("column_unknown", name, number, heading)
        elif language is not None and language not in LANGUAGES:
            found.fault("language_unknown", name, number, heading, language=language)
        elif (column, told := LANGUAGES.get(language or "")) in places.values():
            found.fault("column_twice", name, number, heading)
        else:
            places[place] = (column, told)
    return places


def _recognised(heading: str, aliases: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The column that a heading names, and the language in it, as far as it is known."""
    whole = _plain(heading)
    if whole in aliases:
        return aliases[whole], None
    for mark in ("::", ":"):
        stem, _, ending = heading.rpartition(mark)
        column = aliases.get(_plain(stem))
        if ending and column in PER_LANGUAGE:
            return column, language_code(ending) or ending.strip()
        if ending and column and column.startswith("media::"):
            return column, None
    return None, None


def language_code(said: str) -> Language | None:
    """The language that "English (en)", "es" or "Español" names."""
    inside = IN_BRACKETS.search(said)
    names = (inside[1], said[: inside.start()]) if inside else (said,)
    for name in names:
        if code := LANGUAGES.get(_folded(name)):
            return code
    return None


def _row(
    name: str,
    record: Record,
    places: Mapping[int, tuple[str, Language | None]],
    plain: Language,
    found: Findings,
) -> Row:
    number, texts = record
    cells: dict[str, str] = {}
    wordings: dict[str, dict[str, str]] = {}
    for place, (column, language) in places.items():
        text = texts[place] if place < len(texts) else ""
        if text == ERROR:
            found.fault("cell_is_error", name, number, column)
        elif text and column in PER_LANGUAGE:
            if wordings.setdefault(column, {}).setdefault(language or plain, text) != text:
                found.fault("said_twice", name, number, column)
        elif text:
            cells[column] = text
    return Row(number, cells, wordings)


def _plain(heading: str) -> str:
    return re.sub(r"[\s_]+", "_", heading.strip().casefold())


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().strip())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
