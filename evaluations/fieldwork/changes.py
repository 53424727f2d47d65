"""The log of changes: the only way in which an evaluation's content moves, and its projection.

Everything here happens under the lock of the evaluation's row. Nothing readable is refused; what is odd about
a change is said in its disposition.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.database import insert_into
from evaluations.errors import Invalid, NotFound
from evaluations.fieldwork import follow_ups, incoming, projection
from evaluations.fieldwork.dispositions import Disposition, setting
from evaluations.fieldwork.incoming import Readable
from evaluations.models import (
    INSTALLATION,
    Change,
    CurrentRegister,
    Evaluation,
    EvaluationState,
    Person,
    VisitState,
    move,
    new_id,
)

MOST_CHANGES = 200


class Outcome(StrEnum):
    """What became of one change that was sent."""

    STORED = "stored"
    KNOWN = "known"
    FORKED = "forked"
    DIFFERS = "differs"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one change, in the order in which they were sent."""

    id: str | None
    outcome: Outcome
    disposition: str | None = None
    code: str | None = None
    """Why it is unreadable."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch: a result per change, and the heads of every register that it touched."""

    results: tuple[Result, ...]
    heads: Mapping[str, Sequence[str]]


def store(
    session: Session, evaluation: Evaluation, batch: Sequence[object], *, by: Person, at: datetime
) -> Stored:
    """Keep every readable change of `batch`, once, and bring the projection up to date."""
    lock(session, evaluation)
    given = [read(raw, evaluation.id) for raw in batch]
    readable = [one for one in given if isinstance(one, Readable)]
    added = _insert(session, evaluation, readable, by, at)
    if added:
        _begin_work(session, evaluation, by, at)
    held = _held(session, readable)
    forked = _forked(session, evaluation, readable)
    results = []
    for one in given:
        if isinstance(one, Result):
            results.append(one)
            continue
        outcome = _outcome(one, held[one.id], added, forked)
        kept = outcome is not Outcome.DIFFERS
        results.append(Result(one.change.id, outcome, held[one.id].disposition if kept else None))
    touched = {one.change.register_name for one in readable}
    return Stored(tuple(results), projection.refresh(session, evaluation, touched))


def read(raw: object, evaluation: UUID) -> Readable | Result:
    """The change that `raw` is, or the result that says why it cannot be read."""
    try:
        return incoming.read(raw, evaluation=evaluation)
    except Invalid as refusal:
        return Result(incoming.id_of(raw), Outcome.UNREADABLE, code=refusal.code)


def lock(session: Session, evaluation: Evaluation) -> None:
    """Let nobody else move this evaluation until the transaction ends, and read it as it now is."""
    session.flush()
    query = select(Evaluation).where(Evaluation.id == evaluation.id).with_for_update(of=Evaluation)
    if session.scalars(query.execution_options(populate_existing=True)).one_or_none() is None:
        raise NotFound()


def write(
    session: Session,
    evaluation: Evaluation,
    register: str,
    kind: str,
    value: Any,
    *,
    by: Person,
    at: datetime,
) -> Change:
    """Let the office write one register over all that it holds, also over what contradicts itself there.

    The evaluation is locked already. What it held stays in the log, as with every change.
    """
    row = session.get(CurrentRegister, (evaluation.id, register))
    body = {
        "id": str(new_id()),
        "eid": str(evaluation.id),
        "vid": evaluation.version.content_hash,
        "did": str(INSTALLATION),
        "seq": _written_here(session, evaluation) + 1,
        "kind": kind,
        "register": register,
        "value": value,
        "base": json.loads(row.heads) if row else [],
        "wall_ms": int(at.timestamp() * 1000),
        "tz_min": 0,
    }
    given = incoming.read_own(body, evaluation=evaluation.id)
    evaluation.arrivals += 1
    change = Change(**_row(evaluation, given, evaluation.arrivals, None, by, at))
    session.add(change)
    session.flush()
    projection.refresh(session, evaluation, {register})
    return change


def _written_here(session: Session, evaluation: Evaluation) -> int:
    """The number of the newest change that the office wrote."""
    newest = select(func.max(Change.seq))
    here = newest.where(Change.evaluation_id == evaluation.id, Change.device_id == INSTALLATION)
    return session.scalar(here) or 0


