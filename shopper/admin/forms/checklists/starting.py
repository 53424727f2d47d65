"""Starting a checklist: its name, its languages, and what it begins with."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from evaluations.designing.drafts import LONGEST_NAME
from evaluations.document.tree import Language
from evaluations.models import Template
from shopper.admin.forms.checklists.fields import TicksField, offered
from shopper.admin.forms.checklists.settings import SPOKEN, in_order
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.language import lazy

STARTS = offered(
    ("script", lazy("The story of one purchase")),
    ("empty", lazy("An empty journey")),
    ("template", lazy("A template")),
    ("copy", lazy("A copy of another checklist")),
)


class StartForm(Form):
    """A name, the languages, and what to start from."""

    name = StringField(
        lazy("Name"),
        [
            DataRequired(lazy("Enter a name, for example “Store visit, spring”.")),
            Length(max=LONGEST_NAME, message=lazy("The name is too long: at most %(max)d characters.")),
        ],
    )
    languages = TicksField(lazy("Languages of the shoppers"), choices=SPOKEN)
    start = RadioField(lazy("Start from"), choices=STARTS, default="script")
    afterwards = BooleanField(lazy("With the days after the visit"))
    template = SelectField(lazy("Which template"), choices=[], validate_choice=False)
    copied = SelectField(lazy("Which checklist"), choices=[], validate_choice=False)

    def offer(self, templates: Iterable[Template], checklists: Iterable[tuple[UUID, str]]) -> None:
        """Offer these to begin with."""
        self.template.choices = [SelectChoice(str(each.id), each.name) for each in templates]
        self.copied.choices = [SelectChoice(str(key), name) for key, name in checklists]
        if self.start.data is None:
            self.start.data = "script"

    @property
    def chosen_languages(self) -> tuple[Language, ...]:
        """The ticked languages, in our order."""
        return in_order(self.languages.data)

    def validate_languages(self, field: TicksField) -> None:
        """Refuse none."""
        if not field.data:
            raise ValidationError(_("Choose at least one language."))

    def validate_template(self, field: SelectField) -> None:
        """A template is one of those that there are."""
        if self.start.data == "template":
            self._refuse_strangers(field, _("Choose a template."))

    def validate_copied(self, field: SelectField) -> None:
        """A checklist is copied that there is."""
        if self.start.data == "copy":
            self._refuse_strangers(field, _("Choose a checklist."))

    def _refuse_strangers(self, field: SelectField, words: str) -> None:
        if field.data not in {choice.value for choice in field.choices or ()}:
            raise ValidationError(words)
