"""A row of the survey as a question: its kind, its fields, and what of the row is not kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from evaluations.designing.media import Media
from evaluations.designing.xlsform import constraints
from evaluations.designing.xlsform.cells import Cells
from evaluations.designing.xlsform.choices import ChoiceList
from evaluations.designing.xlsform.criticals import read_critical
from evaluations.designing.xlsform.expressions import NotUnderstood, parse
from evaluations.designing.xlsform.fitting import misfits
from evaluations.designing.xlsform.images import read_pictures
from evaluations.designing.xlsform.survey import Item
from evaluations.document.tree import AnyQuestion, Kind

QUESTION: TypeAdapter[AnyQuestion] = TypeAdapter(AnyQuestion)
DECIMALS = 6
"""Of a number that may have decimals without saying how many."""
TEXTS = frozenset({Kind.SHORT_TEXT, Kind.NARRATIVE})
YES_NO = frozenset({"yes", "no"})
SAID_YES_NO = {"yes": frozenset({"yes", "sí", "si"}), "no": frozenset({"no"})}
APPEARANCES = {"multiline": Kind.NARRATIVE, "signature": Kind.SIGNATURE}
DRAWN = frozenset({"draw", "annotate"})
USED_PARAMETERS = {"range": frozenset({"start", "end", "step"}), "text": frozenset({"rows"})}


@dataclass(frozen=True, slots=True)
class Draft:
    """A question as far as its own row tells: its raw fields, without a condition."""

    item: Item
    name: str
    fields: dict[str, Any]
    answers: Mapping[str, str]
    not_applicable: frozenset[str]

    @property
    def kind(self) -> Kind:
        """Its kind, as far as it is one."""
        return Kind(self.fields["kind"])


def read_question(
    item: Item, key: str, name: str, chosen: ChoiceList, media: Media | None = None
) -> Draft | None:
    """The question that a row asks, from the list `chosen` where it is answered by choosing; None after a fault."""
    cells, more = item.cells, item.cells.more()
    kind = _kind(item, chosen, more)
    if kind is None:
        return None
    fields: dict[str, Any] = {"kind": kind.value, "key": key, "text": cells.wording("label")}
    fields |= _common(cells) | _choosing(kind, chosen) | _measuring(item, kind)
    fields |= _asking(item, kind, fields)
    answers = _answers(kind, chosen, fields)
    fields |= _on_answers(cells, answers) | _constraint(cells, kind, fields)
    apart = {"kind", "show_if", "show_if_of", "pictures"}
    fields |= {name: value for name, value in more.items() if name not in apart}
    fields |= read_pictures(cells, more, media or Media())
    _note_left_out(item)
    return Draft(item, name, fields, answers, chosen.not_applicable)


def built(draft: Draft) -> AnyQuestion | None:
    """The question itself; None after a fault that says which field does not fit."""
    try:
        return QUESTION.validate_python(draft.fields)
    except ValidationError as error:
        for code, where, values in misfits(error, skip=1):
            draft.item.cells.fault(code, where or "type", **values)
        return None


def _kind(item: Item, chosen: ChoiceList, more: Mapping[str, Any]) -> Kind | None:
    kind, cells = item.typed.kind, item.cells
    if said := more.get("kind"):
        try:
            return Kind(said)
        except ValueError:
            cells.fault("kind_unknown", "more", kind=str(said)[:60])
            return None
    looks = set(cells.said("appearance").split())
    if kind is Kind.PHOTO and looks & DRAWN:
        cells.fault("drawing_not_kept", "appearance")
        return None
    for look, other in APPEARANCES.items():
        if (
            look in looks
            and kind in {Kind.SHORT_TEXT, Kind.PHOTO}
            and (kind is Kind.PHOTO) == (other is Kind.SIGNATURE)
        ):
            return other
    if kind is Kind.SHORT_TEXT and "rows" in cells.parameters():
        return Kind.NARRATIVE
    if kind is Kind.SINGLE_CHOICE and _is_yes_no(chosen) and not item.typed.or_other:
        return Kind.YES_NO
    if _is_range(item):
        return _kind_of_range(cells)
    return kind


def _is_yes_no(chosen: ChoiceList) -> bool:
    """Whether the list is no other than yes and no, in whatever language."""
    return set(chosen.keys) == YES_NO and all(
        {text.casefold() for text in option["text"].values()} <= SAID_YES_NO[option["key"]]
        and not {"points", "na", "failing", "retired"} & {name for name, value in option.items() if value}
        for option in chosen.options
    )


def _is_range(item: Item) -> bool:
    return item.cells.said("type").strip().casefold() == "range"


def _range(cells: Cells) -> tuple[Decimal, Decimal, Decimal]:
    """Start, end and step of a range, as the standard presumes them where they are not said."""
    given = cells.parameters()
    found = []
    for name, presumed in (("start", "1"), ("end", "10"), ("step", "1")):
        try:
            number = Decimal(given.get(name, presumed))
        except ArithmeticError:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number.adjusted()) > 12:
            cells.fault("parameters_unreadable", "parameters", said=given[name][:60])
            number = Decimal(presumed)
        found.append(number)
    return found[0], found[1], found[2]


def _kind_of_range(cells: Cells) -> Kind | None:
    start, end, step = _range(cells)
    if step == 1 and start in {0, 1} and end == end.to_integral_value() and 2 <= end <= 10:
        return Kind.RATING
    if (
        step <= 0
        or step != Decimal(1).scaleb(step.adjusted())
        or not -6 <= step.adjusted() <= 0
        or start > end
    ):
        cells.fault("range_not_kept", "parameters", step=str(step))
        return None
    return Kind.NUMBER


def _common(cells: Cells) -> dict[str, Any]:
    """What every kind has."""
    fields: dict[str, Any] = {"required": cells.truth("required"), "internal": cells.truth("internal")}
    help_texts = cells.wording("hint")
    for language, text in cells.wording("guidance_hint").items():
        help_texts[language] = f"{help_texts[language]}\n{text}" if language in help_texts else text
    if help_texts:
        fields["help"] = help_texts
    if (days := cells.whole("followup_days")) is not None:
        fields["due_days"] = days
    if lenses := cells.said("lens").replace(",", " ").split():
        fields["lenses"] = lenses
    return fields


def _choosing(kind: Kind, chosen: ChoiceList) -> dict[str, Any]:
    return {"options": chosen.options} if kind in {Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES} else {}


def _measuring(item: Item, kind: Kind) -> dict[str, Any]:
    """The scale of a rating, the decimals of a number, and the ends of a range."""
    if kind is Kind.NUMBER:
        if _is_range(item):
            start, end, step = _range(item.cells)
            return {"decimals": -step.adjusted(), "minimum": start, "maximum": end}
        return {"decimals": DECIMALS if item.cells.said("type").strip().casefold() == "decimal" else 0}
    if kind is Kind.RATING and _is_range(item):
        start, end, _step = _range(item.cells)
        return {"lo": int(start), "hi": int(end)}
    return {}


def _asking(item: Item, kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Points, photos and instructions: what some kinds have and others have not."""
    cells, found = item.cells, dict[str, Any]()
    if kind is Kind.INSTRUCTION:
        if fields["required"]:
            cells.note("required_note", "required")
        found |= {"required": False, "photos_allowed": False}
    if kind is Kind.SIGNATURE:
        found["photos_allowed"] = False
    points = cells.number("points")
    if points is not None and kind in {Kind.YES_NO, Kind.RATING}:
        found["points"] = points
    elif points is not None:
        cells.fault("points_elsewhere", "points")
    elif kind in {Kind.YES_NO, Kind.RATING}:
        found["points"] = 0
    if cells.truth("bonus"):
        found["bonus"] = True
    return found | _photos(cells, kind)


