"""Saving a part of a draft in the library, and renaming what was saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from evaluations.designing.own_questions import question_of
from evaluations.designing.own_touchpoints import LONGEST_NAME
from evaluations.document.tree import AnyQuestion, Phase, Touchpoint
from evaluations.errors import Refusal
from evaluations.models import Kept, OwnQuestion, OwnTouchpoint
from shopper.admin.forms.checklists.fields import CountField, TicksField, named
from shopper.errors import words_of
from shopper.filters import wording
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.language import lazy
from shopper.wordings.designing import PHASES
from shopper.wordings.library import WORDS

AS_A_FURTHER_ONE = ""
NAMELESS = WORDS["kept_without_name"]


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

    def validate_name(self, field: StringField) -> None:
        """Refuse none here already, so that it is told together with other refusals."""
        if not field.data:
            raise ValidationError(NAMELESS)

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


class OwnQuestionForm(Form):
    """Whether a question becomes a new own one, or the next version of one of them."""

    own_name = StringField(lazy("Name in the library"), render_kw={"maxlength": LONGEST_NAME})
    next_of = SelectField(lazy("Save it"), choices=[], validate_choice=False)

    @classmethod
    def of(cls, question: AnyQuestion, own: Sequence[OwnQuestion], *, sent: bool = True) -> OwnQuestionForm:
        """The form as sent, or (first shown, or not `sent`) filled for `question`: where it is from is offered."""
        of_this_kind = [each for each in own if question_of(each).kind is question.kind]
        from_id = question.origin.id if question.origin and question.origin.key is None else ""
        came_from = next((seen(each) for each in of_this_kind if str(each.id) == from_id), "")
        given = {"own_name": wording(question.text)[:LONGEST_NAME], "next_of": came_from}
        form = cls.read(**given) if sent else cls(formdata=None, **given)
        form.next_of.choices = [
            SelectChoice("", _("as a new one")),
            *(
                SelectChoice(seen(each), _("as the next version of “%(name)s”", name=each.name))
                for each in of_this_kind
            ),
        ]
        return form

    @property
    def named(self) -> tuple[UUID, int] | None:
        """The own question that is to get a next version, with the edition that was seen; None for a new one."""
        words, _colon, edition = (self.next_of.data or "").partition(":")
        return (UUID(words), int(edition)) if words else None

    def validate_next_of(self, field: SelectField) -> None:
        """It is one of those that there are, in an edition that there was."""
        known = {str(choice.value).partition(":")[0] for choice in field.choices or ()}
        words, _colon, edition = (field.data or "").partition(":")
        if words not in known or (words and not (edition.isdecimal() and len(edition) < 10)):
            raise ValidationError(_("Choose one of the own questions."))

    def refuse(self, refusal: Refusal) -> None:
        """What is refused at the name stands at its box."""
        if refusal.field == "name":
            self.own_name.errors = [*self.own_name.errors, words_of(refusal)]
        else:
            super().refuse(refusal)


def seen(own: Kept) -> str:
    """Something of the own library as forms name it: with the edition that the page was made from."""
    return f"{own.id}:{own.edition}"
