"""From touchpoints and questions in plain words to a checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from evaluations.designing.keys import free_key
from evaluations.designing.plain.hints import Hints, Unclear
from evaluations.designing.vocabulary import limits
from evaluations.designing.xlsform.findings import Findings
from evaluations.designing.xlsform.fitting import misfits
from evaluations.designing.xlsform.questions import QUESTION
from evaluations.designing.xlsform.reading import UNNAMED, Reading
from evaluations.document.tree import AnyQuestion, Document, Kind, Language, Wording

SCORED = frozenset({Kind.YES_NO, Kind.RATING})
CHOICES = frozenset({Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES})
WORTH = Decimal(10)
"""Of a yes/no question or a rating whose points are not said."""


@dataclass(frozen=True, slots=True)
class Line:
    """A question as it was written: its words, and what was said of it; `row` is where."""

    row: int
    text: str
    hints: Hints
    help: str = ""


@dataclass
class Stop:
    """A touchpoint as it was written, with its questions."""

    row: int
    name: str
    fields: dict[str, Any] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


def build(
    stops: Sequence[Stop], *, title: str, language: Language, found: Findings, sheet: str = ""
) -> Reading:
    """The checklist of these touchpoints, or the faults for which there is none."""
    building = _Building(language, found, sheet)
    touchpoints = [building.touchpoint(stop) for stop in stops]
    if not any(stop.lines for stop in stops) and not found.faults:
        found.fault("nothing_asked", sheet)
    document = None if found.faults else building.whole(touchpoints, title)
    return Reading(document, tuple(found.faults), tuple(found.notes))


class _Building:
    """A checklist while it is put together; no key is given twice."""

    def __init__(self, language: Language, found: Findings, sheet: str) -> None:
        self._language = language
        self._found = found
        self._sheet = sheet
        self._touchpoint_keys: set[str] = set()
        self._question_keys: set[str] = set()

    def whole(self, touchpoints: Sequence[Mapping[str, Any]], title: str) -> Document | None:
        """The checklist, or None after a fault."""
        fields = {
            "title": {self._language: title},
            "languages": (self._language,),
            "touchpoints": touchpoints,
        }
        try:
            return Document.model_validate(fields)
        except ValidationError as error:
            for code, where, values in misfits(error):
                self._found.fault(code, column=where, **values)
            return None

    def touchpoint(self, stop: Stop) -> dict[str, Any]:
        """The fields of a touchpoint with its questions."""
        name: Wording = {self._language: stop.name or UNNAMED[self._language]}
        key = free_key(name, self._touchpoint_keys, otherwise="touchpoint")
        self._touchpoint_keys.add(key)
        questions = [question for line in stop.lines if (question := self._question(line)) is not None]
        return {"key": key, "name": name, **stop.fields, "questions": questions}

    def _question(self, line: Line) -> AnyQuestion | None:
        key = free_key({self._language: line.text}, self._question_keys, otherwise="question")
        self._question_keys.add(key)
        try:
            return QUESTION.validate_python({"key": key, **question_fields(line, self._language)})
        except Unclear as reason:
            self._found.fault(reason.code, self._sheet, line.row, **reason.values)
        except ValidationError as error:
            for code, where, values in misfits(error, skip=1):
                self._found.fault(code, self._sheet, line.row, where, **values)
        return None


def question_fields(line: Line, language: Language) -> dict[str, Any]:
    """The fields of a question; `Unclear` where what is said of it does not go together."""
    hints = line.hints
    kind = hints.kind or (Kind.YES_NO if line.text.rstrip().endswith("?") else Kind.INSTRUCTION)
    fields: dict[str, Any] = {"kind": kind.value, "text": {language: line.text}}
    if line.help:
        fields["help"] = {language: line.help}
    if kind is Kind.INSTRUCTION:
        fields |= {"required": False, "photos_allowed": False}
    if kind is Kind.SIGNATURE:
        fields["photos_allowed"] = False
    fields |= _marked(hints, kind, language)
    if kind is Kind.YES_NO and hints.fields.get("favourable", "yes") == "yes":
        fields["explain_on"] = ["no"]
    fields |= hints.fields
    if fields.get("explain_on"):
        fields["explain_min"] = limits().usual_explanation
    if hints.is_critical:
        fields["critical"] = _critical(fields, kind)
    return fields


def _marked(hints: Hints, kind: Kind, language: Language) -> dict[str, Any]:
    if kind in CHOICES:
        if len(hints.options) < 2:
            raise Unclear("options_missing")
        return {"options": _options(hints, language)}
    if hints.options:
        raise Unclear("options_elsewhere")
    if kind in SCORED:
        return {"points": WORTH if hints.points is None else hints.points}
    if hints.points is not None:
        raise Unclear("points_unscored")
    return {}


def _options(hints: Hints, language: Language) -> list[dict[str, Any]]:
    """The options; points of the whole question go to the first where none has its own."""
    keys: set[str] = set()
    made = []
    has_own = any(points is not None for _, points in hints.options)
    for place, (text, points) in enumerate(hints.options):
        key = free_key({language: text}, keys, otherwise="option")
        keys.add(key)
        worth = points if points is not None else (hints.points if place == 0 and not has_own else None)
        made.append({"key": key, "text": {language: text}, "points": worth or Decimal(0)})
    return made


def _critical(fields: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    if kind is not Kind.YES_NO:
        raise Unclear("critical_needs_yes_no")
    return {"on": ["yes" if fields.get("favourable") == "no" else "no"], "effect": "fails_visit"}
