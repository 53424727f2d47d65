"""One form per kind of question: what all have, and what each has of its own."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from flask import request
from wtforms import BooleanField, FieldList, FormField, SelectField, StringField
from wtforms.validators import ValidationError

from evaluations.designing.depending import earlier
from evaluations.designing.vocabulary import limits
from evaluations.document import patterns
from evaluations.document.tree import AnyQuestion, Critical, Document, Effect, Kind, Lens
from evaluations.document.tree.question import LATEST_DUE, MOST_EXPLAINED, MOST_PICTURES
from shopper.admin.forms.checklists.conditions import ConditionalForm
from shopper.admin.forms.checklists.fields import (
    CountField,
    NumberField,
    TicksField,
    WordingField,
    edge_of,
    named,
    offered,
    worst_values,
)
from shopper.admin.forms.checklists.pictures import PictureForm, in_order_sent
from shopper.language import gettext as _
from shopper.language import lazy
from shopper.wordings.designing import EFFECTS, LENSES, PATTERN_FLAWS

MOST_POINTS = 1000


class QuestionForm(ConditionalForm):
    """What every question has: its wording, and when it is shown."""

    kind: ClassVar[Kind]
    text = WordingField(lazy("Question"), needed=lazy("Write the question in at least one language."))
    help = WordingField(lazy("Help below the question"))
    internal = BooleanField(lazy("Internal: never shown to the client"))
    pictures = FieldList(FormField(PictureForm), min_entries=0, max_entries=MOST_PICTURES)

    @classmethod
    def of(cls, question: AnyQuestion | None = None, *, formdata: Any = None) -> Self:
        """The form as sent (`formdata` in place of the request's), else filled from `question`."""
        given = {"formdata": formdata} if formdata is not None else {}
        if question is None:
            return cls(**given)
        sent = request.form if formdata is None else formdata
        shown = {"pictures": in_order_sent(question.pictures, sent)}
        return cls(**cls.filled(question) | shown, **given)

    @classmethod
    def showing(cls, question: AnyQuestion) -> Self:
        """The form filled from `question`, whatever was sent."""
        return cls(formdata=None, **cls.filled(question))

    @classmethod
    def filled(cls, question: Any) -> dict[str, Any]:
        """The boxes' values for `question`."""
        return {name: getattr(question, name) for name in type(question).model_fields} | super().filled(
            question
        )

    def look_back(self, document: Document, touchpoint: str, question: AnyQuestion | None) -> None:
        """Offer the questions of `document` that stand before `question`, or before a new one in `touchpoint`."""
        before = earlier(document, question.key if question else None, touchpoint)
        self.look(document, before, question.show_if if question else None)

    def settle(self) -> None:
        """Take into the boxes what saving has decided, so that the form can stay open."""

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        return {
            "text": self.text.data,
            "help": self.help.data,
            "internal": self.internal.data,
            "show_if": self.condition(),
            "pictures": tuple(entry.form.picture() for entry in self.pictures.entries),
        }


class InstructionForm(QuestionForm):
    """A sentence to read."""

    kind = Kind.INSTRUCTION
    text = WordingField(lazy("Instruction"), needed=lazy("Write the instruction in at least one language."))


class AskingForm(QuestionForm):
    """What every question has that takes an answer."""

    required = BooleanField(lazy("Required"), default=True)
    na_allowed = BooleanField(lazy("“Not applicable” may be chosen"))
    not_observed_allowed = BooleanField(lazy("“Did not observe” may be chosen"))
    photos_allowed = BooleanField(lazy("Photos may be added"), default=True)
    lenses = TicksField(lazy("Lenses"), choices=named(LENSES))
    due_days = CountField(
        lazy("Asked so many days after the visit"), lowest=1, highest=LATEST_DUE, needed=False
    )

    @classmethod
    def filled(cls, question: Any) -> dict[str, Any]:
        """The boxes' values for `question`."""
        return super().filled(question) | {"lenses": [lens.value for lens in question.lenses]}

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        return super().values() | {
            "required": self.required.data,
            "na_allowed": self.na_allowed.data,
            "not_observed_allowed": self.not_observed_allowed.data,
            "photos_allowed": self.photos_allowed.data,
            "due_days": self.due_days.data,
            "lenses": tuple(lens for lens in Lens if lens.value in (self.lenses.data or ())),
        }


class ScoredForm(AskingForm):
    """What every question has that earns points: a bonus, and a critical rule."""

    bonus = BooleanField(lazy("Bonus: adds points, but missing it costs nothing"))
    critical_effect = SelectField(
        lazy("Critical"),
        choices=[*offered(("", lazy("No"))), *named(EFFECTS)],
        default="",
        validate_choice=True,
    )
    critical_cap = NumberField(lazy("The total is at most, in percent"), highest=100, needed=False)
    explain_min = CountField(
        lazy("Shortest explanation, in characters"),
        lowest=0,
        highest=MOST_EXPLAINED,
        needed=False,
        default=limits().usual_explanation,
    )

    @classmethod
    def filled(cls, question: Any) -> dict[str, Any]:
        """The boxes' values for `question`."""
        critical = question.critical
        return super().filled(question) | {
            "explain_min": question.explain_min or None,
            "critical_effect": critical.effect.value if critical else "",
            "critical_cap": critical.cap if critical else None,
        }

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        explained = self.explains()
        least = {"explain_min": (self.explain_min.data or 0) if explained else 0}
        return super().values() | {
            "bonus": self.bonus.data,
            "explain_on": explained,
            "photo_on": self.pictured(),
            "critical": self._critical(),
            **(least if self.explain_min.raw_data else {}),
        }

    def explains(self) -> tuple[str, ...]:
        """The answers on which a comment is asked for."""
        raise NotImplementedError

    def pictured(self) -> tuple[str, ...]:
        """The answers on which a photo is asked for."""
        return ()

    def critical_on(self) -> tuple[str, ...]:
        """The answers on which the question is critical."""
        raise NotImplementedError

    def validate_photos_allowed(self, field: BooleanField) -> None:
        """What is asked for must be allowed."""
        if self.pictured() and not field.data:
            raise ValidationError(_("A photo is asked for on some answers, so photos must be allowed."))

    def validate_critical_cap(self, field: NumberField) -> None:
        """A cap is needed where the total is capped."""
        if self.critical_effect.data == Effect.CAPS_TOTAL and field.data is None and not field.errors:
            raise ValidationError(_("Say at how many percent the total is capped."))

    def validate_critical_effect(self, _field: SelectField) -> None:
        """A critical rule names at least one answer."""
        if self.critical_effect.data and not self.critical_on():
            raise ValidationError(_("Say on which answer."))

    def _critical(self) -> Critical | None:
        if not self.critical_effect.data:
            return None
        effect = Effect(self.critical_effect.data)
        cap = self.critical_cap.data if effect is Effect.CAPS_TOTAL else None
        return Critical(on=self.critical_on(), effect=effect, cap=cap)


class YesNoForm(ScoredForm):
    """Yes or no."""

    kind = Kind.YES_NO
    points = NumberField(lazy("Points"), highest=MOST_POINTS, default=10)
    favourable = SelectField(
        lazy("The good answer is"), choices=offered(("yes", lazy("Yes")), ("no", lazy("No"))), default="yes"
    )
    explain_yes = BooleanField(lazy("Explain every Yes"))
    explain_no = BooleanField(lazy("Explain every No"), default=True)
    photo_yes = BooleanField(lazy("Photo on every Yes"))
    photo_no = BooleanField(lazy("Photo on every No"))
    critical_answer = SelectField(
        lazy("On"),
        choices=offered(("no", lazy("No")), ("yes", lazy("Yes")), ("both", lazy("Yes or No"))),
        default="no",
    )

    @classmethod
    def filled(cls, question: Any) -> dict[str, Any]:
        """The boxes' values for `question`."""
        on = question.critical.on if question.critical else ()
        both = {"yes", "no"} <= set(on)
        return super().filled(question) | {
            "explain_yes": "yes" in question.explain_on,
            "explain_no": "no" in question.explain_on,
            "photo_yes": "yes" in question.photo_on,
            "photo_no": "no" in question.photo_on,
            "critical_answer": "both" if both else next((word for word in on if word in ("yes", "no")), "no"),
        }

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        return super().values() | {"points": self.points.data, "favourable": self.favourable.data}

    def explains(self) -> tuple[str, ...]:
        """The answers on which a comment is asked for."""
        return tuple(word for word in ("yes", "no") if self[f"explain_{word}"].data)

    def pictured(self) -> tuple[str, ...]:
        """The answers on which a photo is asked for."""
        return tuple(word for word in ("yes", "no") if self[f"photo_{word}"].data)

    def critical_on(self) -> tuple[str, ...]:
        """The answers on which the question is critical."""
        return ("yes", "no") if self.critical_answer.data == "both" else (self.critical_answer.data,)


class RatingForm(ScoredForm):
    """A scale with words at both ends."""

    kind = Kind.RATING
    points = NumberField(lazy("Points"), highest=MOST_POINTS, default=10)
    lo = SelectField(lazy("From"), choices=offered((0, "0"), (1, "1")), coerce=int, default=1)
    hi = SelectField(lazy("To"), choices=offered(*((n, str(n)) for n in range(2, 11))), coerce=int, default=5)
    lo_text = WordingField(lazy("Words at the low end"), longest=200)
    hi_text = WordingField(lazy("Words at the high end"), longest=200)
    favourable = SelectField(
        lazy("The good end is"),
        choices=offered(("high", lazy("The high end")), ("low", lazy("The low end (turned round)"))),
        default="high",
    )
    explain_edge = SelectField(lazy("Explain a rating of"), default="")
    photo_edge = SelectField(lazy("Photo on a rating of"), default="")
    critical_edge = SelectField(lazy("On a rating of"), default="1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edges = offered(*((str(n), _("%(n)s or worse", n=n)) for n in range(11)))
        self.explain_edge.choices = self.photo_edge.choices = [*offered(("", _("None"))), *edges]
        self.critical_edge.choices = edges

    @classmethod
    def filled(cls, question: Any) -> dict[str, Any]:
        """The boxes' values for `question`."""
        scale = (question.lo, question.hi, question.favourable)
        explain = edge_of(question.explain_on, *scale)
        photo = edge_of(question.photo_on, *scale)
        critical = edge_of(question.critical.on, *scale) if question.critical else None
        worst = question.lo if question.favourable == "high" else question.hi
        return super().filled(question) | {
            "explain_edge": "" if explain is None else str(explain),
            "photo_edge": "" if photo is None else str(photo),
            "critical_edge": str(worst if critical is None else critical),
        }

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        names = ("points", "lo", "hi", "lo_text", "hi_text", "favourable")
        return super().values() | {name: self[name].data for name in names}

    def explains(self) -> tuple[str, ...]:
        """The ratings on which a comment is asked for."""
        return self._worst(self.explain_edge.data)

    def pictured(self) -> tuple[str, ...]:
        """The ratings on which a photo is asked for."""
        return self._worst(self.photo_edge.data)

    def critical_on(self) -> tuple[str, ...]:
        """The ratings on which the question is critical."""
        return self._worst(self.critical_edge.data)

    def validate_explain_edge(self, field: SelectField) -> None:
        """The rating stands on the scale."""
        self._stands_on_the_scale(field)

    def validate_photo_edge(self, field: SelectField) -> None:
        """The rating stands on the scale."""
        self._stands_on_the_scale(field)

    def validate_critical_edge(self, field: SelectField) -> None:
        """The rating stands on the scale, where there is a rule."""
        if self.critical_effect.data:
            self._stands_on_the_scale(field)

    def _stands_on_the_scale(self, field: SelectField) -> None:
        if field.data and not self.lo.data <= int(field.data) <= self.hi.data:
            raise ValidationError(
                _("The scale goes from %(lo)s to %(hi)s.", lo=self.lo.data, hi=self.hi.data)
            )

    def _worst(self, edge: str | None) -> tuple[str, ...]:
        return worst_values(self.lo.data, self.hi.data, self.favourable.data, int(edge) if edge else None)


class ShortTextForm(AskingForm):
    """A line of text."""

    kind = Kind.SHORT_TEXT
    max_length = CountField(lazy("Longest answer, in characters"), lowest=1, highest=1000, default=200)

    pattern = StringField(
        lazy("Form of the answer, as a pattern"),
        render_kw={"maxlength": patterns.LONGEST, "autocapitalize": "none", "spellcheck": "false"},
    )
    constraint_message = WordingField(lazy("Said where the answer has another form"), longest=400)

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        return super().values() | {
            "max_length": self.max_length.data,
            "pattern": self.pattern.data or "",
            "constraint_message": self.constraint_message.data,
        }

    def validate_pattern(self, field: StringField) -> None:
        """Only what phone and server understand alike, and what never takes long."""
        flaw = patterns.flaw(field.data or "", longest=self.max_length.data or patterns.LONGEST)
        if flaw:
            raise ValidationError(str(PATTERN_FLAWS[flaw]))


class NarrativeForm(AskingForm):
    """A text of several sentences."""

    kind = Kind.NARRATIVE
    min_length = CountField(lazy("Shortest answer, in characters"), lowest=0, highest=20_000, default=100)
    max_length = CountField(lazy("Longest answer, in characters"), lowest=1, highest=20_000, default=4000)

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        return super().values() | {"min_length": self.min_length.data, "max_length": self.max_length.data}

    def validate_max_length(self, field: CountField) -> None:
        """The longest is not shorter than the shortest."""
        not_below(self.min_length, field)


class PhotoForm(AskingForm):
    """A number of photos."""

    kind = Kind.PHOTO
    min_count = CountField(lazy("Fewest photos"), lowest=1, highest=20, default=1)
    max_count = CountField(lazy("Most photos"), lowest=1, highest=20, default=5)

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        counts = {"min_count": self.min_count.data, "max_count": self.max_count.data}
        return super().values() | counts | {"photos_allowed": True}

    def validate_max_count(self, field: CountField) -> None:
        """The most are not fewer than the fewest."""
        not_below(self.min_count, field)


def not_below(lower: CountField, upper: CountField) -> None:
    """Refuse an upper limit that lies below the lower one."""
    if lower.data is not None and upper.data is not None and upper.data < lower.data:
        words = _(
            "“%(upper)s” must be %(value)s or more, because “%(lower)s” is %(value)s.",
            upper=upper.label.text,
            lower=lower.label.text,
            value=lower.data,
        )
        raise ValidationError(words)
