"""Saving a part of a draft in the library, and renaming what was saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from evaluations.designing.own_touchpoints import LONGEST_NAME
from evaluations.document.tree import AnyQuestion, Phase, Touchpoint
from evaluations.models import OwnTouchpoint
from shopper.admin.forms.checklists.fields import CountField, TicksField, named
from shopper.filters import wording
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.language import lazy
from shopper.wordings.designing import PHASES

AS_A_FURTHER_ONE = ""


class NameForm(Form):
    """The name in the office; the domain says which names there may be."""

    name = StringField(lazy("Name in the library"), render_kw={"maxlength": LONGEST_NAME})
    seen = CountField(lowest=0, highest=10**9, default=0)


class SaveTouchpointForm(Form):
    """A name for a touchpoint of a draft, and the phases in which it may be met."""

    name = StringField(lazy("Name in the library"), render_kw={"maxlength": LONGEST_NAME})
    phases = TicksField(lazy("May be met"), choices=named(PHASES))

    @classmethod
    def of(cls, touchpoint: Touchpoint) -> SaveTouchpointForm:
        """The form as sent, or filled from `touchpoint`."""
        return cls.read(name=wording(touchpoint.name)[:LONGEST_NAME], phases=[touchpoint.phase.value])

    @property
    def chosen_phases(self) -> tuple[Phase, ...]:
        """The ticked phases."""
        return tuple(Phase(word) for word in self.phases.data or ())

    def validate_phases(self, field: TicksField) -> None:
        """Refuse none."""
        if not field.data:
            raise ValidationError(_("Choose at least one phase."))


class ReplaceForm(Form):
    """Which own touchpoint gives way to what is on the desk: its id, and the edition that was seen."""

    own = SelectField(lazy("Own touchpoint"))

    @classmethod
    def of(cls, own: Iterable[OwnTouchpoint]) -> ReplaceForm:
        """The form with these to choose from."""
        form = cls.read()
        form.own.choices = [SelectChoice(seen(each), each.name) for each in own]
        return form


class SaveQuestionForm(Form):
    """Where in an own touchpoint a question goes: in place of another, or after all of them."""

    place = RadioField(lazy("Save the question"))

    @classmethod
    def of(cls, questions: Sequence[AnyQuestion], like: str | None) -> SaveQuestionForm:
        """The form as sent, or with `like`, the key of the nearest of these questions, chosen."""
        form = cls.read(place=like)
        form.place.choices = [
            SelectChoice(AS_A_FURTHER_ONE, _("As a further question, after the others")),
            *(
                SelectChoice(each.key, _("In place of “%(question)s”", question=wording(each.text)))
                for each in questions
            ),
        ]
        return form


def seen(own: OwnTouchpoint) -> str:
    """An own touchpoint as forms name it: with the edition that the page was made from."""
    return f"{own.id}:{own.edition}"
