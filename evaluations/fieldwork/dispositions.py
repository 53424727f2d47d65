"""What is said of a change that is kept all the same: why it needs an editor's eye."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from evaluations import clock
from evaluations.document import canonical
from evaluations.fieldwork.incoming import Readable
from evaluations.models import Evaluation, EvaluationState, VisitState
from evaluations.models.evaluations import OPEN_TO_SHOPPER


class Disposition(StrEnum):
    AFTER_HAND_IN = "after_hand_in"
    WITHDRAWN = "withdrawn"
    UNKNOWN_QUESTION = "unknown_question"
    OTHER_VERSION = "other_version"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Setting:
    """How things stood when a batch arrived."""

    closed: bool
    withdrawn: bool
    late: bool
    version: str | None
    questions: frozenset[str]

    def disposition(self, arrived: Readable) -> Disposition | None:
        """What is to be said of the change, the weightiest first; None for most."""
        change = arrived.change
        if self.closed:
            return Disposition.AFTER_HAND_IN
        if self.withdrawn:
            return Disposition.WITHDRAWN
        if change.question is not None and change.question not in self.questions:
            return Disposition.UNKNOWN_QUESTION
        if change.vid != self.version:
            return Disposition.OTHER_VERSION
        return Disposition.LATE if self.late else None


def setting(evaluation: Evaluation, at: datetime) -> Setting:
    """How things stand with `evaluation` at this moment."""
    abandoned = evaluation.state is EvaluationState.ABANDONED
    document = canonical.read(evaluation.version.document)
    return Setting(
        closed=evaluation.state not in OPEN_TO_SHOPPER and not abandoned,
        withdrawn=abandoned or evaluation.visit.state is VisitState.CANCELLED,
        late=_is_late(evaluation, at),
        version=evaluation.version.content_hash,
        questions=frozenset(question.key for question in document.questions()),
    )


def _is_late(evaluation: Evaluation, at: datetime) -> bool:
    if evaluation.return_due_at is not None:
        return at > evaluation.return_due_at
    visit = evaluation.visit
    grace = timedelta(hours=visit.wave.programme.report_hours)
    return clock.local_day(at - grace, visit.location.time_zone) > visit.window_to
