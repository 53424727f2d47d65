"""The form for a client's name and brand."""

from __future__ import annotations

from wtforms import BooleanField, ColorField, RadioField, StringField
from wtforms.validators import DataRequired, Length

from evaluations.fieldwork.brands import LONGEST_FOOTER, Looks
from evaluations.fieldwork.entering import LONGEST_NAME
from evaluations.models import Paper
from shopper.admin.forms.checklists.fields import named
from shopper.forms import Form
from shopper.language import lazy

PAPERS = {Paper.A4: lazy("A4"), Paper.LETTER: lazy("Letter")}
SHOWN = ("shows_photos", "shows_comments", "shows_previous")


class BrandForm(Form):
    """Name and colour, paper, the words at the foot, and what is shown."""

    name = StringField(lazy("Name"), [DataRequired(lazy("Enter a name.")), Length(max=LONGEST_NAME)])
    colour = ColorField(lazy("Colour"))
    paper = RadioField(lazy("Paper"), choices=named(PAPERS))
    footer = StringField(lazy("Words at the foot of every page"), [Length(max=LONGEST_FOOTER)])
    shows_photos = BooleanField(lazy("Photos"))
    shows_comments = BooleanField(lazy("What the shopper wrote beside an answer"))
    shows_previous = BooleanField(lazy("The result of the wave before"))

    @property
    def looks(self) -> Looks:
        """What was entered beside name and colour."""
        return Looks(
            paper=Paper(self.paper.data),
            footer=self.footer.data or "",
            shows_photos=self.shows_photos.data,
            shows_comments=self.shows_comments.data,
            shows_previous=self.shows_previous.data,
        )