def _photos(cells: Cells, kind: Kind) -> dict[str, Any]:
    least, most = cells.whole("min_photos"), cells.whole("max_photos")
    if kind is Kind.PHOTO:
        found = {"min_count": least, "max_count": most}
        if least is not None and most is None:
            found["max_count"] = max(5, least)
        return {name: value for name, value in found.items() if value is not None}
    if least or (most is not None and most != 0):
        cells.fault("photos_not_kept", "min_photos" if least else "max_photos")
    return {"photos_allowed": False} if most == 0 else {}


def _answers(kind: Kind, chosen: ChoiceList, fields: Mapping[str, Any]) -> dict[str, str]:
    """The answers that rules may name, by what the workbook calls them."""
    if kind is Kind.YES_NO:
        return {"yes": "yes", "no": "no"}
    if kind is Kind.RATING:
        low, high = int(fields.get("lo", 1)), int(fields.get("hi", 5))
        return {str(value): str(value) for value in range(low, min(high, low + 20) + 1)}
    return dict(chosen.keys) if kind in {Kind.SINGLE_CHOICE, Kind.SEVERAL_CHOICES} else {}


def _on_answers(cells: Cells, answers: Mapping[str, str]) -> dict[str, Any]:
    """On which answers a comment or a photo is demanded, and on which the question is critical."""
    found: dict[str, Any] = {}
    for column, field in (("comment_on", "explain_on"), ("photo_on", "photo_on")):
        named = cells.said(column).replace(",", " ").split()
        if unknown := [name for name in named if name not in answers]:
            cells.fault("answer_unknown", column, answer=unknown[0][:60])
        elif named:
            found[field] = [answers[name] for name in named]
    if critical := read_critical(cells, answers):
        found["critical"] = critical
    return found


def _constraint(cells: Cells, kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if said := cells.said("constraint"):
        decimals = {Kind.MONEY: 2, Kind.DURATION: 1}.get(kind, fields.get("decimals", 0))
        try:
            found |= constraints.limits(parse(said), kind, decimals=decimals)
        except NotUnderstood as reason:
            cells.fault(reason.code, "constraint", expression=said[:120], **reason.values)
    message = cells.wording("constraint_message")
    if message and kind in constraints.LIMITED | {Kind.SHORT_TEXT, Kind.DATE}:
        found["constraint_message"] = message
    elif message:
        cells.note("constraint_message_left_out", "constraint_message")
    return found


def _note_left_out(item: Item) -> None:
    cells = item.cells
    looks = [look for look in cells.said("appearance").split() if look not in APPEARANCES]
    if looks:
        cells.note("appearance_left_out", "appearance", appearance=" ".join(looks)[:80])
    used = USED_PARAMETERS.get(cells.said("type").strip().casefold(), frozenset())
    if others := sorted(set(cells.parameters()) - used):
        cells.note("parameters_left_out", "parameters", names=", ".join(others)[:80])
    if cells.said("weight"):
        cells.fault("weight_of_question", "weight")
