"""Which visits want a scheduler's eye: due, late, silent, unassigned, or overdue from a return or a follow-up.

What is counted and what is listed are the same conditions. Days are days in the calendar of the place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from evaluations import access
from evaluations.clock import local_day
from evaluations.models import (
    FOLLOWED,
    Change,
    Evaluation,
    FollowUp,
    FollowUpState,
    Location,
    Person,
    Photo,
    Visit,
)
from evaluations.queries.progress import Progress, how_far

DAYS_AHEAD = 7
SILENCE = timedelta(hours=12)


class Focus(StrEnum):
    """Why a visit wants to be looked at."""

    TODAY = "today"
    WEEK = "week"
    LATE = "late"
    SILENT = "silent"
    UNASSIGNED = "unassigned"
    RETURN_LATE = "return_late"
    FOLLOW_UP_LATE = "follow_up_late"
    PRESSING = "pressing"


PRESSING = (Focus.TODAY, Focus.LATE, Focus.SILENT, Focus.RETURN_LATE)
"""What cannot wait until tomorrow."""
BEFORE_HAND_IN = (Progress.PLANNED, Progress.ASSIGNED, Progress.UNDER_WAY)
Conditions = Mapping[Focus, ColumnElement[bool]]


def conditions(session: Session, at: datetime) -> Conditions:
    """What makes a visit belong to each focus at this moment; one query, for the calendars in use."""
    zones = session.scalars(select(Location.time_zone).distinct().order_by(Location.time_zone)).all()
    today, last = _days(zones, at, 0), _days(zones, at, DAYS_AHEAD - 1)
    at_work = how_far.in_(BEFORE_HAND_IN)
    returned = and_(how_far == Progress.RETURNED.value, Evaluation.return_due_at < at)
    found: dict[Focus, ColumnElement[bool]] = {
        Focus.TODAY: and_(at_work, Visit.window_to == today),
        Focus.WEEK: and_(at_work, Visit.window_to.between(today, last)),
        Focus.LATE: and_(at_work, Visit.window_to < today),
        Focus.SILENT: and_(_is_silent(at), or_(Evaluation.visited_at.is_not(None), Visit.window_to <= today)),
        Focus.UNASSIGNED: how_far == Progress.PLANNED.value,
        Focus.RETURN_LATE: returned,
        Focus.FOLLOW_UP_LATE: _awaits_follow_up(today),
    }
    return found | {Focus.PRESSING: or_(*(found[each] for each in PRESSING))}


@dataclass(frozen=True, slots=True)
class Attention:
    """How many visits there are, and how many belong to each focus."""

    visits: int
    counts: Mapping[Focus, int]


def attention(session: Session, reader: Person, belongs: Conditions) -> Attention:
    """How many of the visits that `reader` sees belong to each focus, in one query."""
    columns: list[Any] = [
        func.count().filter(condition).label(focus.value) for focus, condition in belongs.items()
    ]
    query = access.visits(reader).join(Visit.location).outerjoin(Visit.evaluation)
    counted = query.with_only_columns(func.count().label("visits"), *columns, maintain_column_froms=True)
    row = session.execute(counted).one()
    return Attention(row.visits, {focus: row._mapping[focus.value] for focus in Focus})


def _awaits_follow_up(today: ColumnElement[date]) -> ColumnElement[bool]:
    """Whether something that is asked after the visit should have been answered by now."""
    late = exists().where(
        FollowUp.evaluation_id == Evaluation.id,
        FollowUp.state == FollowUpState.DUE,
        FollowUp.due_on < today,
    )
    return and_(Evaluation.state.in_(FOLLOWED), late)


def _is_silent(at: datetime) -> ColumnElement[bool]:
    """Whether the shopper has had the visit for hours and the phone has sent nothing meanwhile."""
    since = at - SILENCE
    heard = (
        exists().where(table.evaluation_id == Evaluation.id, table.received_at > since)
        for table in (Change, Photo)
    )
    given = how_far.in_((Progress.ASSIGNED, Progress.UNDER_WAY))
    return and_(given, Visit.assigned_at <= since, ~or_(*heard))


def _days(zones: Sequence[str], at: datetime, ahead: int) -> ColumnElement[date]:
    """The day `ahead` days from today at the place; all places on earth share three days at most."""
    by_day: dict[date, list[str]] = {}
    for zone in zones:
        by_day.setdefault(local_day(at, zone), []).append(zone)
    shifted = {day + timedelta(days=ahead): names for day, names in by_day.items()}
    if len(shifted) < 2:
        return literal(next(iter(shifted), at.date()), Date)
    return case(*((Location.time_zone.in_(names), literal(day, Date)) for day, names in shifted.items()))
