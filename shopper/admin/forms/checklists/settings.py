"""What holds for all of a checklist: wording, languages, and how the total is made."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from evaluations.designing import drafting
from evaluations.designing.drafts import LONGEST_NAME
from evaluations.document.tree import Bands, Document, Language, Scoring
from shopper.admin.forms.checklists.fields import NumberField, TicksField, WordingField, offered
from shopper.forms import Form
from shopper.language import LANGUAGES, lazy
from shopper.language import gettext as _

SPOKEN = offered(("en", lazy("English")), ("es", lazy("Spanish")))


class SettingsForm(Form):
    """What holds for the whole checklist."""

    name = StringField(
        lazy("Name in the office"),
        [
            DataRequired(lazy("Enter a name.")),
            Length(max=LONGEST_NAME, message=lazy("The name is too long: at most %(max)d characters.")),
        ],
    )
    languages = TicksField(lazy("Languages of the shoppers"), choices=SPOKEN)
    title = WordingField(lazy("Title"), longest=200)
    briefing = WordingField(lazy("Briefing"))
    total = RadioField(
        lazy("The total goes by"),
        choices=offered(
            ("points", lazy("Points: every point counts alike, wherever it is earned")),
            ("weights", lazy("Weights: each touchpoint counts as much as its weight says")),
        ),
    )
    target = NumberField(lazy("Target, in percent"), highest=100, needed=False)
    good = NumberField(lazy("Good from, in percent"), highest=100)
    fair = NumberField(lazy("Fair from, in percent"), highest=100)
    blanks_count = BooleanField(lazy("A question left blank counts as 0 points"))
    bonus_may_exceed = BooleanField(lazy("A bonus may lift a touchpoint above 100 %"))

    @classmethod
    def of(cls, name: str, document: Document, *, sent: bool = True) -> SettingsForm:
        """The form as sent, or (first shown, or not `sent`) filled from the checklist's name and its document."""
        scoring = document.scoring
        given: dict[str, Any] = {} if sent else {"formdata": None}
        return cls(
            **given,
            name=name,
            languages=list(document.languages),
            title=document.title,
            briefing=document.briefing,
            total=scoring.total,
            target=scoring.target,
            good=scoring.bands.good,
            fair=scoring.bands.fair,
            blanks_count=scoring.blanks_count,
            bonus_may_exceed=scoring.bonus_may_exceed,
        )

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        scoring = drafting.made(
            Scoring,
            total=self.total.data,
            target=self.target.data,
            bands=Bands(good=self.good.data, fair=self.fair.data),
            blanks_count=self.blanks_count.data,
            bonus_may_exceed=self.bonus_may_exceed.data,
        )
        return {
            "languages": in_order(self.languages.data),
            "title": self.title.data,
            "briefing": self.briefing.data,
            "scoring": scoring,
        }

    def validate_languages(self, field: TicksField) -> None:
        """Refuse none."""
        _at_least_one(field)

    def validate_fair(self, field: NumberField) -> None:
        """Fair begins below good."""
        good = self.good.data
        if isinstance(good, Decimal) and field.data is not None and field.data >= good:
            raise ValidationError(_("Fair begins below good, which begins at %(good)s %%.", good=good))


def in_order(chosen: Any) -> tuple[Language, ...]:
    """The chosen languages in our order: the first is what the others fall back to."""
    return tuple(language for language in LANGUAGES if language in (chosen or ()))  # type: ignore[misc]


def _at_least_one(field: TicksField) -> None:
    if not field.data:
        raise ValidationError(_("Choose at least one language."))
