"""The forms for clients, their areas and their locations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import ColorField, FloatField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from evaluations.errors import Invalid, NotFound, Refusal
from evaluations.fieldwork import hours
from evaluations.fieldwork.entering import LONGEST_NAME
from evaluations.fieldwork.particulars import FITTING, LONGEST_CODE, LONGEST_CONTACT, Particulars
from evaluations.fieldwork.zones import time_zones, zone_at
from evaluations.models import Area, Location, LocationKind
from evaluations.queries.clients import AreaRow
from shopper.errors import words_of
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.language import lazy
from shopper.wordings.importing import FIELDS

KIND_NAMES = {
    LocationKind.STORE: lazy("Store"),
    LocationKind.PHONE_LINE: lazy("Phone line"),
    LocationKind.WEB: lazy("Web address"),
    LocationKind.MAILBOX: lazy("Mailbox or account"),
}


CONTACTS = {LocationKind.PHONE_LINE: "phone", LocationKind.WEB: "web", LocationKind.MAILBOX: "mailbox"}
"""The box in which a location of each kind, but a store, says what it is reached by."""


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


class DayField(StringField):
    """The opening hours of one day, as people type them in either language."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed, and refuse what cannot be read."""
        self.data = " ".join(valuelist[0].split()) if valuelist else ""
        try:
            hours.read_day(self.data, field=self.name)
        except Invalid as refusal:
            raise ValueError(words_of(refusal)) from refusal


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
    phone = StringField(lazy("Number"), [Length(max=LONGEST_CONTACT)])
    web = StringField(lazy("Address of the page"), [Length(max=LONGEST_CONTACT)])
    mailbox = StringField(lazy("Mailbox or account"), [Length(max=LONGEST_CONTACT)])
    time_zone = SelectField(
        lazy("Time zone"), [InputRequired(lazy("Choose the time zone of the place."))], choices=[]
    )
    latitude = Degrees(lazy("Latitude"), [Optional()])
    longitude = Degrees(lazy("Longitude"), [Optional()])
    mon = DayField(FIELDS["mon"])
    tue = DayField(FIELDS["tue"])
    wed = DayField(FIELDS["wed"])
    thu = DayField(FIELDS["thu"])
    fri = DayField(FIELDS["fri"])
    sat = DayField(FIELDS["sat"])
    sun = DayField(FIELDS["sun"])

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
        if location.kind in CONTACTS:
            self[CONTACTS[location.kind]].data = location.contact
        for day, spans in hours.read(location.hours).items():
            self[day].data = hours.write_day(spans, closed=_("closed all day"))

    def particulars(self, tree: Iterable[AreaRow]) -> Particulars:
        """What was entered, as far as it fits the kind."""
        kind = LocationKind(self.kind.data)
        week = {day: hours.read_day(self[day].data or "", field=day) for day in hours.DAYS}
        partly: dict[str, Any] = {
            "address": self.address.data or "",
            "city": self.city.data or "",
            "contact": (self[CONTACTS[kind]].data or "") if kind in CONTACTS else "",
            "latitude": self.latitude.data,
            "longitude": self.longitude.data,
            "hours": hours.write({day: spans for day, spans in week.items() if spans is not None}),
        }
        return Particulars(
            code=self.code.data or "",
            name=self.name.data or "",
            kind=kind,
            area=among(tree, self.area.data),
            time_zone=self.time_zone.data,
            **{name: value for name, value in partly.items() if name in FITTING[kind]},
        )

    def propose_zone(self) -> None:
        """Choose the zone of the coordinates where none was chosen, for somebody to look at."""
        latitude, longitude = self.latitude.data, self.longitude.data
        if self.time_zone.data or self.kind.data != LocationKind.STORE:
            return
        if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
            return
        zone = zone_at(latitude, longitude)
        if zone is not None:
            self.time_zone.data = zone
            self.time_zone.errors = [
                _("By its coordinates it is %(zone)s, chosen now: look at it and save again.", zone=zone)
            ]

    def refuse(self, refusal: Refusal) -> None:
        """Show what is refused about the contact at the box of the kind."""
        if refusal.field == "contact":
            refusal.field = CONTACTS[LocationKind(self.kind.data)]
        super().refuse(refusal)


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
