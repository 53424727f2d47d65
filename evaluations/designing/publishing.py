"""Publishing: a draft becomes a version, frozen and named by the hash of its text."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.designing import checking, history, retiring
from evaluations.designing.drafts import hold, kinds_given
from evaluations.document import canonical
from evaluations.errors import Conflict, Invalid
from evaluations.models import Person, Version
from evaluations.photos import pictures

LONGEST_NOTE = 2000


def publish(
    session: Session, draft: Version, edition: int, *, note: str = "", by: Person, at: datetime
) -> Version:
    """Freeze the draft as it stood in `edition`, and give the published version.

    `note` says what changed and why, to whoever plans, compares or restores it later.
    Refused with `not_ready` while anything stands in the way, and with `nothing_changed` when
    the newest version says the same.
    """
    hold(session, draft, edition)
    note = note.strip().replace("\r\n", "\n")
    if len(note) > LONGEST_NOTE:
        raise Invalid("text_too_long", field="note", longest=LONGEST_NOTE)
    document = canonical.read(draft.document)
    in_the_way = (
        *checking.errors(document, kinds_given(session, draft.checklist)),
        *retiring.lost(session, draft.checklist, document),
    )
    if in_the_way:
        raise Invalid("not_ready", count=len(in_the_way))
    pictures.refuse_missing(session, document)
    content_hash = canonical.content_hash(draft.document)
    newest = newest_published(session, draft)
    if newest is not None and newest.content_hash == content_hash:
        raise Conflict("nothing_changed", number=newest.number)
    history.forget(session, draft)
    draft.content_hash, draft.published_at, draft.published_by_id = content_hash, at, by.id
    draft.note = note
    audit.record(
        session,
        "version.published",
        draft,
        by=by,
        at=at,
        number=draft.number,
        content_hash=content_hash,
        note=note,
    )
    session.flush()
    return draft


def newest_published(session: Session, version: Version) -> Version | None:
    """The newest published version of the checklist that `version` belongs to."""
    return session.scalars(
        select(Version)
        .where(Version.checklist_id == version.checklist_id, Version.published_at.is_not(None))
        .order_by(Version.number.desc())
        .limit(1)
    ).one_or_none()


def is_intact(version: Version) -> bool:
    """Whether a published version still is, to the letter, what was published."""
    return version.content_hash == canonical.content_hash(version.document)
