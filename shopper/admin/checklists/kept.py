"""What is done with everything that the own library keeps: renamed, archived, put back, and its versions in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, request
from flask_login import current_user

from evaluations.clock import now
from evaluations.document.tree import Document
from evaluations.errors import Conflict, Invalid
from evaluations.models import KeptVersion
from shopper.admin.checklists.changes import Change, changes
from shopper.admin.forms.checklists.own_touchpoint import NameForm
from shopper.database import db
from shopper.errors import status_of
from shopper.language import gettext as _


@dataclass(frozen=True, slots=True)
class ToldVersion:
    """A version, and what was done to the one before it."""

    version: KeptVersion
    changes: Sequence[Change]


def told_versions(
    versions: Sequence[KeptVersion], document_of: Callable[[str], Document]
) -> list[ToldVersion]:
    """`versions`, the newest first, each compared with the one before it."""
    documents = {each.number: document_of(each.content) for each in versions}
    return [
        ToldVersion(
            each,
            changes(documents[each.number - 1], documents[each.number])
            if each.number - 1 in documents
            else (),
        )
        for each in versions
    ]


def renamed(domain: Any, own: Any, form: NameForm) -> int:
    """Give `own` the name that was sent, by the functions of `domain`: 303 where it has it, else the page's status."""
    if not form.accepted:
        return form.status
    try:
        domain.rename(db, own, form.name.data or "", form.seen.data, by=current_user.person, at=now())
    except (Conflict, Invalid) as refusal:
        form.refuse(refusal)
        form.seen.raw_data = [str(own.edition)]
        return status_of(refusal)
    return 303


def archive(domain: Any, own: Any) -> None:
    """Take `own` out of the library, and say so."""
    domain.archive(db, own, by=current_user.person, at=now())
    flash(_("“%(name)s” is archived. Checklists that use it stay as they are.", name=own.name))


def put_back(domain: Any, own: Any) -> NameForm | None:
    """Put `own` back into the library, and say so; where that is refused, a form that says why and has its name."""
    name = request.form.get("name")
    try:
        domain.restore(db, own, name, by=current_user.person, at=now())
    except Invalid as refusal:
        form = NameForm(formdata=None, name=own.name if name is None else name, seen=own.edition)
        form.refuse(refusal)
        return form
    flash(_("“%(name)s” is in the library again.", name=own.name))
    return None
