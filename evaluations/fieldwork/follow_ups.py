"""What is asked days after a visit: planned when the visit is handed in, then handed in each by itself."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations import clock
from evaluations.document import canonical
from evaluations.document.conditions import hidden
from evaluations.document.tree import AnyQuestion, Document
from evaluations.errors import Conflict, Invalid
from evaluations.fieldwork.registers import PHOTO
from evaluations.models import Change, Evaluation, FollowUp, FollowUpState, Outcome, Submission
from evaluations.models.follow_ups import TAKES_ANSWERS
from evaluations.queries import capture
from evaluations.queries import follow_ups as queries

OF_A_QUESTION = frozenset({"answer", "comment", "timer"})
AT_ONCE = {"due_days": None, "show_if": None}
CLOCK_TRUSTED = timedelta(days=1)
"""How far a phone's clock may lie outside of the time between assignment and hand-in, and still names the day."""


def plan(session: Session, evaluation: Evaluation, outcome: Outcome, *, at: datetime) -> None:
    """Note what is asked after the visit that was just handed in, and when; doing it again mends the days.

    A visit that was not made asks for nothing afterwards; one that was, for what its answers do not hide. What is asked
    again, after it was hidden, begins with a round that was not handed in yet: a closed one answers with its receipt.
    """
    known, given = queries.of(session, evaluation), _rounds_given(session, evaluation)
    asked = _asked(session, evaluation) if outcome is Outcome.MADE else {}
    for key, row in known.items():
        if key not in asked and row.state is FollowUpState.DUE:
            session.delete(row)
    day = visited_on(evaluation, at)
    for question in asked.values():
        due_on = day + timedelta(days=question.due_days or 0)
        key, earlier = question.key, known.get(question.key)
        if earlier is None:
            round_ = given.get(key, 0) + 1
            session.add(FollowUp(evaluation_id=evaluation.id, question_key=key, round=round_, due_on=due_on))
        elif earlier.state is FollowUpState.DUE and not earlier.remark:
            earlier.due_on = due_on  # what was sent back, with a remark, has a day of its own
    session.flush()


def _rounds_given(session: Session, evaluation: Evaluation) -> dict[str, int]:
    """The last round of each part that was handed in."""
    newest = select(Submission.part, func.max(Submission.round)).group_by(Submission.part)
    here = newest.where(Submission.evaluation_id == evaluation.id)
    return dict(session.execute(here).all())


def _asked(session: Session, evaluation: Evaluation) -> dict[str, AnyQuestion]:
    """What is asked after the visit, by key, as the answers given at it stand."""
    document = canonical.read(evaluation.version.document)
    later = {question.key: question for question in queries.asked_later(document)}
    if document.depends():
        gone = hidden(document, capture.contents(session, evaluation).answers)
        return {key: question for key, question in later.items() if key not in gone}
    return later


def visited_on(evaluation: Evaluation, at: datetime) -> date:
    """The day of the visit in the calendar of the place: of its check-in, or of the hand-in where that clock is off."""
    seen = evaluation.visited_at
    earliest, latest = evaluation.created_at - CLOCK_TRUSTED, at + CLOCK_TRUSTED
    made = seen if seen is not None and earliest <= seen <= latest else at
    return clock.local_day(made, evaluation.visit.location.time_zone)


def find(session: Session, evaluation: Evaluation, key: str) -> FollowUp:
    """The follow-up `key` of an evaluation that was handed in; refused where there is none, or none yet."""
    if row := queries.of(session, evaluation).get(key):
        return row
    if key not in {one.key for one in queries.asked_later(canonical.read(evaluation.version.document))}:
        raise Invalid("unknown_part", part=key)
    raise Conflict("follow_up_too_early")


def asked_alone(document: Document, key: str) -> Document:
    """`document` with this one question, asked as one of a visit is."""
    return document.model_copy(
        update={
            "touchpoints": tuple(
                touchpoint.model_copy(
                    update={
                        "show_if": None,
                        "questions": tuple(one.model_copy(update=AT_ONCE) for one in asked),
                    }
                )
                for touchpoint in document.touchpoints
                if (asked := [one for one in touchpoint.questions if one.key == key])
            )
        }
    )


def open_by_key(session: Session, evaluation: Evaluation) -> dict[str, bool]:
    """For each follow-up that was planned, whether it still takes answers."""
    return {key: row.state in TAKES_ANSWERS for key, row in queries.of(session, evaluation).items()}


def homes(
    session: Session,
    evaluation: Evaluation,
    registers: Iterable[str],
    arriving: Iterable[tuple[str, str | None]] = (),
) -> Mapping[str, str]:
    """The one question at which each photo among `registers` ever was; photos that moved are left out.

    `arriving` are registers with the questions that changes on their way put them at.
    """
    photos = {register for register in registers if register.startswith(PHOTO)}
    if not photos:
        return {}
    places: defaultdict[str, set[str | None]] = defaultdict(set)
    for register, question in (*arriving, *_attached(session, evaluation, photos)):
        places[register].add(question)
    alone = {register: found.pop() for register, found in places.items() if len(found) == 1}
    return {register: question for register, question in alone.items() if question}


def part_of(register: str, homes: Mapping[str, str], planned: Collection[str]) -> str | None:
    """The follow-up among `planned` that `register` belongs to; None for the visit itself."""
    sort, _, name = register.partition(":")
    key = homes.get(register) if register.startswith(PHOTO) else name if sort in OF_A_QUESTION else None
    return key if key in planned else None


def _attached(
    session: Session, evaluation: Evaluation, registers: Collection[str]
) -> Iterable[tuple[str, str | None]]:
    rows = session.execute(
        select(Change.register, Change.body).where(
            Change.evaluation_id == evaluation.id,
            Change.register.in_(registers),
            Change.kind == "photo.attach",
        )
    )
    for register, body in rows:
        yield register, json.loads(body)["value"].get("question")
