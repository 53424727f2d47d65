"""The form of a reference picture: what it shows. The picture itself comes by an upload of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wtforms import Form as PlainForm
from wtforms import HiddenField

from evaluations.designing.drafting import made
from evaluations.document.tree import Picture
from shopper.admin.forms.checklists.fields import WordingField
from shopper.admin.forms.checklists.rows import Sent
from shopper.language import lazy

LONGEST_CAPTION = 140
"""Characters beneath a small picture. One that came from a file may be longer, and stays until it is rewritten."""
NAMED = re.compile(r"pictures-(\d{1,3})-sha256", re.ASCII)


class PictureForm(PlainForm):
    """One picture of a question."""

    sha256 = HiddenField()
    caption = WordingField(lazy("What it shows"), longest=LONGEST_CAPTION, keeps_longer=True)

    def picture(self) -> Picture:
        """The picture that the form names, with its caption."""
        return made(Picture, sha256=self.sha256.data or "", caption=self.caption.data)


def in_order_sent(pictures: Sequence[Picture], sent: Sent) -> Sequence[Picture | dict[str, Any]]:
    """The pictures as the rows that were sent name them, so that each row is laid over its own picture."""
    known = {picture.sha256: picture for picture in pictures}
    rows = sorted((int(found[1]), name) for name in sent if (found := NAMED.fullmatch(name)))
    return [known.get(sent[name], {}) for _number, name in rows] or pictures
