"""What a page of the designer was made from: the draft with its edition, and a thing's fields as they stood."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import request
from pydantic import ValidationError

from evaluations.designing.merging import Fields
from evaluations.document import canonical
from evaluations.document.tree import Part
from evaluations.models import Version

NONE = -1
"""An edition that no draft has."""


def seal_of(draft: Version) -> str:
    """A draft as forms name it: with the edition that the page is made from."""
    return f"{draft.id}:{draft.edition}"


def seen_edition(draft: Version) -> int:
    """The edition of `draft` that the sent page was made from; `NONE` when it says none that there was."""
    name, _colon, edition = request.form.get("edition", "").partition(":")
    if name != str(draft.id) or not edition.isdecimal() or len(edition) > 9:
        return NONE
    return int(edition) if int(edition) <= draft.edition else NONE


def fields_of(part: Part) -> dict[str, Any]:
    """A part of the document as its fields by name."""
    return {name: getattr(part, name) for name in type(part).model_fields}


def written(part: Part, **more: str) -> str:
    """A part as text for a form to carry, with `more` beside it."""
    plain: Any = part.model_dump(mode="json") | more
    return canonical.canonical_json(plain)


def base_sent(like: Part, more: Mapping[str, str] | None = None) -> Fields | None:
    """The fields of the part that the sent page was made from; None where that cannot be told.

    `like` says what kind of part it is; `more` names what stood beside it.
    """
    try:
        sent = json.loads(request.form.get("base", ""))
        beside = {name: str(sent.pop(name)) for name in more or ()}
        return fields_of(type(like).model_validate_json(json.dumps(sent))) | beside
    except (ValueError, KeyError, AttributeError, RecursionError, ValidationError):
        return None
