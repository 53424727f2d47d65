"""Many questions at once: what becomes of those that are ticked; what is left alone stays with each."""

from __future__ import annotations

from typing import Any

from flask import request
from wtforms import SelectField

from evaluations.designing.many import Wish
from evaluations.document.tree import Lens
from shopper.admin.forms.checklists.fields import NumberField, TicksField, named, offered
from shopper.forms import Form
from shopper.language import gettext as _
from shopper.language import lazy
from shopper.wordings.designing import LENSES

STAYS, YES, NO = "", "yes", "no"
ADD, TAKE = "add", "take"
EITHER = offered((STAYS, lazy("as it is")), (YES, lazy("yes")), (NO, lazy("no")))


class ManyForm(Form):
    """Points, rules and lenses of every question that is ticked."""

    points = NumberField(lazy("Points of each"), needed=False)
    required = SelectField(lazy("Answer required"), choices=EITHER, default=STAYS)
    na_allowed = SelectField(lazy("“Not applicable” allowed"), choices=EITHER, default=STAYS)
    explain_no = SelectField(lazy("Explain every No"), choices=EITHER, default=STAYS)
    lenses_how = SelectField(
        lazy("Change of lenses"),
        choices=offered(
            (STAYS, lazy("as they are")), (ADD, lazy("add these")), (TAKE, lazy("take these away"))
        ),
        default=STAYS,
    )
    lenses = TicksField(lazy("Which lenses"), choices=named(LENSES))

    @classmethod
    def blank(cls) -> ManyForm:
        """The form that changes nothing yet."""
        return cls(formdata=None, prefix="many-")

    @classmethod
    def sent(cls) -> ManyForm:
        """The form as sent."""
        return cls(formdata=request.form, prefix="many-")

    @property
    def wish(self) -> Wish:
        """What the form asks for."""
        lenses = frozenset(map(Lens, self.lenses.data or ()))
        return Wish(
            points=self.points.data,
            required=_either(self.required.data),
            na_allowed=_either(self.na_allowed.data),
            explain_no=_either(self.explain_no.data),
            more_lenses=lenses if self.lenses_how.data == ADD else frozenset(),
            fewer_lenses=lenses if self.lenses_how.data == TAKE else frozenset(),
        )

    @property
    def accepted(self) -> bool:
        """Whether it was sent, every field is valid, and it asks for anything."""
        if not super().accepted:
            return False
        if self.wish.is_empty:
            self.form_errors.append(_("Say first what is to become of the ticked questions."))
        return not self.form_errors


def _either(word: Any) -> bool | None:
    return {YES: True, NO: False}.get(word)
