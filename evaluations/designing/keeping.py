"""Keeping: what the own library's touchpoints, questions and templates share.

Names that no two in use have, versions that never change, changes by two designers, archiving. Whoever
calls writes down what was done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.tree import Part
from evaluations.errors import Conflict, Invalid
from evaluations.models import (
    Kept,
    KeptVersion,
    OwnQuestion,
    OwnQuestionVersion,
    OwnTouchpoint,
    OwnTouchpointVersion,
    Person,
    Template,
    TemplateVersion,
)

LONGEST_NAME = 120
VERSIONS: dict[type[Kept], type[KeptVersion]] = {
    OwnTouchpoint: OwnTouchpointVersion,
    OwnQuestion: OwnQuestionVersion,
    Template: TemplateVersion,
}
CONTENTS: dict[type[Kept], str] = {OwnTouchpoint: "entry", OwnQuestion: "question", Template: "document"}


def add(session: Session, kept: Kept, name: str, *, most: int, by: Person, at: datetime) -> None:
    """Put `kept` into the library as its version 1; refused when the name is taken or there are `most`."""
    kept.name = sound_name(name)
    kept.folded_name = kept.name.casefold()
    _refuse_overflow(session, type(kept), most)
    kept.edition = kept.number = 1
    kept.created_at, kept.created_by, kept.changed_at, kept.changed_by = at, by, at, by
    with _unique(session, kept.name):
        session.add(kept)
    _keep_version(session, kept, by, at)


def hold(session: Session, kept: Kept, edition: int) -> None:
    """Lock the row, and make sure that it is in use and the edition that was seen."""
    session.refresh(kept, with_for_update={"of": type(kept)})
    if kept.archived_at is not None:
        raise Conflict("kept_is_archived", name=kept.name)
    if kept.edition != edition:
        raise Conflict("kept_changed", name=kept.name, who=kept.changed_by.name)


def put(session: Session, kept: Kept, content: str, *, by: Person, at: datetime) -> str | None:
    """Make `content` the next version of `kept`, and give what it held before; None where that says the same."""
    field = CONTENTS[type(kept)]
    before: str = getattr(kept, field)
    if before == content:
        return None
    setattr(kept, field, content)
    kept.number += 1
    changed(kept, by, at)
    _keep_version(session, kept, by, at)
    return before


def rename(session: Session, kept: Kept, name: str, *, by: Person, at: datetime) -> str | None:
    """Give `kept` another name in the office, and give the one before; None where it is the same."""
    before, after = kept.name, sound_name(name)
    if before == after:
        return None
    with _unique(session, after):
        kept.name, kept.folded_name = after, after.casefold()
        changed(kept, by, at)
    return before


def archive(session: Session, kept: Kept, *, by: Person, at: datetime) -> bool:
    """Take `kept` out of the library, and say whether it was in it; its name is free again."""
    session.refresh(kept, with_for_update={"of": type(kept)})
    if kept.archived_at is not None:
        return False
    kept.archived_at = at
    changed(kept, by, at)
    return True


def restore(
    session: Session, kept: Kept, name: str | None = None, *, most: int, by: Person, at: datetime
) -> dict[str, str] | None:
    """Put an archived one back, if need be under another `name`, and give what is to be told of it.

    None where it was not archived; refused when the name was taken meanwhile or there are `most`.
    """
    session.refresh(kept, with_for_update={"of": type(kept)})
    if kept.archived_at is None:
        return None
    before, after = kept.name, kept.name if name is None else sound_name(name)
    _refuse_overflow(session, type(kept), most)
    with _unique(session, after):
        kept.name, kept.folded_name = after, after.casefold()
        kept.archived_at = None
        changed(kept, by, at)
    return {"name": after} | ({} if before == after else {"was": before})


def changed(kept: Kept, by: Person, at: datetime) -> None:
    """Write down on `kept` itself who changed it last."""
    kept.edition += 1
    kept.changed_at, kept.changed_by = at, by


def written(part: Part) -> str:
    """`part` as its content."""
    plain: Any = part.model_dump(mode="json")
    return canonical.canonical_json(plain)


def sound_name(name: str) -> str:
    """`name` without needless blanks; refused when there is none, or too much of it."""
    name = " ".join(name.split())
    if not name:
        raise Invalid("kept_without_name", field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid("kept_name_too_long", field="name", limit=LONGEST_NAME)
    return name


def _keep_version(session: Session, kept: Kept, by: Person, at: datetime) -> None:
    session.flush()
    content = getattr(kept, CONTENTS[type(kept)])
    session.add(
        VERSIONS[type(kept)](
            kept_id=kept.id, number=kept.number, content=content, saved_at=at, saved_by_id=by.id
        )
    )


def _refuse_overflow(session: Session, model: type[Kept], most: int) -> None:
    in_use = session.scalar(select(func.count()).select_from(model).where(model.archived_at.is_(None)))
    if (in_use or 0) >= most:
        raise Invalid("own_library_full", limit=most)


@contextmanager
def _unique(session: Session, name: str) -> Iterator[None]:
    """Let the database decide whose a name is: two designers may choose the same at once."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise Invalid("kept_name_taken", field="name", name=name) from error
