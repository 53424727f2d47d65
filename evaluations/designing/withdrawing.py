"""Withdrawing: a published version that turned out wrong is given to no further wave, and stays readable.

Waves that were planned on it keep it: what shoppers were given is not changed under them. A wave that has not
begun does not stand in the way either, since a fault is found when it is found and no further wave should get it
meanwhile; but whoever withdraws has to have seen it named.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Conflict, Invalid, NotFound
from evaluations.models import Person, Version, Withdrawal
from evaluations.queries.usage import WaveUse, waves_to_begin

LONGEST_REASON = 500


def withdraw(
    session: Session,
    version: Version,
    reason: str,
    *,
    knowing: Collection[UUID] = (),
    by: Person,
    at: datetime,
) -> Withdrawal:
    """Give `version` to no further wave, for `reason`.

    `knowing` are the waves which have not begun that whoever withdraws was shown; refused with
    `version_in_plan` and their names while there is another one.
    """
    _hold(session, version)
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid("withdrawal_without_reason", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid("text_too_long", field="reason", longest=LONGEST_REASON)
    if version.withdrawal is not None:
        raise Conflict(
            "version_withdrawn_already", number=version.number, who=version.withdrawal.withdrawn_by.name
        )
    unseen = [wave for wave in waves_to_begin(session, version) if wave.id not in knowing]
    if unseen:
        raise Conflict("version_in_plan", number=version.number, waves=_named(unseen))
    withdrawal = Withdrawal(version_id=version.id, reason=reason, withdrawn_at=at, withdrawn_by_id=by.id)
    session.add(withdrawal)
    audit.record(session, "version.withdrawn", version, by=by, at=at, number=version.number, reason=reason)
    session.expire(version, ["withdrawal"])
    return withdrawal


def put_back(session: Session, version: Version, *, by: Person, at: datetime) -> None:
    """Let waves be planned on a withdrawn `version` again; what was said of it stays in the audit trail."""
    _hold(session, version)
    withdrawal = version.withdrawal
    if withdrawal is None:
        return
    audit.record(
        session, "version.put_back", version, by=by, at=at, number=version.number, reason=withdrawal.reason
    )
    session.delete(withdrawal)
    session.flush()
    session.expire(version, ["withdrawal"])


def _hold(session: Session, version: Version) -> None:
    """Lock the row, so that nobody plans a wave on it meanwhile."""
    session.refresh(version, with_for_update={"of": Version})
    if version.is_draft:
        raise NotFound()


def _named(waves: list[WaveUse]) -> str:
    return ", ".join(f"{wave.name} ({wave.client})" for wave in waves)
