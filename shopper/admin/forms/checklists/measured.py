"""The forms of what is measured: a number, an amount of money, a duration. Each has a range and bands of points."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import FieldList, FormField, SelectField, StringField
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from evaluations.document import tree
from evaluations.document.currencies import decimals_of
from evaluations.document.tree import Critical, Effect, Kind
from evaluations.document.tree.measuring import MOST_BANDS
from shopper.admin.forms.checklists.currencies import currencies
from shopper.admin.forms.checklists.fields import CountField, NumberField, WordingField
from shopper.admin.forms.checklists.measures import MeasureField, SecondsField
from shopper.admin.forms.checklists.question import MOST_POINTS, ScoredForm
from shopper.language import gettext as _
from shopper.language import lazy

LONGEST_MESSAGE = 400
LONGEST_UNIT = 40


class BandForm(PlainForm):
    """The points of what is up to a border."""

    up_to = MeasureField(lazy("Up to"))
    points = NumberField(lazy("Points"), lowest=-MOST_POINTS, highest=MOST_POINTS, default=0)


class SecondsBandForm(BandForm):
    """The points of what takes up to so long."""

    up_to = SecondsField(lazy("Up to"))


class MeasuredForm(ScoredForm):
    """A range, the words on what is out of it, bands of points, and the range on which it is critical."""

    minimum = MeasureField(lazy("Smallest answer"))
    maximum = MeasureField(lazy("Largest answer"))
    constraint_message = WordingField(lazy("Said where an answer is out of range"), longest=LONGEST_MESSAGE)
    bands = FieldList(FormField(BandForm), min_entries=0, max_entries=MOST_BANDS + 1)
    critical_minimum = MeasureField(lazy("From"))
    critical_maximum = MeasureField(lazy("To"))

    @classmethod
    def filled(cls, question: Any) -> dict[str, Any]:
        """The boxes' values for `question`."""
        critical = question.critical
        return super().filled(question) | {
            "bands": [{"up_to": band.up_to, "points": band.points} for band in question.bands],
            "critical_minimum": critical.minimum if critical else None,
            "critical_maximum": critical.maximum if critical else None,
        }

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        rows = self._begun()
        bands = tuple(tree.PointBand(up_to=row.up_to.data, points=row.points.data) for row in rows)
        names = ("minimum", "maximum", "constraint_message")
        return super().values() | {name: self[name].data for name in names} | {"bands": bands}

    def explains(self) -> tuple[str, ...]:
        """A measure is not named by single answers."""
        return ()

    def critical_on(self) -> tuple[str, ...]:
        """A measure is critical on a range."""
        return ()

    def validate_maximum(self, field: MeasureField) -> None:
        """The largest is not below the smallest."""
        _not_below(self.minimum, field)

    def validate_critical_maximum(self, field: MeasureField) -> None:
        """The range does not end before it begins."""
        _not_below(self.critical_minimum, field)

    def validate_critical_effect(self, _field: SelectField) -> None:
        """A critical rule names a range, open at one end at most."""
        ends = (self.critical_minimum, self.critical_maximum)
        if self.critical_effect.data and all(end.data is None and not end.errors for end in ends):
            raise ValidationError(_("Say from where, or up to where."))

    def validate_bands(self, field: FieldList) -> None:
        """Bands ascend, and the last one is open, so that every answer falls in one."""
        if len(field.entries) > MOST_BANDS:
            raise ValidationError(_("At most %(limit)s bands.", limit=MOST_BANDS))
        before: Any = None
        rows = self._begun()
        for row in rows:
            border = row.up_to
            if border.errors:
                continue
            is_last = row is rows[-1]
            if is_last and border.data is not None:
                _fault(border, _("Leave the last band open: it holds all the rest."))
            elif not is_last and border.data is None:
                _fault(border, _("Say up to where this band goes."))
            elif before is not None and border.data is not None and border.data <= before:
                _fault(border, _("This band has to end above the one before it."))
            before = border.data if border.data is not None else before
        if any(entry.form.up_to.errors for entry in field.entries):
            raise ValidationError("")

    def _begun(self) -> list[Any]:
        """The rows that say something: the last one does, where there is another."""
        rows: list[Any] = [entry.form for entry in self.bands.entries]
        begun = [row for row in rows[:-1] if row.up_to.data is not None or row.points.data or row.errors]
        last = [row for row in rows[-1:] if begun or row.up_to.data is not None or row.points.data]
        return begun + last

    def _critical(self) -> Critical | None:
        if not self.critical_effect.data:
            return None
        effect = Effect(self.critical_effect.data)
        return Critical(
            minimum=self.critical_minimum.data,
            maximum=self.critical_maximum.data,
            effect=effect,
            cap=self.critical_cap.data if effect is Effect.CAPS_TOTAL else None,
        )


class NumberForm(MeasuredForm):
    """A number with its unit."""

    kind = Kind.NUMBER
    decimals = CountField(lazy("Decimals"), lowest=0, highest=6, default=0)
    unit = WordingField(lazy("Unit, such as °C or people"), longest=LONGEST_UNIT)

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        return super().values() | {"decimals": self.decimals.data, "unit": self.unit.data}


class MoneyForm(MeasuredForm):
    """An amount in one currency."""

    kind = Kind.MONEY
    currency = SelectField(lazy("Currency"), default="EUR")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency.choices = currencies(kwargs.get("currency"))

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        return super().values() | {"currency": self.currency.data}

    def validate_minimum(self, field: MeasureField) -> None:
        """No finer than the currency."""
        self._fits_the_currency(field)

    def validate_maximum(self, field: MeasureField) -> None:
        """No finer than the currency, and not below the smallest."""
        self._fits_the_currency(field)
        super().validate_maximum(field)

    def _fits_the_currency(self, field: MeasureField) -> None:
        decimals = decimals_of(self.currency.data or "")
        if field.data is not None and field.data != round(field.data, decimals):
            raise ValidationError(_("This currency has %(n)s decimals.", n=decimals))


class DurationForm(MeasuredForm):
    """How long something took."""

    kind = Kind.DURATION
    minimum = SecondsField(lazy("Shortest answer"))
    maximum = SecondsField(lazy("Longest answer"))
    bands = FieldList(FormField(SecondsBandForm), min_entries=0, max_entries=MOST_BANDS + 1)
    critical_minimum = SecondsField(lazy("From"))
    critical_maximum = SecondsField(lazy("To"))


def _not_below(lower: StringField, upper: StringField) -> None:
    low, high = lower.data, upper.data
    if isinstance(low, Decimal) and isinstance(high, Decimal) and high < low:
        raise ValidationError(_("This is below “%(lower)s”.", lower=lower.label.text))


def _fault(field: MeasureField, words: str) -> None:
    field.errors = [*field.errors, words]
