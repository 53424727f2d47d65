"""The forms of choices: their options, each with points and what choosing it means."""

from __future__ import annotations

from typing import Any, Self

from wtforms import BooleanField, FieldList, FormField, HiddenField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from evaluations.designing.keys import free_key
from evaluations.designing.retiring import Published
from evaluations.document import tree
from evaluations.document.tree import AnyQuestion, Kind
from evaluations.document.tree.choosing import MOST_OPTIONS
from shopper.admin.forms.checklists.fields import CountField, NumberField, WordingField
from shopper.admin.forms.checklists.question import MOST_POINTS, ScoredForm, not_below
from shopper.language import gettext as _
from shopper.language import lazy

OPTION = ("key", "text", "points", "na", "failing", "retired")


class OptionForm(PlainForm):
    """One option."""

    key = HiddenField()
    text = WordingField(lazy("Option"), longest=400)
    points = NumberField(lazy("Points"), lowest=-MOST_POINTS, highest=MOST_POINTS, default=0)
    na = BooleanField(lazy("N/A"))
    failing = BooleanField(lazy("Fails"))
    explain = BooleanField(lazy("Explain"))
    photo = BooleanField(lazy("Photo"))
    critical = BooleanField(lazy("Critical"))
    retired = BooleanField(lazy("Retired"))

    def validate_na(self, field: BooleanField) -> None:
        """What is not applicable can neither fail nor be critical."""
        if field.data and (self.failing.data or self.critical.data):
            raise ValidationError(
                _("An option that means “not applicable” can neither fail nor be critical.")
            )


class ChoiceForm(ScoredForm):
    """Options to choose from."""

    options = FieldList(FormField(OptionForm), min_entries=0, max_entries=MOST_OPTIONS + 1)

    @classmethod
    def filled(cls, question: Any) -> dict[str, Any]:
        """The boxes' values for `question`."""
        on = question.critical.on if question.critical else ()
        options = [
            {name: getattr(option, name) for name in OPTION}
            | {
                "explain": option.key in question.explain_on,
                "photo": option.key in question.photo_on,
                "critical": option.key in on,
            }
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

    def pictured(self) -> tuple[str, ...]:
        """The options on which a photo is asked for."""
        return tuple(row["key"] for row in self._rows() if row["photo"])

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
        held = {entry.form.key.data for entry in field.entries}
        for option in self.published.options:
            if option.key not in held:
                said = next(iter(option.text.values()), option.key)
                raise ValidationError(
                    _("“%(option)s” was published and may have answers: retire it instead.", option=said)
                )

    def _options(self) -> tuple[tree.Option, ...]:
        return tuple(tree.Option(**{name: row[name] for name in OPTION}) for row in self._rows())

    def _rows(self) -> list[dict[str, Any]]:
        """The options that have words, each with a key: its own, or one made from its words."""
        rows = [dict(entry.data) for entry in self.options.entries if entry.data["text"]]
        known = set(self.known_keys)
        taken = {row["key"] for row in rows} & known
        kept: set[str] = set()
        for row in rows:
            if row["key"] not in known or row["key"] in kept:
                row["key"] = free_key(row["text"], taken | kept | self.published.keys, otherwise="option")
            kept.add(row["key"])
        return rows

    known_keys: frozenset[str] = frozenset()
    """The keys of the question's options before: others are made here, never taken from the page."""
    published = Published()
    """What published versions say of these options: those may be retired, never removed."""

    def is_published(self, key: str) -> bool:
        """Whether the newest version has the option with this key."""
        return any(option.key == key for option in self.published.options)


class SingleChoiceForm(ChoiceForm):
    """One of several options."""

    kind = Kind.SINGLE_CHOICE


class SeveralChoicesForm(ChoiceForm):
    """Any of several options, or so many of them."""

    kind = Kind.SEVERAL_CHOICES
    min_choices = CountField(lazy("At least so many"), lowest=0, highest=MOST_OPTIONS, default=0)
    max_choices = CountField(lazy("At most so many"), lowest=1, highest=MOST_OPTIONS, needed=False)

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        return super().values() | {name: self[name].data for name in ("min_choices", "max_choices")}

    def validate_max_choices(self, field: CountField) -> None:
        """The most are not fewer than the fewest."""
        not_below(self.min_choices, field)
