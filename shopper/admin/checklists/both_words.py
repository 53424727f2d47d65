"""The values of a thing's fields in words, as they stand side by side where two designers clash."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from evaluations.designing.merging import Clash
from evaluations.document.tree import AnyQuestion, Critical, Document, Lens, Option, Part, Picture, Scoring
from shopper import saying
from shopper.admin.checklists.telling import answers_words, band_words, critical_words, measure_words
from shopper.filters import day, number, wording
from shopper.language import gettext as _
from shopper.wordings.designing import (
    CHANNELS,
    FIELDS,
    LENSES,
    PHASES,
    STAGES,
    language_name,
    language_within,
)

NAMED: dict[Any, Any] = {**PHASES, **STAGES, **CHANNELS, **LENSES}
MEASURES = frozenset({"minimum", "maximum"})


def clash_label(clash: Clash) -> str:
    """What both changed, such as "Wording, Spanish"."""
    name = str(FIELDS[clash.field]).capitalize()
    return f"{name}, {language_within(clash.language)}" if clash.language else name


def value_words(field: str, value: Any, part: Part | None, document: Document) -> str:
    """A field's value as a person would say it; `part` is the question or touchpoint that it belongs to."""
    if value is None or value == "" or value == () or value == {}:
        return _("nothing")
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return _choice_words(field, value)
    if rule := _rule_words(field, value, part, document):
        return rule
    if field in MEASURES and isinstance(value, Decimal) and part is not None:
        return measure_words(part, value, document)  # type: ignore[arg-type]
    for kind, say in _SAYS.items():
        if isinstance(value, kind):
            return say(value)
    if field == "bands" and part is not None:
        banded = _with(part, bands=value)
        return "; ".join(band_words(banded, place, document) for place in range(len(value)))  # type: ignore[arg-type]
    if isinstance(value, tuple):
        return ", ".join(_one_of_several(each, document) for each in value)
    return str(NAMED.get(value, value))


def _rule_words(field: str, value: Any, part: Part | None, document: Document) -> str:
    """A rule on answers in words; empty where `field` is none."""
    if field == "show_if":
        return saying.condition_text(value, document)
    if isinstance(value, Critical):
        return critical_words(_with(part, critical=value), document)
    is_rule = field in ("explain_on", "photo_on") and part is not None
    return answers_words(part, value, document) if is_rule else ""  # type: ignore[arg-type]


def _one_of_several(value: Any, document: Document) -> str:
    if isinstance(value, Option):
        points = _("N/A") if value.na else number(value.points)
        state = f", {_('retired')}" if value.retired else ""
        return f"“{wording(value.text, document)}” ({points}{state})"
    if isinstance(value, Picture):
        caption = wording(value.caption, document)
        return f"“{caption}”" if caption else _("a picture without a caption")
    if isinstance(value, Lens):
        return str(LENSES[value])
    return language_name(str(value))


def _choice_words(field: str, value: str) -> str:
    if field != "favourable":
        return value
    return {
        "yes": _("Yes"),
        "no": _("No"),
        "high": _("The high end"),
        "low": _("The low end (turned round)"),
    }[value]


def _scoring_words(scoring: Scoring) -> str:
    words = [_("by weights") if scoring.total == "weights" else _("by points")]
    if scoring.target is not None:
        words.append(_("target %(target)s %%", target=number(scoring.target)))
    words.append(
        _(
            "good from %(good)s %%, fair from %(fair)s %%",
            good=number(scoring.bands.good),
            fair=number(scoring.bands.fair),
        )
    )
    if scoring.blanks_count:
        words.append(_("A question left blank counts as 0 points"))
    if scoring.bonus_may_exceed:
        words.append(_("A bonus may lift a touchpoint above 100 %"))
    return "; ".join(words)


def _with(part: Any, **values: Any) -> AnyQuestion:
    changed: AnyQuestion = part.model_copy(update=values)
    return changed


_SAYS: dict[type, Callable[[Any], str]] = {
    bool: lambda value: _("Yes") if value else _("No"),
    int: number,
    Decimal: number,
    date: day,
    Scoring: _scoring_words,
}
