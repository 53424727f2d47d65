"""Locations as files to take home, with headings and words in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from werkzeug.wrappers import Response

from evaluations.fieldwork.importing import writing
from evaluations.fieldwork.importing.known import Values
from shopper.admin.forms.clients import KIND_NAMES
from shopper.language import gettext as _
from shopper.wordings.importing import FIELDS

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
UNFIT = re.compile(r"[^\w .-]+")


def words() -> dict[Any, str]:
    """The reader's words for kinds, yes and no, and a day that is closed."""
    kinds = {kind: str(text) for kind, text in KIND_NAMES.items()}
    return {**kinds, True: _("yes"), False: _("no"), "closed": _("closed all day")}


def send(rows: Iterable[Values], form: str, name: str) -> Response:
    """The rows as a CSV or XLSX file of this name."""
    headings = {field: str(text) for field, text in FIELDS.items()}
    if form == "csv":
        body = writing.as_csv(rows, headings, words())
    else:
        body = writing.as_xlsx(rows, headings, words(), sheet=_("Locations"))
    file = f"{UNFIT.sub(' ', name).strip()[:80]}.{form}"
    answer = Response(body, content_type=TYPES[form])
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file)}"
    return answer
