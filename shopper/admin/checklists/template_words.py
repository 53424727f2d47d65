"""The texts of a checklist that name a client, in words and with their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_login import current_user

from evaluations.designing.templates import Naming, naming
from evaluations.document.tree import Document
from evaluations.queries import clients
from shopper.database import db
from shopper.filters import wording
from shopper.language import gettext as _
from shopper.wordings.texts import place_of

LONGEST = 160


@dataclass(frozen=True, slots=True)
class Named:
    """A text that names a client, and where it stands."""

    client: str
    place: str
    field: str
    language: str
    text: str


def names_of_clients() -> list[str]:
    """The clients that texts may name."""
    return [row.name for row in clients.listed(db, current_user.person)]


def named_in(document: Document) -> Sequence[Named]:
    """The texts of `document` that name a client of the agency, in journey order."""
    names = {touchpoint.key: touchpoint.name for touchpoint in document.touchpoints}
    return [
        Named(
            client=one.client,
            place=wording(names[one.where.touchpoint], document)
            if one.where.touchpoint
            else _("Settings of the checklist"),
            field=place_of(one.where),
            language=one.language,
            text=_excerpt(one),
        )
        for one in naming(document, names_of_clients())
    ]


def _excerpt(one: Naming) -> str:
    """So much of a text that its client is in it."""
    if len(one.text) <= LONGEST:
        return one.text
    at = max(0, one.text.casefold().find(one.client.casefold()) - LONGEST // 3)
    cut = one.text[at : at + LONGEST].strip()
    return f"{'…' if at else ''}{cut}…"
