"""What is said of a change that is kept all the same: why it needs an editor's eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from evaluations import clock
from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.fieldwork import follow_ups
from evaluations.fieldwork.incoming import PhotoAttach, Readable
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
    follow_ups: Mapping[str, bool]
    """For each question that is asked after the visit and was planned: whether it still takes answers."""
    homes: Mapping[str, str]
    """The question that a photo of the batch belongs to, by register."""

    def disposition(self, arrived: Readable) -> Disposition | None:
        """What is to be said of the change, the weightiest first; None for most."""
        change = arrived.change
        part = follow_ups.part_of(change.register_name, self.homes, self.follow_ups)
        takes_answers = None if part is None else self.follow_ups[part]
        if self.closed if takes_answers is None else not takes_answers:
            return Disposition.AFTER_HAND_IN
        if self.withdrawn:
            return Disposition.WITHDRAWN
        if change.question is not None and change.question not in self.questions:
            return Disposition.UNKNOWN_QUESTION
        if change.vid != self.version:
            return Disposition.OTHER_VERSION
        return Disposition.LATE if self.late and takes_answers is None else None


def setting(session: Session, evaluation: Evaluation, arrived: Sequence[Readable], at: datetime) -> Setting:
    """How things stand with `evaluation` at the moment at which this batch arrived."""
    abandoned = evaluation.state is EvaluationState.ABANDONED
    document = canonical.read(evaluation.version.document)
    planned = follow_ups.open_by_key(session, evaluation) if _is_asked_later(document) else {}
    return Setting(
        closed=evaluation.state not in OPEN_TO_SHOPPER and not abandoned,
        withdrawn=abandoned or evaluation.visit.state is VisitState.CANCELLED,
        late=_is_late(evaluation, at),
        version=evaluation.version.content_hash,
        questions=frozenset(question.key for question in document.questions()),
        follow_ups=planned,
        homes=_homes(session, evaluation, arrived) if planned else {},
    )


def _homes(session: Session, evaluation: Evaluation, arrived: Sequence[Readable]) -> Mapping[str, str]:
    changes = [one.change for one in arrived]
    attached = [(one.register_name, one.question) for one in changes if isinstance(one, PhotoAttach)]
    return follow_ups.homes(session, evaluation, [one.register_name for one in changes], attached)


def _is_asked_later(document: Document) -> bool:
    return any(question.due_days is not None for question in document.questions())


def _is_late(evaluation: Evaluation, at: datetime) -> bool:
    if evaluation.return_due_at is not None:
        return at > evaluation.return_due_at
    visit = evaluation.visit
    grace = timedelta(hours=visit.wave.programme.report_hours)
    return clock.local_day(at - grace, visit.location.time_zone) > visit.window_to
