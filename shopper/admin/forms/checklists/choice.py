"""The form of a single choice: its options, each with points and what choosing it means."""

from __future__ import annotations

from typing import Any, Self

from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from wtforms import BooleanField, FieldList, FormField, HiddenField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from evaluations.designing.keys import free_key
from evaluations.document import tree
from evaluations.document.tree import AnyQuestion, Kind
from shopper.admin.forms.checklists.fields import NumberField, WordingField
from shopper.admin.forms.checklists.question import MOST_POINTS, ScoredForm
from shopper.language import LANGUAGES, lazy
from shopper.language import gettext as _

MOST_OPTIONS = 60
PREFIX = "options"


class OptionForm(PlainForm):
    """One option."""

    key = HiddenField()
    text = WordingField(lazy("Option"), longest=400)
    points = NumberField(lazy("Points"), lowest=-MOST_POINTS, highest=MOST_POINTS, default=0)
    na = BooleanField(lazy("N/A"))
    failing = BooleanField(lazy("Fails"))
    explain = BooleanField(lazy("Explain"))
    critical = BooleanField(lazy("Critical"))

    def validate_na(self, field: BooleanField) -> None:
        """What is not applicable can neither fail nor be critical."""
        if field.data and (self.failing.data or self.critical.data):
            raise ValidationError(
                _("An option that means “not applicable” can neither fail nor be critical.")
            )


class SingleChoiceForm(ScoredForm):
    """One of several options."""

    kind = Kind.SINGLE_CHOICE
    options = FieldList(FormField(OptionForm), min_entries=0, max_entries=MOST_OPTIONS + 1)

    @classmethod
    def filled(cls, question: Any) -> dict[str, Any]:
        """The boxes' values for `question`."""
        on = question.critical.on if question.critical else ()
        options = [
            {name: getattr(option, name) for name in ("key", "text", "points", "na", "failing")}
            | {"explain": option.key in question.explain_on, "critical": option.key in on}
            for option in question.options
        ]
        return super().filled(question) | {"options": options}

    @classmethod
    def of(cls, question: AnyQuestion | None = None, *, formdata: Any = None) -> Self:
        """The form as sent, else filled from `question`; a new one has two empty options."""
        form = super().of(question, formdata=formdata)
        if question is None and not form.is_submitted():
            for _place in range(2):
                form.options.append_entry()
        return form

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        return super().values() | {"options": self._options()}

    def settle(self) -> None:
        """Give each option the key under which it was saved."""
        named = [entry for entry in self.options.entries if entry.data["text"]]
        for entry, row in zip(named, self._rows(), strict=True):
            entry.form.key.data = row["key"]

    def explains(self) -> tuple[str, ...]:
        """The options on which a comment is asked for."""
        return tuple(row["key"] for row in self._rows() if row["explain"])

    def critical_on(self) -> tuple[str, ...]:
        """The options on which the question is critical."""
        return tuple(row["key"] for row in self._rows() if row["critical"])

    def validate_options(self, field: FieldList) -> None:
        """An option that was begun has words."""
        if len(field.entries) > MOST_OPTIONS:
            raise ValidationError(_("At most %(limit)s options.", limit=MOST_OPTIONS))
        for entry in field.entries:
            ticked = entry.form.na.data or entry.form.failing.data or entry.form.critical.data
            if not entry.form.text.data and (entry.form.points.data or ticked or entry.form.key.data):
                raise ValidationError(_("Name every option, or remove it."))

    def _options(self) -> tuple[tree.Option, ...]:
        names = ("key", "text", "points", "na", "failing")
        return tuple(tree.Option(**{name: row[name] for name in names}) for row in self._rows())

    def _rows(self) -> list[dict[str, Any]]:
        """The options that have words, each with a key: its own, or one made from its words."""
        rows = [dict(entry.data) for entry in self.options.entries if entry.data["text"]]
        known = set(self.known_keys)
        taken = {row["key"] for row in rows} & known
        kept: set[str] = set()
        for row in rows:
            if row["key"] not in known or row["key"] in kept:
                row["key"] = free_key(row["text"], taken | kept, otherwise="option")
            kept.add(row["key"])
        return rows

    known_keys: frozenset[str] = frozenset()
    """The keys of the question's options before: others are made here, never taken from the page."""


def rearranged(sent: MultiDict[str, str] | ImmutableMultiDict[str, str], order: str) -> MultiDict[str, str]:
    """The sent form with its options in another order: "up-2", "down-0", "drop-1" or "add"."""
    verb, _dash, number = order.partition("-")
    rows = sorted({int(name.split("-")[1]) for name in sent if _names_an_option(name)})
    place = rows.index(int(number)) if number.isdigit() and int(number) in rows else None
    if verb == "drop" and place is not None:
        rows.pop(place)
    elif verb in ("up", "down") and place is not None:
        other = place + (-1 if verb == "up" else 1)
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
    return _renumbered(sent, rows, add=verb == "add" and len(rows) < MOST_OPTIONS)


def _renumbered(
    sent: MultiDict[str, str] | ImmutableMultiDict[str, str], rows: list[int], *, add: bool
) -> MultiDict[str, str]:
    form: MultiDict[str, str] = MultiDict(
        (name, value) for name, value in sent.items(multi=True) if not _names_an_option(name)
    )
    for place, row in enumerate(rows):
        old = f"{PREFIX}-{row}-"
        for name, value in sent.items(multi=True):
            if name.startswith(old):
                form.add(f"{PREFIX}-{place}-{name.removeprefix(old)}", value)
    if add:
        form.add(f"{PREFIX}-{len(rows)}-points", "0")
        for language in LANGUAGES:
            form.add(f"{PREFIX}-{len(rows)}-text-{language}", "")
    return form


def _names_an_option(name: str) -> bool:
    parts = name.split("-")
    return len(parts) > 2 and parts[0] == PREFIX and parts[1].isdigit() and len(parts[1]) < 4
