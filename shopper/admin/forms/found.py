"""The forms that decide on found work."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from evaluations.fieldwork.planning import LONGEST_REASON
from evaluations.queries.found import Target
from shopper.filters import day
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.language import lazy


class TakeOverForm(Form):
    """The visit that takes the work over."""

    evaluation = SelectField(lazy("Visit of this shopper"), choices=[])

    def offer(self, targets: Sequence[Target]) -> None:
        """Offer these visits."""
        self.evaluation.choices = [SelectChoice("", _("Choose a visit")), *map(_choice, targets)]

    def validate_evaluation(self, field: SelectField) -> None:
        """One has to be chosen."""
        if not field.data:
            raise ValidationError(_("Choose a visit."))


class SetAsideForm(Form):
    """Why the work belongs nowhere."""

    reason = StringField(
        lazy("Why does it belong nowhere?"), [DataRequired(lazy("Say why.")), Length(max=LONGEST_REASON)]
    )


def _choice(target: Target) -> SelectChoice:
    made = _("visited %(day)s", day=day(target.visited_at)) if target.visited_at else _("nothing here yet")
    return SelectChoice(str(target.evaluation_id), f"{target.location} · {target.wave} · {made}")
