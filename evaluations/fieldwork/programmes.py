"""What a programme settles for all its waves: release, language, deadlines, and how visits are captured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import get_args
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations.clock import local_day
from evaluations.document.numbers import as_text
from evaluations.document.tree import Language
from evaluations.errors import Invalid
from evaluations.fieldwork.entering import named, record_changes, unique
from evaluations.models import Capture, Evaluation, Location, Person, Programme, Release, Visit, VisitState

RETURN_HOURS = (12, 24, 48, 72, 168)
"""The deadlines for returned work that an editor can choose from."""
LONGEST_REPORT_HOURS = 14 * 24
LONGEST_LOCKOUT = 730
LONGEST_VISIT = 480
LANGUAGES = frozenset(get_args(Language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that can be settled of a programme."""

    name: str
    release: Release = Release.AT_APPROVAL
    report_language: str | None = None
    target: Decimal | None = None
    shows_targets: bool = True
    report_hours: int = 24
    return_hours: int = 24
    lockout_days: int = 90
    capture: Capture = Capture.OPEN
    longest_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """A shopper who comes back to a location sooner than the programme wants."""

    location: str
    before: date
    """The other visit's day in the calendar of the place."""
    days: int
    """How many days there are to be between."""


def change_programme(
    session: Session, programme: Programme, settings: Settings, *, by: Person, at: datetime
) -> None:
    """Settle the programme anew; what is approved, returned or assigned from now on follows it."""
    _refuse_unfit(settings)
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    after = values | {
        "name": named(settings.name),
        "target": None if settings.target is None else as_text(settings.target),
    }
    before = {name: getattr(programme, name) for name in after}
    with unique(session, "programme_name_taken", field="name", name=after["name"]):
        for name, value in after.items():
            setattr(programme, name, value)
    record_changes(session, "programme.changed", programme, before, after, by=by, at=at)


def too_soon(session: Session, visits: Sequence[Visit]) -> list[Return]:
    """Which of these visits bring their shopper back to a location within the programme's lock-out.

    All are visits of one programme. A visit that was made counts by its day, any other by its window.
    """
    days = visits[0].wave.programme.lockout_days if visits else 0
    if not days:
        return []
    stays = _stays(session, visits)
    found = []
    for visit in visits:
        others = [stay for stay in stays[visit.shopper_id, visit.location_id] if stay.visit_id != visit.id]
        near = [stay.last for stay in others if stay.is_near(visit, timedelta(days=days))]
        if near:
            found.append(Return(visit.location.name, max(near), days))
    return found


@dataclass(frozen=True, slots=True)
class _Stay:
    """When a shopper was or will be at a location."""

    visit_id: UUID
    first: date
    last: date

    def is_near(self, visit: Visit, apart: timedelta) -> bool:
        return self.last > visit.window_from - apart and self.first < visit.window_to + apart


def _stays(session: Session, visits: Sequence[Visit]) -> dict[tuple[UUID | None, UUID], list[_Stay]]:
    """The visits of the same shoppers at the same locations, these and all others that stand."""
    query = (
        select(Visit, Evaluation.visited_at, Location.time_zone)
        .join(Visit.location)
        .outerjoin(Visit.evaluation)
        .where(
            Visit.shopper_id.in_({visit.shopper_id for visit in visits}),
            Visit.location_id.in_({visit.location_id for visit in visits}),
            Visit.state != VisitState.CANCELLED,
        )
    )
    found: dict[tuple[UUID | None, UUID], list[_Stay]] = defaultdict(list)
    for other, visited_at, zone in session.execute(query):
        day = local_day(visited_at, zone) if visited_at else None
        stay = _Stay(other.id, day or other.window_from, day or other.window_to)
        found[other.shopper_id, other.location_id].append(stay)
    return found


def _refuse_unfit(settings: Settings) -> None:
    if settings.report_language is not None and settings.report_language not in LANGUAGES:
        raise Invalid("report_language_unknown", field="report_language")
    if settings.target is not None and not 0 <= settings.target <= 100:
        raise Invalid("target_out_of_range", field="target")
    if not 0 <= settings.report_hours <= LONGEST_REPORT_HOURS:
        raise Invalid("report_hours_out_of_range", field="report_hours", longest=LONGEST_REPORT_HOURS)
    if settings.return_hours not in RETURN_HOURS:
        raise Invalid("return_hours_unknown", field="return_hours")
    if not 0 <= settings.lockout_days <= LONGEST_LOCKOUT:
        raise Invalid("lockout_out_of_range", field="lockout_days", longest=LONGEST_LOCKOUT)
    if settings.longest_minutes is not None and not 1 <= settings.longest_minutes <= LONGEST_VISIT:
        raise Invalid("longest_minutes_out_of_range", field="longest_minutes", longest=LONGEST_VISIT)
