"""Own touchpoints: what the agency saves from its drafts, to use again beside the built-in library.

Each holds an `Entry` of the library as canonical JSON, and keeps every version of it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.designing import drafting, keeping
from evaluations.designing.depending import without_strangers
from evaluations.designing.keeping import LONGEST_NAME
from evaluations.designing.keys import fresh
from evaluations.designing.library import Entry
from evaluations.document.tree import AnyQuestion, Phase, Touchpoint
from evaluations.errors import Invalid, NotFound
from evaluations.models import OwnTouchpoint, Person
from evaluations.photos import pictures

__all__ = [
    "LONGEST_NAME",
    "MOST",
    "archive",
    "entry_from",
    "entry_of",
    "keep",
    "rename",
    "replace",
    "restore",
    "take_in",
]

MOST = 300
"""More than that nobody finds anything in."""


def entry_of(own: OwnTouchpoint) -> Entry:
    """The entry that `own` holds."""
    return Entry.model_validate_json(own.entry)


def entry_from(touchpoint: Touchpoint, phases: Collection[Phase] = ()) -> Entry:
    """A touchpoint of a draft as an entry that fits `phases`, or just its own phase.

    Weight and target stay behind: they belong to the checklist. So do conditions on questions elsewhere in it,
    and where it was taken from itself.
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
        questions=tuple(
            question.model_copy(update={"origin": None})
            for question in without_strangers(touchpoint.questions)
        ),
    )


def keep(session: Session, name: str, entry: Entry, *, by: Person, at: datetime) -> OwnTouchpoint:
    """A new own touchpoint that holds `entry`; refused when the name is taken or the library is full."""
    pictures.refuse_missing(session, entry.questions)
    own = OwnTouchpoint(entry=keeping.written(entry))
    keeping.add(session, own, name, most=MOST, by=by, at=at)
    audit.record(session, "own_touchpoint.saved", own, by=by, at=at, name=own.name, entry=own.entry)
    return own


def replace(
    session: Session, own: OwnTouchpoint, entry: Entry, edition: int, *, by: Person, at: datetime
) -> bool:
    """Make `entry` the next version of `own`, of which `edition` was seen, and say whether it differs."""
    keeping.hold(session, own, edition)
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
    keeping.hold(session, own, edition)
    return _put(session, own, _with_question(entry_of(own), question, in_place_of), by=by, at=at)


def rename(
    session: Session, own: OwnTouchpoint, name: str, edition: int, *, by: Person, at: datetime
) -> bool:
    """Give `own` another name in the office, and say whether it is another."""
    keeping.hold(session, own, edition)
    before = keeping.rename(session, own, name, by=by, at=at)
    if before is None:
        return False
    audit.record(session, "own_touchpoint.renamed", own, by=by, at=at, before=before, after=own.name)
    return True


def archive(session: Session, own: OwnTouchpoint, *, by: Person, at: datetime) -> None:
    """Take `own` out of the library; checklists keep what they took from it, and its name is free again."""
    if keeping.archive(session, own, by=by, at=at):
        audit.record(session, "own_touchpoint.archived", own, by=by, at=at, name=own.name)


def restore(
    session: Session, own: OwnTouchpoint, name: str | None = None, *, by: Person, at: datetime
) -> None:
    """Put an archived one back, if need be under another `name`; refused when that is taken or the library is full."""
    if told := keeping.restore(session, own, name, most=MOST, by=by, at=at):
        audit.record(session, "own_touchpoint.restored", own, by=by, at=at, **told)


def _put(session: Session, own: OwnTouchpoint, entry: Entry, *, by: Person, at: datetime) -> bool:
    pictures.refuse_missing(session, entry.questions)
    before = keeping.put(session, own, keeping.written(entry), by=by, at=at)
    if before is None:
        return False
    audit.record(session, "own_touchpoint.changed", own, by=by, at=at, before=before, after=own.entry)
    return True


def _with_question(entry: Entry, question: AnyQuestion, in_place_of: str | None) -> Entry:
    """`entry` with `question`; one of another kind than the one that it replaces gets a key of its own."""
    question = question.model_copy(update={"origin": None})
    kinds = {each.key: each.kind for each in entry.questions}
    key = fresh(question.key, set(kinds))
    if in_place_of is not None:
        if in_place_of not in kinds:
            raise NotFound()
        key = in_place_of if kinds[in_place_of] is question.kind else key
        named = question.model_copy(update={"key": key})
        questions = tuple(named if each.key == in_place_of else each for each in entry.questions)
    else:
        if len(kinds) >= drafting.MOST_QUESTIONS:
            raise Invalid("too_many_in_touchpoint", limit=drafting.MOST_QUESTIONS)
        questions = (*entry.questions, question.model_copy(update={"key": key}))
    return drafting.changed(entry, questions=without_strangers(questions))


def _order(phase: Phase, usual: Phase) -> tuple[bool, int]:
    """The phase in which it stood comes first: that is the usual one."""
    return phase is not usual, drafting.PHASES.index(phase)
