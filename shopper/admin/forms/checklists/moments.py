"""The forms of what earns no points and is more than text: a day, a time, a signature, a place."""

from __future__ import annotations

from typing import Any

from wtforms.validators import ValidationError

from evaluations.document.tree import Kind
from shopper.admin.forms.checklists.fields import WordingField
from shopper.admin.forms.checklists.measures import DayField
from shopper.admin.forms.checklists.question import AskingForm
from shopper.language import gettext as _
from shopper.language import lazy


class DateForm(AskingForm):
    """A day, within limits."""

    kind = Kind.DATE
    earliest = DayField(lazy("Earliest day"), render_kw={"type": "date"})
    latest = DayField(lazy("Latest day"), render_kw={"type": "date"})
    constraint_message = WordingField(lazy("Said where an answer is out of range"), longest=400)

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document."""
        names = ("earliest", "latest", "constraint_message")
        return super().values() | {name: self[name].data for name in names}

    def validate_latest(self, field: DayField) -> None:
        """The latest is not before the earliest."""
        if field.data is not None and self.earliest.data is not None and field.data < self.earliest.data:
            raise ValidationError(_("The latest day lies before the earliest."))


class TimeForm(AskingForm):
    """A time of day."""

    kind = Kind.TIME


class SignatureForm(AskingForm):
    """A signature on the phone."""

    kind = Kind.SIGNATURE

    def values(self) -> dict[str, Any]:
        """What the form says, by the names of the document; its only photo is the signature."""
        return super().values() | {"photos_allowed": False}


class PlaceForm(AskingForm):
    """Where the phone is."""

    kind = Kind.PLACE
