"""Saving a checklist as a template, and describing one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from evaluations.designing.keeping import LONGEST_NAME
from evaluations.designing.templates import LONGEST_DESCRIPTION
from evaluations.document.tree import Language
from evaluations.errors import Refusal
from evaluations.models import Template
from shopper.admin.forms.checklists.fields import CountField, TicksField
from shopper.admin.forms.checklists.own_touchpoint import NAMELESS
from shopper.admin.forms.checklists.settings import in_order
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.language import lazy
from shopper.wordings.designing import language_name

NEW, NEXT = "new", "next"


class DescribeForm(Form):
    """The name in the office and what a template is for; the domain says which there may be."""

    name = StringField(lazy("Name of the template"), render_kw={"maxlength": LONGEST_NAME})
    description = TextAreaField(
        lazy("What is it for?"), render_kw={"maxlength": LONGEST_DESCRIPTION, "rows": 2}
    )
    seen = CountField(lowest=0, highest=10**9, default=0)


class SaveTemplateForm(Form):
    """A new template, or the next version of one; and the languages that it keeps."""

    way = RadioField(lazy("Save it"), default=NEW)
    name = StringField(lazy("Name of the template"), render_kw={"maxlength": LONGEST_NAME})
    description = TextAreaField(
        lazy("What is it for?"), render_kw={"maxlength": LONGEST_DESCRIPTION, "rows": 2}
    )
    template = SelectField(lazy("Which template"), choices=[], validate_choice=False)
    languages = TicksField(lazy("Languages"), choices=[])

    @classmethod
    def of(cls, name: str, languages: Sequence[Language], templates: Sequence[Template]) -> SaveTemplateForm:
        """The form as sent, or filled for a checklist of this name in these languages."""
        form = cls.read(name=name[:LONGEST_NAME], languages=list(languages))
        form.languages.choices = [SelectChoice(each, language_name(each)) for each in languages]
        named = [SelectChoice(f"{each.id}:{each.edition}", each.name) for each in templates]
        form.template.choices = [SelectChoice("", _("Choose a template")), *named] if templates else []
        form.way.choices = [
            SelectChoice(NEW, _("as a new template")),
            *([SelectChoice(NEXT, _("as the next version of a template"))] if templates else []),
        ]
        return form

    @property
    def chosen_languages(self) -> tuple[Language, ...]:
        """The ticked languages, in our order."""
        return in_order(self.languages.data)

    @property
    def named(self) -> tuple[UUID, int] | None:
        """The template that is to get a next version, with the edition that was seen; None for a new one."""
        if self.way.data != NEXT:
            return None
        words, _colon, edition = (self.template.data or "").partition(":")
        return UUID(words), int(edition)

    def refuse(self, refusal: Refusal) -> None:
        """Where the name is taken, the likeliest way out is named first."""
        if refusal.code == "kept_name_taken":
            words = _(
                "There is already one named “%(name)s”. Save this as its next version, above, or choose another name.",
                name=refusal.values["name"],
            )
            self.name.errors = [*self.name.errors, words]
        else:
            super().refuse(refusal)

    def validate_name(self, field: StringField) -> None:
        """A new one has a name; told here already, so that it is told together with other refusals."""
        if self.way.data == NEW and not field.data:
            raise ValidationError(NAMELESS)

    def validate_languages(self, field: TicksField) -> None:
        """Refuse none."""
        if not field.data:
            raise ValidationError(_("Choose at least one language."))

    def validate_template(self, field: SelectField) -> None:
        """A template is one of those that there are, in an edition that there was."""
        if self.way.data == NEXT:
            known = {str(choice.value).partition(":")[0] for choice in field.choices or ()}
            words, _colon, edition = (field.data or "").partition(":")
            if not words or words not in known or not edition.isdecimal() or len(edition) > 9:
                raise ValidationError(_("Choose a template."))
