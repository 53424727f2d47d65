"""What differs between two wordings of a checklist, in words: what was added, removed, reworded, re-scored, moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evaluations.designing.comparing import Difference, Sort, differences
from evaluations.document.tree import AnyQuestion, Condition, Document, Language, Touchpoint
from shopper import saying
from shopper.filters import number
from shopper.language import gettext as _
from shopper.wordings.changes import COUNTED, WHATS, What
from shopper.wordings.designing import FIELDS, field_words, language_within, thing_words

WORDINGS = frozenset(
    {
        "title",
        "briefing",
        "name",
        "guidance",
        "text",
        "help",
        "lo_text",
        "hi_text",
        "constraint_message",
        "unit",
    }
)
SCORES = frozenset(
    {"points", "options", "bands", "bonus", "critical", "favourable", "weight", "scoring", "target"}
)
FIGURES = frozenset({"points", "weight", "target", "due_days", "min_count", "max_count", "lo", "hi"})
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Detail:
    """One field before and after; the language where it is a wording in one of several."""

    field: str
    before: str
    after: str
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs, in words."""

    what: What
    sort: str
    thing: str
    is_touchpoint: bool
    is_settings: bool
    fields: str
    details: tuple[Detail, ...] = ()


def changes(before: Document, after: Document) -> list[Change]:
    """What was done to `before` to make it `after`, in the order of `after`."""
    return [_change(each, before, after) for each in differences(before, after)]


def proposed_note(changes: Sequence[Change], number: int) -> str:
    """What changed since version `number`, counted: what a note may begin with."""
    counts = Counter((change.what, change.is_touchpoint) for change in changes if not change.is_settings)
    told = [COUNTED[key](counts[key]) for key in COUNTED if counts[key]]
    if any(change.is_settings for change in changes):
        told.append(_("settings changed"))
    if not told:
        return ""
    return _("Since version %(number)s: %(changes)s.", number=number, changes=", ".join(told))


def _change(each: Difference, before: Document, after: Document) -> Change:
    what = _what(each)
    return Change(
        what=what,
        sort=str(WHATS[what]),
        thing=thing_words(each, before if each.sort is Sort.REMOVED else after),
        is_touchpoint=each.question is None,
        is_settings=each.touchpoint is None and each.question is None,
        fields=field_words(each),
        details=tuple(_details(each, before, after)),
    )


def _what(each: Difference) -> What:
    """A change by what it means: of words alone, of what is scored, or of anything else."""
    if each.sort is Sort.CHANGED and SCORES & set(each.fields):
        return What.RESCORED
    if each.sort is Sort.CHANGED and set(each.fields) <= WORDINGS:
        return What.REWORDED
    return What(each.sort.value)


def _details(each: Difference, before: Document, after: Document) -> Iterator[Detail]:
    """What can be shown before and after: words in each language, figures, and the words and points of options."""
    old, new = _part(each, before), _part(each, after)
    for name in each.fields:
        one, other = getattr(old, name, None), getattr(new, name, None)
        if name in WORDINGS:
            yield from _of_wordings(str(FIELDS[name]), one or {}, other or {}, after)
        elif name in FIGURES:
            yield Detail(str(FIELDS[name]), _figure(one), _figure(other))
        elif name == "show_if":
            yield Detail(str(FIELDS[name]), _condition(one, before), _condition(other, after))
        elif name == "options":
            yield from _of_options(one or (), other or (), after)


def _of_wordings(
    field: str, one: dict[Any, str], other: dict[Any, str], document: Document
) -> Iterator[Detail]:
    for language in dict.fromkeys((*document.languages, *one, *other)):
        before, after = one.get(language, ""), other.get(language, "")
        if before != after:
            told = language if len(document.languages) > 1 else None
            called = f"{field}, {language_within(language)}" if told else field
            yield Detail(called, _short(before), _short(after), language)


def _of_options(one: Any, other: Any, document: Document) -> Iterator[Detail]:
    old, new = ({option.key: option for option in options} for options in (one, other))
    for key in dict.fromkeys((*new, *old)):
        before, after = _option(old.get(key), document), _option(new.get(key), document)
        if before != after:
            yield Detail(_("option"), before, after)


def _option(option: Any, document: Document) -> str:
    """An option as its words, its points and what else it means."""
    if option is None:
        return ""
    said = [document.say(option.text, document.languages[0]), number(option.points)]
    said += [_("not applicable")] if option.na else []
    said += [_("fails the question")] if option.failing else []
    said += [_("retired")] if option.retired else []
    return " · ".join(said)


def _condition(condition: Condition | None, document: Document) -> str:
    return saying.condition_text(condition, document) if condition else _("always shown")


def _part(each: Difference, document: Document) -> Document | Touchpoint | AnyQuestion | None:
    if each.question:
        return document.question(each.question)
    if each.touchpoint:
        return next((one for one in document.touchpoints if one.key == each.touchpoint), None)
    return document


def _figure(value: Any) -> str:
    return "" if value is None else number(value)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
