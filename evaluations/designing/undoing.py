"""Undoing: a designer takes back their own last step at a draft, or does it again; what others did elsewhere stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.designing import drafts, history, patches
from evaluations.designing.meanwhile import Save, saves_since
from evaluations.designing.orders import Overtaken
from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.errors import Conflict
from evaluations.models import Person, Step, StepState, Version


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the step's patch as it was, and the draft as it says now; or who stands in the way."""

    patch: patches.Patch
    document: Document
    overtaken: Overtaken | None = None
    by: Save | None = None
    """The save of somebody else that changed the same place since."""


def undo(session: Session, draft: Version, *, by: Person, at: datetime) -> Outcome | None:
    """Take back the last step of `by`; None where there is none.

    Where somebody else changed the same place since nothing is taken back, and the step is none any more that can be:
    the next undo takes back the one before it.
    """
    _hold(session, draft)
    step = history.to_undo(session, draft, by)
    return _turned(session, draft, step, StepState.UNDONE, by=by, at=at) if step else None


def redo(session: Session, draft: Version, *, by: Person, at: datetime) -> Outcome | None:
    """Do again the step that `by` undid last; None where there is none."""
    _hold(session, draft)
    step = history.to_redo(session, draft, by)
    return _turned(session, draft, step, StepState.DONE, by=by, at=at) if step else None


def _hold(session: Session, draft: Version) -> None:
    drafts.lock(session, draft)
    if not draft.is_draft:
        raise Conflict("version_is_published", number=draft.number)


def _turned(
    session: Session, draft: Version, step: Step, state: StepState, *, by: Person, at: datetime
) -> Outcome:
    patch = patches.read(step.patch)
    before = canonical.read(draft.document)
    try:
        after = patches.applied(before, patch.back if state is StepState.UNDONE else patch)
    except Overtaken as overtaken:
        step.state = StepState.OVERTAKEN
        return Outcome(patch, before, overtaken, _by_whom(session, draft, step, overtaken))
    step.state = state
    if after != before:
        drafts.replace(draft, after, by=by, at=at)
        act = "step.undone" if state is StepState.UNDONE else "step.redone"
        changes = drafts.changes_between(before, after)
        audit.record(session, act, draft, by=by, at=at, edition=draft.edition, changes=changes)
    return Outcome(patch, after)


def _by_whom(session: Session, draft: Version, step: Step, overtaken: Overtaken) -> Save | None:
    thing = {"touchpoint": overtaken.touchpoint, "question": overtaken.question}
    touching = [save for save in saves_since(session, draft, step.edition) if save.touched(**thing)]
    others = [save for save in touching if save.by_id != step.by_id]
    return next(iter(others or touching), None)
