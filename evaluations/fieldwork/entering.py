"""What people type for clients, places and waves: names are checked, twins refused, changes recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Invalid
from evaluations.models import Person
from evaluations.models.base import Identified

LONGEST_NAME = 120


def named(name: str, *, field: str = "name", longest: int = LONGEST_NAME) -> str:
    """`name` without the blanks around it; refused when nothing is left or it is too long."""
    name = short(name, field=field, longest=longest)
    if not name:
        raise Invalid("needed", field=field)
    return name


def short(text: str, *, field: str, longest: int) -> str:
    """`text` without the blanks around it; refused when it is too long."""
    text = text.strip()
    if len(text) > longest:
        raise Invalid("text_too_long", field=field, longest=longest)
    return text


@contextmanager
def unique(session: Session, code: str, *, field: str, **values: Any) -> Iterator[None]:
    """Refuse with `code` at `field` when the database finds what the block wrote to be taken.

    The constraint decides, not a look before the write: two people may enter the same at once.
    """
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise Invalid(code, field=field, **values) from error


def record_changes(
    session: Session,
    act: str,
    subject: Identified,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
) -> bool:
    """Write down what differs between `before` and `after`; whether anything did."""
    differs = any(before[name] != after[name] for name in after)
    record_changes_of_each(session, act, [(subject, before, after)], by=by, at=at)
    return differs


def record_changes_of_each(
    session: Session,
    act: str,
    told: Iterable[tuple[Identified, Mapping[str, Any], Mapping[str, Any]]],
    *,
    by: Person,
    at: datetime,
) -> None:
    """Write down for each subject what differs between its values before and after, where anything does."""
    details = []
    for subject, before, after in told:
        changed = [name for name in after if before[name] != after[name]]
        old = {name: _plain(before[name]) for name in changed}
        new = {name: _plain(after[name]) for name in changed}
        if changed:
            details.append((subject, {"before": old, "after": new}))
    audit.record_all(session, act, details, by=by, at=at)


def _plain(value: Any) -> Any:
    return getattr(value, "name", str(value)) if isinstance(value, Identified) else value
