"""The forms for clients, their areas and their locations."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from wtforms import ColorField, FloatField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from evaluations.errors import NotFound
from evaluations.fieldwork.entering import LONGEST_NAME
from evaluations.fieldwork.places import LONGEST_CODE, Particulars, time_zones
from evaluations.models import Area, Location, LocationKind
from evaluations.queries.clients import AreaRow
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.language import lazy

KIND_NAMES = {
    LocationKind.STORE: lazy("Store"),
    LocationKind.PHONE_LINE: lazy("Phone line"),
    LocationKind.WEB: lazy("Web address"),
    LocationKind.MAILBOX: lazy("Mailbox or account"),
}


class Degrees(FloatField):
    """A coordinate in degrees, with a point or a comma."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number as people type it in either language."""
        typed = valuelist[0].strip().replace(",", ".").replace("−", "-") if valuelist else ""
        self.data = None
        if typed:
            try:
                self.data = float(typed)
            except ValueError as error:
                raise ValueError(_("Enter degrees as a number, such as 40.4168.")) from error


class ClientForm(Form):
    """A client's name and colour."""

    name = StringField(lazy("Name"), [DataRequired(lazy("Enter a name.")), Length(max=LONGEST_NAME)])
    colour = ColorField(lazy("Colour"), default="#0b6e6e")


class AreaForm(Form):
    """An area's name and the area that it lies in."""

    name = StringField(lazy("Name"), [DataRequired(lazy("Enter a name.")), Length(max=LONGEST_NAME)])
    parent = SelectField(lazy("Lies in"), choices=[])

    def offer(self, tree: Iterable[AreaRow], but: Area | None = None) -> None:
        """Offer the areas of `tree` to lie in, except `but` and what lies inside it."""
        offered, hidden = [], set()
        for row in tree:
            if but is not None and (row.area.id == but.id or row.area.parent_id in hidden):
                hidden.add(row.area.id)
            else:
                offered.append(row)
        self.parent.choices = [SelectChoice("", _("No other area")), *_areas(offered)]

    def show(self, area: Area) -> None:
        """Fill in where `area` lies now."""
        self.parent.data = str(area.parent_id or "")


class LocationForm(Form):
    """What is known of a location."""

    name = StringField(lazy("Name"), [DataRequired(lazy("Enter a name.")), Length(max=LONGEST_NAME)])
    code = StringField(
        lazy("The client's own code"), [DataRequired(lazy("Enter a code.")), Length(max=LONGEST_CODE)]
    )
    kind = SelectField(lazy("Kind"), choices=[SelectChoice(*pair) for pair in KIND_NAMES.items()])
    area = SelectField(lazy("Area"), choices=[])
    address = StringField(lazy("Address"), [Length(max=200)])
    city = StringField(lazy("Town"), [Length(max=LONGEST_NAME)])
    time_zone = SelectField(
        lazy("Time zone"), [InputRequired(lazy("Choose the time zone of the place."))], choices=[]
    )
    latitude = Degrees(lazy("Latitude"), [Optional()])
    longitude = Degrees(lazy("Longitude"), [Optional()])

    def offer(self, tree: Iterable[AreaRow], zone: str | None = None) -> None:
        """Offer the areas of `tree` and all time zones, `zone` among them in any case.

        Without a `zone` to begin with none is chosen: a guess that nobody looked at shifts every visit.
        """
        self.area.choices = [SelectChoice("", _("No area")), *_areas(tree)]
        unchosen = [] if zone else [SelectChoice("", _("Choose a time zone"))]
        self.time_zone.choices = [*unchosen, *_zones(zone)]

    def show(self, location: Location) -> None:
        """Fill in what a plain copy of the location's values does not."""
        self.kind.data = location.kind.value
        self.area.data = str(location.area_id or "")

    def particulars(self, tree: Iterable[AreaRow]) -> Particulars:
        """What was entered."""
        return Particulars(
            code=self.code.data or "",
            name=self.name.data or "",
            kind=LocationKind(self.kind.data),
            area=among(tree, self.area.data),
            address=self.address.data or "",
            city=self.city.data or "",
            time_zone=self.time_zone.data,
            latitude=self.latitude.data,
            longitude=self.longitude.data,
        )


def among(tree: Iterable[AreaRow], chosen: str | None) -> Area | None:
    """The area of `tree` with the chosen id, or None where none was chosen."""
    if not chosen:
        return None
    found = next((row.area for row in tree if row.area.id == UUID(chosen)), None)
    if found is None:
        raise NotFound()
    return found


def _areas(tree: Iterable[AreaRow]) -> list[SelectChoice]:
    return [SelectChoice(str(row.area.id), row.path) for row in tree]


def _zones(present: str | None) -> list[SelectChoice]:
    """The time zones as choices, by continent; towns are named as people write them."""
    names = time_zones() if present is None or present in time_zones() else (*time_zones(), present)
    return [_zone(name) for name in names]


def _zone(name: str) -> SelectChoice:
    continent, slash, town = name.partition("/")
    text = town.replace("_", " ").replace("/", ", ")
    return SelectChoice(name, text if slash else name, optgroup=continent if slash else _("Other"))
