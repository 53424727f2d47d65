"""What each register of an evaluation now holds, as rows for reading; made from the log alone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import clock
from evaluations.document.canonical import canonical_json
from evaluations.fieldwork.dispositions import Disposition
from evaluations.fieldwork.registers import Register, Written, fold
from evaluations.models import Change, CurrentRegister, Evaluation

CHECK_IN = "visit:check_in"


def refresh(
    session: Session, evaluation: Evaluation, registers: Collection[str]
) -> Mapping[str, Sequence[str]]:
    """Fold these registers again from all their changes, and answer the heads of each.

    What arrived after hand-in is no head until it is taken in.
    """
    if not registers:
        return {}
    logs = _logs(session, evaluation, registers)
    shown = _shown(session, evaluation, registers)
    heads = {}
    for name in sorted(logs):
        register = fold(name, (_written(change) for change in logs[name] if _counts(change)))
        _mark(logs[name], register)
        _show(session, evaluation, name, register, shown.get(name))
        heads[name] = register.heads
        if name == CHECK_IN:
            presence = json.loads(register.value) if register.value else {}
            evaluation.visited_at = clock.from_phone(presence.get("at_ms"))
    session.flush()
    return heads


def _logs(session: Session, evaluation: Evaluation, registers: Collection[str]) -> dict[str, list[Change]]:
    logs: defaultdict[str, list[Change]] = defaultdict(list)
    query = select(Change).where(Change.evaluation_id == evaluation.id, Change.register.in_(registers))
    for change in session.scalars(query.order_by(Change.arrival)):
        logs[change.register].append(change)
    return logs


def _shown(
    session: Session, evaluation: Evaluation, registers: Collection[str]
) -> dict[str, CurrentRegister]:
    query = select(CurrentRegister).where(
        CurrentRegister.evaluation_id == evaluation.id, CurrentRegister.register.in_(registers)
    )
    return {row.register: row for row in session.scalars(query)}


def _counts(change: Change) -> bool:
    return change.disposition != Disposition.AFTER_HAND_IN


def _written(change: Change) -> Written:
    body = json.loads(change.body)
    value = body.get("value")
    return Written(body["id"], tuple(body.get("base", ())), None if value is None else canonical_json(value))


def _mark(log: Iterable[Change], register: Register) -> None:
    heads = set(register.heads)
    for change in log:
        change.is_head = str(change.id) in heads
        change.depth = register.depths.get(str(change.id), 0)


def _show(
    session: Session, evaluation: Evaluation, name: str, register: Register, row: CurrentRegister | None
) -> None:
    if not register.heads:
        return
    if row is None:
        row = CurrentRegister(evaluation_id=evaluation.id, register=name)
        session.add(row)
    row.value = register.value
    row.heads = json.dumps(register.heads)
    row.in_conflict = register.in_conflict
