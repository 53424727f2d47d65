"""Own touchpoints: what the agency saves from its drafts, to use again beside the built-in library.

Each holds an `Entry` of the library as canonical JSON. What it held before a change stays in the
audit trail, whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.designing import drafting
from evaluations.designing.depending import without_strangers
from evaluations.designing.keys import fresh
from evaluations.designing.library import Entry
from evaluations.document import canonical
from evaluations.document.tree import AnyQuestion, Phase, Touchpoint
from evaluations.errors import Conflict, Invalid, NotFound
from evaluations.models import OwnTouchpoint, Person
from evaluations.photos import pictures

LONGEST_NAME = 120
MOST = 300
"""More than that nobody finds anything in."""


def entry_of(own: OwnTouchpoint) -> Entry:
    """The entry that `own` holds."""
    return Entry.model_validate_json(own.entry)


def entry_from(touchpoint: Touchpoint, phases: Collection[Phase] = ()) -> Entry:
    """A touchpoint of a draft as an entry that fits `phases`, or just its own phase.

    Weight and target stay behind: they belong to the checklist. So do conditions on questions elsewhere in it.
    """
    if not touchpoint.questions:
        raise Invalid("own_touchpoint_asks_nothing")
    fitting = sorted(set(phases) or {touchpoint.phase}, key=lambda phase: _order(phase, touchpoint.phase))
    return drafting.made(
        Entry,
        key=touchpoint.key,
        name=touchpoint.name,
        phases=tuple(fitting),
        stage=touchpoint.stage,
        channel=touchpoint.channel,
        guidance=touchpoint.guidance,
        questions=without_strangers(touchpoint.questions),
    )


def keep(session: Session, name: str, entry: Entry, *, by: Person, at: datetime) -> OwnTouchpoint:
    """A new own touchpoint that holds `entry`; refused when the name is taken or the library is full."""
    name = _sound_name(name)
    _refuse_overflow(session)
    pictures.refuse_missing(session, entry.questions)
    own = OwnTouchpoint(name=name, folded_name=_folded(name), entry=_written(entry))
    own.created_at, own.created_by, own.changed_at, own.changed_by = at, by, at, by
    with _unique(session, name):
        session.add(own)
    audit.record(session, "own_touchpoint.saved", own, by=by, at=at, name=name, entry=own.entry)
    return own


def replace(
    session: Session, own: OwnTouchpoint, entry: Entry, edition: int, *, by: Person, at: datetime
) -> bool:
    """Put `entry` in place of what `own` held in `edition`, and say whether it differs."""
    _hold(session, own, edition)
    return _put(session, own, entry.model_copy(update={"key": entry_of(own).key}), by=by, at=at)


def take_in(
    session: Session,
    own: OwnTouchpoint,
    question: AnyQuestion,
    edition: int,
    *,
    in_place_of: str | None = None,
    by: Person,
    at: datetime,
) -> bool:
    """Save a question of a draft in `own`: in place of one of its questions, or as a further one."""
    _hold(session, own, edition)
    entry = entry_of(own)
    return _put(session, own, _with_question(entry, question, in_place_of), by=by, at=at)


def rename(
    session: Session, own: OwnTouchpoint, name: str, edition: int, *, by: Person, at: datetime
) -> bool:
    """Give `own` another name in the office, and say whether it is another."""
    _hold(session, own, edition)
    before, after = own.name, _sound_name(name)
    if before == after:
        return False
    with _unique(session, after):
        own.name, own.folded_name = after, _folded(after)
        _changed(own, by, at)
    audit.record(session, "own_touchpoint.renamed", own, by=by, at=at, before=before, after=after)
    return True


def archive(session: Session, own: OwnTouchpoint, *, by: Person, at: datetime) -> None:
    """Take `own` out of the library; checklists keep what they took from it, and its name is free again."""
    session.refresh(own, with_for_update={"of": OwnTouchpoint})
    if own.archived_at is None:
        own.archived_at = at
        _changed(own, by, at)
        audit.record(session, "own_touchpoint.archived", own, by=by, at=at, name=own.name)


def restore(session: Session, own: OwnTouchpoint, *, by: Person, at: datetime) -> None:
    """Put an archived `own` back; refused when its name was taken meanwhile or the library is full."""
    session.refresh(own, with_for_update={"of": OwnTouchpoint})
    if own.archived_at is None:
        return
    _refuse_overflow(session)
    with _unique(session, own.name):
        own.archived_at = None
        _changed(own, by, at)
    audit.record(session, "own_touchpoint.restored", own, by=by, at=at, name=own.name)


def _hold(session: Session, own: OwnTouchpoint, edition: int) -> None:
    """Lock the row, and make sure that it is in use and the edition that was seen."""
    session.refresh(own, with_for_update={"of": OwnTouchpoint})
    if own.archived_at is not None:
        raise Conflict("own_touchpoint_is_archived", name=own.name)
    if own.edition != edition:
        raise Conflict("own_touchpoint_changed", name=own.name, who=own.changed_by.name)


def _put(session: Session, own: OwnTouchpoint, entry: Entry, *, by: Person, at: datetime) -> bool:
    before, after = own.entry, _written(entry)
    if before == after:
        return False
    pictures.refuse_missing(session, entry.questions)
    own.entry = after
    _changed(own, by, at)
    audit.record(session, "own_touchpoint.changed", own, by=by, at=at, before=before, after=after)
    return True


def _with_question(entry: Entry, question: AnyQuestion, in_place_of: str | None) -> Entry:
    keys = [each.key for each in entry.questions]
    if in_place_of is not None:
        if in_place_of not in keys:
            raise NotFound()
        named = question.model_copy(update={"key": in_place_of})
        questions = tuple(named if each.key == in_place_of else each for each in entry.questions)
    else:
        if len(keys) >= drafting.MOST_QUESTIONS:
            raise Invalid("too_many_in_touchpoint", limit=drafting.MOST_QUESTIONS)
        questions = (*entry.questions, question.model_copy(update={"key": fresh(question.key, set(keys))}))
    return drafting.changed(entry, questions=without_strangers(questions))


def _refuse_overflow(session: Session) -> None:
    in_use = session.scalar(
        select(func.count()).select_from(OwnTouchpoint).where(OwnTouchpoint.archived_at.is_(None))
    )
    if (in_use or 0) >= MOST:
        raise Invalid("own_library_full", limit=MOST)


@contextmanager
def _unique(session: Session, name: str) -> Iterator[None]:
    """Let the database decide whose a name is: two designers may choose the same at once."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        raise Invalid("own_touchpoint_name_taken", field="name", name=name) from error


def _changed(own: OwnTouchpoint, by: Person, at: datetime) -> None:
    own.edition += 1
    own.changed_at, own.changed_by = at, by


def _written(entry: Entry) -> str:
    plain: Any = entry.model_dump(mode="json")
    return canonical.canonical_json(plain)


def _sound_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("own_touchpoint_without_name", field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid("own_touchpoint_name_too_long", field="name", limit=LONGEST_NAME)
    return name


def _folded(name: str) -> str:
    return name.casefold()


def _order(phase: Phase, usual: Phase) -> tuple[bool, int]:
    """The phase in which it stood comes first: that is the usual one."""
    return phase is not usual, drafting.PHASES.index(phase)
