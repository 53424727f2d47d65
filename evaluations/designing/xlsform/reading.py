"""From the sheets of a workbook to a checklist: the whole of it, or every reason why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from evaluations.designing import drafting
from evaluations.designing.depending import misplaced, named_in
from evaluations.designing.media import Media
from evaluations.designing.xlsform.cells import Cells
from evaluations.designing.xlsform.choices import ChoiceList, read_choices
from evaluations.designing.xlsform.findings import Finding, Findings
from evaluations.designing.xlsform.fitting import misfits
from evaluations.designing.xlsform.naming import key_for
from evaluations.designing.xlsform.opening import OpenedSheet
from evaluations.designing.xlsform.questions import Draft, built, read_question
from evaluations.designing.xlsform.relevance import EXACT, EXACT_OF, Relevance
from evaluations.designing.xlsform.survey import Item, Section, sections
from evaluations.designing.xlsform.types import Sort, Typed
from evaluations.designing.xlsform.workbook import Workbook, look_over
from evaluations.document.tree import Document, Kind, Language, Touchpoint
from evaluations.photos.pictures import Drawn

ASK_OTHER = {"en": "Which other?", "es": "¿Cuál?"}
AT_WHAT_TIME = {"en": "at what time?", "es": "¿a qué hora?"}
UNNAMED = {"en": "Visit", "es": "Visita"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a workbook: a checklist, or the faults for which there is none; and what was left out."""

    document: Document | None
    faults: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    pictures: tuple[Drawn, ...] = ()
    """Those that came along, to be kept with the checklist."""


def read(
    opened: Sequence[OpenedSheet], *, title: str, language: Language = "en", media: Media | None = None
) -> Reading:
    """The checklist in these sheets. `title` is its title, and `language` that of its words, where it says neither."""
    found = Findings()
    workbook = look_over(opened, language, found)
    document = _Reading(workbook, title, found, media or Media()).document()
    faults = tuple(sorted(found.faults, key=lambda one: (one.sheet, one.row or 0)))
    notes = tuple(sorted(found.notes, key=lambda one: (one.sheet, one.row or 0)))
    return Reading(None if faults else document, faults, notes)


