"""The form of a reference picture: what it shows. The picture itself comes by an upload of its own."""

from __future__ import annotations

from wtforms import Form as PlainForm
from wtforms import HiddenField

from evaluations.designing.drafting import made
from evaluations.document.tree import Picture
from shopper.admin.forms.checklists.fields import WordingField
from shopper.language import lazy

LONGEST_CAPTION = 300


class PictureForm(PlainForm):
    """One picture of a question."""

    sha256 = HiddenField()
    caption = WordingField(lazy("What it shows"), longest=LONGEST_CAPTION)

    def picture(self) -> Picture:
        """The picture that the form names, with its caption."""
        return made(Picture, sha256=self.sha256.data or "", caption=self.caption.data)
