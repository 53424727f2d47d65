"""The forms for waves and their visits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from wtforms import DateField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from evaluations.fieldwork.entering import LONGEST_NAME
from evaluations.fieldwork.planning import LONGEST_NOTE, LONGEST_REASON, Window
from evaluations.models import Location, Programme, Wave
from evaluations.queries.visits import ShopperRow
from evaluations.queries.waves import VersionRow
from shopper.admin.forms.checklists.fields import named
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.language import lazy, ngettext
from shopper.wordings.planning import CAPTURES


class WaveForm(Form):
    """A wave's name and dates."""

    name = StringField(
        lazy("Name of the wave"), [DataRequired(lazy("Enter a name.")), Length(max=LONGEST_NAME)]
    )
    starts_on = DateField(lazy("First day"), [InputRequired(lazy("Enter the first day."))])
    ends_on = DateField(lazy("Last day"), [InputRequired(lazy("Enter the last day."))])

    def validate_ends_on(self, field: DateField) -> None:
        """A wave does not end before it starts."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The last day lies before the first."))

    @property
    def dates(self) -> Window:
        """The first and the last day."""
        return Window(self.starts_on.data, self.ends_on.data)


class WaveSettingsForm(WaveForm):
    """A wave's name, its dates, and how its visits are captured."""

    capture = RadioField(lazy("Visits are captured"), choices=named(CAPTURES))

    @classmethod
    def of(cls, wave: Wave) -> WaveSettingsForm:
        """The form as sent, or filled from what holds now."""
        return cls.read(
            name=wave.name, starts_on=wave.starts_on, ends_on=wave.ends_on, capture=wave.capture.value
        )


class PlanForm(WaveForm):
    """All that a new wave needs: programme, version, dates and locations."""

    programme = SelectField(lazy("Programme"), choices=[])
    programme_name = StringField(lazy("Name of the new programme"), [Length(max=LONGEST_NAME)])
    version = SelectField(lazy("Checklist"), choices=[])
    locations = SelectMultipleField(lazy("Locations"), choices=[])

    def offer(
        self,
        programmes: Iterable[Programme],
        versions: Iterable[VersionRow],
        locations: Mapping[UUID | None, list[Location]],
    ) -> None:
        """Offer these to choose from; every location is chosen until somebody says otherwise."""
        self.programme.choices = [
            *(SelectChoice(str(programme.id), programme.name) for programme in programmes),
            SelectChoice("", _("A new programme")),
        ]
        self.version.choices = [
            SelectChoice(
                str(row.id), _("%(name)s, version %(number)s", name=row.checklist, number=row.number)
            )
            for row in versions
        ]
        self.locations.choices = _places(locations)
        if not self.is_submitted():
            self.locations.data = [choice.value for choice in self.locations.choices]

    def validate_programme_name(self, field: StringField) -> None:
        """A new programme has a name."""
        if not self.programme.data and not field.data:
            raise ValidationError(_("Enter a name for the new programme."))

    def validate_locations(self, field: SelectMultipleField) -> None:
        """A wave goes somewhere."""
        if not field.data:
            raise ValidationError(_("Choose at least one location."))


class MoreVisitsForm(Form):
    """Further visits in a wave: where, between which days, and with which note."""

    window_from = DateField(lazy("From"), [InputRequired(lazy("Enter the first day."))])
    window_to = DateField(lazy("To"), [InputRequired(lazy("Enter the last day."))])
    note = TextAreaField(lazy("Note to the shopper"), [Length(max=LONGEST_NOTE)])
    locations = SelectMultipleField(lazy("Locations"), choices=[])

    def offer(self, locations: Mapping[UUID | None, list[Location]]) -> None:
        """Offer these locations; none is chosen to begin with."""
        self.locations.choices = _places(locations)

    def validate_window_to(self, field: DateField) -> None:
        """A window does not close before it opens."""
        _refuse_backwards(self.window_from, field)

    def validate_locations(self, field: SelectMultipleField) -> None:
        """Visits go somewhere."""
        if not field.data:
            raise ValidationError(_("Choose at least one location."))

    @property
    def window(self) -> Window:
        """The first and the last day."""
        return Window(self.window_from.data, self.window_to.data)


class VisitForm(Form):
    """A visit's window and the note to its shopper."""

    window_from = DateField(lazy("From"), [InputRequired(lazy("Enter the first day."))])
    window_to = DateField(lazy("To"), [InputRequired(lazy("Enter the last day."))])
    note = TextAreaField(lazy("Note to the shopper"), [Length(max=LONGEST_NOTE)])

    def validate_window_to(self, field: DateField) -> None:
        """A window does not close before it opens."""
        _refuse_backwards(self.window_from, field)

    @property
    def window(self) -> Window:
        """The first and the last day."""
        return Window(self.window_from.data, self.window_to.data)


class CancelForm(Form):
    """Why a visit is called off."""

    reason = StringField(
        lazy("Why is it cancelled?"), [DataRequired(lazy("Say why.")), Length(max=LONGEST_REASON)]
    )


class AssignForm(Form):
    """The shopper who is given one visit."""

    shopper = SelectField(lazy("Shopper"), choices=[])

    def offer(self, shoppers: Iterable[ShopperRow]) -> None:
        """Offer these shoppers, each with what is before them."""
        self.shopper.choices = [SelectChoice("", _("Choose a shopper")), *map(_shopper_choice, shoppers)]

    def validate_shopper(self, field: SelectField) -> None:
        """Somebody has to be chosen."""
        if not field.data:
            raise ValidationError(_("Choose a shopper."))


class AssignSeveralForm(AssignForm):
    """The shopper who is given all visits that are ticked."""

    visits = SelectMultipleField(lazy("Visits"), choices=[], coerce=UUID, validate_choice=False)

    def validate_visits(self, field: SelectMultipleField) -> None:
        """Something has to be ticked."""
        if not field.data:
            raise ValidationError(_("Tick the visits to assign."))


def _places(locations: Mapping[UUID | None, list[Location]]) -> list[SelectChoice]:
    return [SelectChoice(str(one.id), one.name) for found in locations.values() for one in found]


def _shopper_choice(shopper: ShopperRow) -> SelectChoice:
    if not shopper.open_visits:
        return SelectChoice(str(shopper.id), shopper.name)
    before = ngettext("%(n)s open visit", "%(n)s open visits", shopper.open_visits)
    return SelectChoice(str(shopper.id), f"{shopper.name} · {before}")


def _refuse_backwards(first: DateField, last: DateField) -> None:
    if first.data and last.data and last.data < first.data:
        raise ValidationError(_("The last day lies before the first."))