class _Reading:
    """A workbook while it becomes a checklist."""

    def __init__(self, workbook: Workbook, title: str, found: Findings, media: Media) -> None:
        self._workbook = workbook
        self._media = media
        self._title = title
        self._found = found
        self._lists: Mapping[str, ChoiceList] = read_choices(workbook.choices, found)
        self._keys: set[str] = set()
        self._names: set[str] = set()

    def document(self) -> Document | None:
        """The checklist, or None where there are faults."""
        if not self._workbook.has_survey:
            self._found.fault("no_survey")
            return None
        made = [
            (section, list(self._drafts(section))) for section in sections(self._workbook.survey, self._found)
        ]
        drafts = [draft for _, of_section in made for draft in of_section]
        if not drafts and not self._found.faults:
            self._found.fault("survey_empty", self._workbook.survey.name)
        Relevance(made).add_conditions()
        used: set[str] = set()
        touchpoints = [self._touchpoint(section, of_section, used) for section, of_section in made]
        document = None if self._found.faults else self._whole(touchpoints)
        if document is not None:
            self._refuse_misplaced(document, made)
        return None if self._found.faults else document

    def _refuse_misplaced(self, document: Document, made: Sequence[tuple[Section, Sequence[Draft]]]) -> None:
        """In the order of the journey, or as `more` says them, conditions may look at what they cannot see."""
        rows = {draft.fields["key"]: draft.item.cells for _, drafts in made for draft in drafts}
        groups = [section.cells for section, _ in made]
        heads = {
            touchpoint.key: cells for touchpoint, cells in zip(document.touchpoints, groups, strict=True)
        }
        for problem in misplaced(drafting.in_journey_order(document)):
            cells = rows[problem.question] if problem.question else heads[problem.touchpoint or ""]
            if cells is not None:
                cells.fault(problem.code, "relevant", **named_in(problem, document))

    def _drafts(self, section: Section) -> Iterator[Draft]:
        for item in section.items:
            name = item.cells.said("name")
            if not name:
                item.cells.fault("name_missing", "name")
            elif name in self._names:
                item.cells.fault("name_twice", "name", name=name[:60])
            else:
                self._names.add(name)
                yield from self._of_item(item, name)

    def _of_item(self, item: Item, name: str) -> Iterator[Draft]:
        chosen, other = self._list_of(item)
        first = read_question(item, self._key(name), name, chosen, self._media)
        if first is None:
            return
        yield first
        if item.typed.sort is Sort.MOMENT:
            item.cells.note("moment_split", "type")
            yield self._time_of(first)
        if other:
            yield self._which_other(first, other)

    def _list_of(self, item: Item) -> tuple[ChoiceList, str]:
        """The list that a question is answered from, and the key of the option for any other answer."""
        name = item.typed.list_name
        if not name:
            return ChoiceList(), ""
        chosen = self._lists.get(name)
        if chosen is None:
            if "options" not in item.cells.more():
                item.cells.fault("list_missing", "type", list=name[:60])
            return ChoiceList(), ""
        return chosen.with_other(self._workbook.languages) if item.typed.or_other else (chosen, "")

    def _time_of(self, day: Draft) -> Draft:
        text = {
            language: f"{words.rstrip(' .:?¿')}, {AT_WHAT_TIME[language]}"
            for language, words in day.fields["text"].items()
        }
        fields = {
            name: value for name, value in day.fields.items() if name in {"required", "internal", "due_days"}
        }
        name = f"{day.name}_time"
        fields |= {"kind": Kind.TIME.value, "key": self._key(name), "text": text}
        item = replace(day.item, typed=Typed(Sort.QUESTION, Kind.TIME))
        return Draft(item, "", fields, {}, frozenset())

    def _which_other(self, question: Draft, option: str) -> Draft:
        """The question for the words of any other answer, asked where that was chosen."""
        test = "chosen" if question.kind is Kind.SEVERAL_CHOICES else "is"
        fields = {
            "kind": Kind.SHORT_TEXT.value,
            "key": self._key(f"{question.name}_other"),
            "text": {language: ASK_OTHER[language] for language in self._workbook.languages},
            "required": False,
            "show_if": {"test": test, "question": question.fields["key"], "answer": option},
        }
        return Draft(question.item, "", fields, {}, frozenset())

    def _key(self, name: str) -> str:
        return key_for(name, self._keys, otherwise="question")

    def _touchpoint(self, section: Section, drafts: Sequence[Draft], used: set[str]) -> dict[str, Any]:
        questions = [question for draft in drafts if (question := built(draft)) is not None]
        cells = section.cells
        if cells is None:
            words = {language: section.name or UNNAMED[language] for language in self._workbook.languages}
            key = key_for(section.name or UNNAMED["en"], used, otherwise="touchpoint")
            return {"key": key, "name": words, "questions": questions}
        fields = touchpoint_fields(cells, self._workbook.languages, used, section.show_if)
        return fields | {"questions": questions}

    def _whole(self, touchpoints: Sequence[Mapping[str, Any]]) -> Document | None:
        settings = next(iter(self._workbook.settings.rows), None)
        first = self._workbook.languages[0]
        fields: dict[str, Any] = {"languages": self._workbook.languages, "title": {}}
        if settings is not None:
            cells = Cells(self._workbook.settings.name, settings, self._found)
            title = cells.said("form_title")
            fields |= {"title": {first: title} if title else {}, "briefing": cells.wording("briefing")}
            fields |= cells.more()
        if not fields["title"]:
            fields["title"] = {first: self._title}
        try:
            return Document.model_validate(fields | {"touchpoints": touchpoints})
        except ValidationError as error:
            for code, where, values in misfits(error):
                self._found.fault(code, column=where, **values)
            return None


def touchpoint_fields(
    cells: Cells, languages: Sequence[Language], used: set[str], show_if: Any = None
) -> dict[str, Any]:
    """The fields of the touchpoint whose group begins in this row, without its questions."""
    name = cells.said("name")
    key = key_for(name, used, otherwise="touchpoint")
    fields: dict[str, Any] = {"key": key, "name": cells.wording("label"), "guidance": cells.wording("hint")}
    if not fields["name"]:
        fields["name"] = {languages[0]: name.replace("_", " ").strip().capitalize() or UNNAMED[languages[0]]}
    if (weight := cells.number("weight")) is not None:
        fields["weight"] = weight
    fields |= {name: value for name, value in cells.more().items() if name not in {EXACT, EXACT_OF}}
    if show_if is not None:
        fields["show_if"] = show_if
    try:
        Touchpoint.model_validate(fields)
    except ValidationError as error:
        for code, where, values in misfits(error):
            cells.fault(code, where, **values)
    return fields