def take_in(session: Session, evaluation: Evaluation, *, follow_up: str | None = None) -> None:
    """Let what arrived after hand-in count: the next round starts with it. Doing it twice changes nothing.

    Of the visit's next round this is all but what belongs to follow-ups; `follow_up` names the one that is meant.
    """
    waiting = session.scalars(
        select(Change).where(
            Change.evaluation_id == evaluation.id, Change.disposition == Disposition.AFTER_HAND_IN
        )
    ).all()
    planned = follow_ups.open_by_key(session, evaluation) if waiting else {}
    homes = follow_ups.homes(session, evaluation, [one.register for one in waiting]) if planned else {}
    waiting = [one for one in waiting if follow_ups.part_of(one.register, homes, planned) == follow_up]
    for change in waiting:
        change.disposition = Disposition.LATE
    session.flush()
    projection.refresh(session, evaluation, {change.register for change in waiting})


def _insert(
    session: Session, evaluation: Evaluation, readable: Sequence[Readable], by: Person, at: datetime
) -> set[UUID]:
    """Insert what is not there yet, and answer the ids that were new.

    The database's own constraint decides, so two requests with the same changes cannot both win. Rows go in
    by the order of their ids, so that two such requests wait for each other in one direction only.
    """
    if not readable:
        return set()
    how = setting(session, evaluation, readable, at)
    rows = [
        _row(evaluation, one, evaluation.arrivals + place, how.disposition(one), by, at)
        for place, one in enumerate(readable, start=1)
    ]
    rows.sort(key=lambda row: (row["id"], row["arrival"]))
    rows = [next(same) for _id, same in groupby(rows, key=lambda row: row["id"])]
    query = (
        insert_into(session, Change).on_conflict_do_nothing(index_elements=[Change.id]).returning(Change.id)
    )
    added = set(session.scalars(query, rows))
    evaluation.arrivals = max(
        (row["arrival"] for row in rows if row["id"] in added), default=evaluation.arrivals
    )
    return added


def _row(
    evaluation: Evaluation,
    one: Readable,
    arrival: int,
    disposition: Disposition | None,
    by: Person,
    at: datetime,
) -> dict[str, Any]:
    change = one.change
    return {
        "id": one.id,
        "evaluation_id": evaluation.id,
        "author_id": by.id,
        "device_id": UUID(change.did),
        "seq": change.seq,
        "arrival": arrival,
        "register": change.register_name,
        "kind": change.kind,
        "body": one.body,
        "disposition": disposition and disposition.value,
        "is_head": False,
        "depth": 0,
        "wall_ms": change.wall_ms,
        "received_at": at,
    }


def _held(session: Session, readable: Sequence[Readable]) -> dict[UUID, Change]:
    """The rows under the ids of `readable`: all are there now."""
    rows = session.scalars(select(Change).where(Change.id.in_({one.id for one in readable})))
    return {row.id: row for row in rows}


def _forked(session: Session, evaluation: Evaluation, readable: Sequence[Readable]) -> set[UUID]:
    """The changes whose device and number an earlier arrival already bore: cloned storage."""
    rows = session.execute(
        select(Change.id, Change.device_id, Change.seq)
        .where(
            Change.evaluation_id == evaluation.id,
            Change.device_id.in_({UUID(one.change.did) for one in readable}),
            Change.seq.in_({one.change.seq for one in readable}),
        )
        .order_by(Change.arrival)
    )
    numbered: defaultdict[tuple[UUID, int], list[UUID]] = defaultdict(list)
    for change, device, seq in rows:
        numbered[device, seq].append(change)
    return {change for same in numbered.values() for change in same[1:]}


def _outcome(sent: Readable, held: Change, added: Collection[UUID], forked: Collection[UUID]) -> Outcome:
    if held.body != sent.body:  # its evaluation is part of it
        return Outcome.DIFFERS
    if sent.id in forked:
        return Outcome.FORKED
    return Outcome.STORED if sent.id in added else Outcome.KNOWN


def _begin_work(session: Session, evaluation: Evaluation, by: Person, at: datetime) -> None:
    """With the first change the visit is under way, and a returned evaluation is in progress again."""
    if evaluation.visit.state is VisitState.ASSIGNED:
        evaluation.visit.state = VisitState.UNDER_WAY
        audit.record(session, "visit.begun", evaluation.visit, by=by, at=at)
    if evaluation.state is EvaluationState.RETURNED:
        take_in(session, evaluation)
        move(evaluation, EvaluationState.IN_PROGRESS)
        audit.record(session, "evaluation.resumed", evaluation, by=by, at=at, round=evaluation.round)
