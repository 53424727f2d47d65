"""The history of a draft: every step of every designer at it, kept so that it can be undone, until it is published."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from evaluations.designing import patches
from evaluations.document.tree import Document
from evaluations.models import Person, Step, StepState, Version

PAUSE = timedelta(seconds=15)
"""Who goes on in the same place within this time still makes the same step."""
MOST_STEPS = 100


def remember(
    session: Session, draft: Version, before: Document, after: Document, *, by: Person, at: datetime
) -> bool:
    """Keep what the next edition of the held `draft` does, and say whether it only goes on with the step before it."""
    patch = patches.between(before, after)
    _forget_undone(session, draft, by)
    last = newest(session, draft)
    if last is not None and _goes_on(last, patch, draft, by=by, at=at):
        both = patches.joined(patches.read(last.patch), patch)
        if not both.is_empty:
            last.patch, last.edition, last.saved_at = patches.write(both), draft.edition + 1, at
            return True
        session.delete(last)  # it was taken back by hand
        return False
    edition = draft.edition + 1
    session.add(
        Step(
            draft_id=draft.id,
            by_id=by.id,
            first_edition=edition,
            edition=edition,
            saved_at=at,
            patch=patches.write(patch),
        )
    )
    session.flush()
    _keep_the_newest(session, draft)
    return False


def newest(session: Session, draft: Version) -> Step | None:
    """The newest step that anybody made at `draft`."""
    return session.scalars(
        select(Step).where(Step.draft_id == draft.id).order_by(Step.edition.desc()).limit(1)
    ).one_or_none()


def to_undo(session: Session, draft: Version, by: Person) -> Step | None:
    """The step of `by` that an undo takes back."""
    own = select(Step).where(Step.draft_id == draft.id, Step.by_id == by.id)
    return session.scalars(
        own.where(Step.state == StepState.DONE).order_by(Step.edition.desc()).limit(1)
    ).one_or_none()


def to_redo(session: Session, draft: Version, by: Person) -> Step | None:
    """The step of `by` that a redo does again: the one that was undone last."""
    own = select(Step).where(Step.draft_id == draft.id, Step.by_id == by.id)
    return session.scalars(
        own.where(Step.state == StepState.UNDONE).order_by(Step.edition).limit(1)
    ).one_or_none()


def forget(session: Session, draft: Version) -> None:
    """Forget all steps of a draft that is published or thrown away."""
    session.execute(delete(Step).where(Step.draft_id == draft.id))


def _goes_on(last: Step, patch: patches.Patch, draft: Version, *, by: Person, at: datetime) -> bool:
    """Whether `patch` is more of the step before it: by the same person in the same place, with nothing between."""
    if last.by_id != by.id or last.state is not StepState.DONE or last.edition != draft.edition:
        return False
    if not timedelta(0) <= at - last.saved_at <= PAUSE:
        return False
    place = patches.place_of(patch)
    return place is not None and place == patches.place_of(patches.read(last.patch))


def _forget_undone(session: Session, draft: Version, by: Person) -> None:
    """Whoever does something new cannot do again what they had undone."""
    session.execute(
        delete(Step).where(Step.draft_id == draft.id, Step.by_id == by.id, Step.state == StepState.UNDONE)
    )


def _keep_the_newest(session: Session, draft: Version) -> None:
    oldest = session.scalars(
        select(Step.edition)
        .where(Step.draft_id == draft.id)
        .order_by(Step.edition.desc())
        .offset(MOST_STEPS - 1)
        .limit(1)
    ).one_or_none()
    if oldest is not None:
        session.execute(delete(Step).where(Step.draft_id == draft.id, Step.edition < oldest))
