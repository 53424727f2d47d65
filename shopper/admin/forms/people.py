"""The form that adds a person."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import EmailField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from evaluations.models import Client, Role
from shopper.forms import Form
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
    client = SelectField(lazy("Client, for a client user"), choices=[])

    def offer(self, clients: Iterable[Client]) -> None:
        """Offer these clients to choose from."""
        self.client.choices = [
            SelectChoice("", _("No client")),
            *(SelectChoice(str(client.id), client.name) for client in clients),
        ]

    def chosen_roles(self) -> frozenset[Role]:
        """The roles that were ticked."""
        return frozenset(role for role in Role if role in (self.roles.data or ()))

    def validate_roles(self, _field: SelectMultipleField) -> None:
        """Refuse a person who may do nothing; what clashes is refused where people are added."""
        if not self.chosen_roles():
            raise ValidationError(_("Choose at least one."))
