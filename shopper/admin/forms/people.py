"""The forms that add people and change what they may do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from wtforms import EmailField, Field, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from evaluations.models import OFFICE, Client, Person, Role
from shopper.forms import Form
from shopper.identity.changing import Particulars
from shopper.language import NAMES, lazy
from shopper.language import gettext as _

ROLE_NAMES = {
    Role.OWNER: lazy("Owner: everything, and the agency's people"),
    Role.DESIGNER: lazy("Designer: checklists and clients"),
    Role.SCHEDULER: lazy("Scheduler: clients, waves and visits"),
    Role.EDITOR: lazy("Editor: reviews and approves"),
    Role.SHOPPER: lazy("Shopper: makes visits"),
    Role.CLIENT: lazy("Client user: sees the own client's results"),
}
BY_MAIL, BY_HAND = "mail", "hand"


class PersonForm(Form):
    """Name, e-mail, language and what the person may do."""

    name = StringField(lazy("Name"), [DataRequired(lazy("Enter a name.")), Length(max=120)])
    email = EmailField(
        lazy("E-mail"),
        [
            InputRequired(lazy("Enter an e-mail.")),
            Email(lazy("This is not an e-mail address.")),
            Length(max=254),
        ],
    )
    language = SelectField(
        lazy("Language"), choices=[SelectChoice(word, name) for word, name in NAMES.items()]
    )
    roles = SelectMultipleField(
        lazy("May act as"),
        choices=[SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def chosen_roles(self) -> frozenset[Role]:
        """The roles that were ticked."""
        return frozenset(role for role in Role if role in (self.roles.data or ()))


class NewPersonForm(PersonForm):
    """Somebody new: also the client of a client user, and how the first password comes about."""

    client = SelectField(lazy("Client, for a client user"), choices=[])
    way = RadioField(
        lazy("First password"),
        choices=[
            SelectChoice(BY_MAIL, lazy("Send an invitation by mail")),
            SelectChoice(BY_HAND, lazy("Hand over a password instead")),
        ],
        default=BY_MAIL,
    )

    def offer(self, clients: Iterable[Client]) -> None:
        """Offer these clients to choose from."""
        self.client.choices = [
            SelectChoice("", _("No client")),
            *(SelectChoice(str(client.id), client.name) for client in clients),
        ]

    @property
    def is_handed_over(self) -> bool:
        """Whether the owner tells the first password by word of mouth."""
        return bool(self.way.data == BY_HAND)

    def validate_roles(self, _field: SelectMultipleField) -> None:
        """Refuse a person who may do nothing; what clashes is refused where people are added."""
        if not self.chosen_roles():
            raise ValidationError(_("Choose at least one."))


class ChangeForm(PersonForm):
    """What the owner may change; office people may be given other office roles."""

    @classmethod
    def of(cls, person: Person, **given: Any) -> Self:
        """The form as sent, or as `person` is now; without roles for who stands alone."""
        values = {name: getattr(person, name) for name in ("name", "email", "language")}
        form = cls(data=values | {"roles": [role.value for role in person.roles]}, **given)
        if person.is_office:
            form.roles.choices = [
                SelectChoice(role.value, ROLE_NAMES[role]) for role in Role if role in OFFICE
            ]
        else:
            del form.roles
        return form

    def particulars(self, person: Person) -> Particulars:
        """What was entered."""
        return Particulars(
            name=str(self.name.data),
            email=str(self.email.data),
            language=str(self.language.data),
            roles=self.chosen_roles() if "roles" in self else person.roles,
        )


class PlacesField(Field):
    """The ids of places that were ticked."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the ids; anything else is no place."""
        try:
            self.data = [UUID(value) for value in valuelist]
        except ValueError as error:
            self.data = []
            raise ValidationError(_("Choose again.")) from error


class LimitsForm(Form):
    """The areas and locations that a client user is limited to."""

    areas = PlacesField(lazy("Areas, with all that lies in them"))
    locations = PlacesField(lazy("Single locations"))

    @classmethod
    def of(cls, person: Person) -> Self:
        """The form as `person` is limited now."""
        data = {
            "areas": [area.id for area in person.areas],
            "locations": [location.id for location in person.locations],
        }
        return cls(formdata=None, data=data)

    def chosen(self) -> tuple[list[UUID], list[UUID]]:
        """The ids that were ticked."""
        return self.areas.data or [], self.locations.data or []
