"""Programmes, their waves, and the visits that a wave plans: made, changed and cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Conflict, Invalid, NotFound, WrongState
from evaluations.fieldwork.entering import named, record_changes, short, unique
from evaluations.models import (
    Capture,
    Client,
    Evaluation,
    EvaluationState,
    Location,
    Person,
    Programme,
    Version,
    Visit,
    VisitState,
    Wave,
)

LONGEST_NOTE = 2000
LONGEST_REASON = 500
LONGEST_WAVE = timedelta(days=2 * 366)
"""Longer than this is a slip of the pen in the year."""
OPEN_STATES = frozenset({VisitState.PLANNED, VisitState.ASSIGNED, VisitState.UNDER_WAY})


@dataclass(frozen=True, slots=True)
class Window:
    """From its first to its last day, both included, in the calendar of the place."""

    first: date
    last: date

    def __contains__(self, other: Window) -> bool:
        return self.first <= other.first and other.last <= self.last


def add_programme(session: Session, client: Client, *, name: str, by: Person, at: datetime) -> Programme:
    """A new standing commission of `client`."""
    programme = Programme(client_id=client.id, name=named(name, field="programme_name"), created_at=at)
    with unique(session, "programme_name_taken", field="programme_name", name=programme.name):
        session.add(programme)
    audit.record(session, "programme.added", programme, by=by, at=at, name=programme.name)
    return programme


def plan_wave(
    session: Session,
    programme: Programme,
    version: Version,
    *,
    name: str,
    dates: Window,
    locations: Iterable[Location],
    by: Person,
    at: datetime,
) -> Wave:
    """A round of fieldwork on a published `version`, with one visit planned at each of `locations`."""
    session.refresh(version, with_for_update={"of": Version})  # so that nobody withdraws it meanwhile
    if version.is_draft:
        raise Invalid("version_is_draft", field="version")
    if version.withdrawal is not None:
        raise Invalid("version_withdrawn", field="version", number=version.number)
    _refuse_unfit(dates)
    wave = Wave(
        programme_id=programme.id,
        version_id=version.id,
        name=named(name),
        starts_on=dates.first,
        ends_on=dates.last,
        capture=programme.capture,
        created_at=at,
    )
    with unique(session, "wave_name_taken", field="name", name=wave.name):
        session.add(wave)
    audit.record(session, "wave.planned", wave, by=by, at=at, version_id=version.id, name=wave.name)
    plan_visits(session, wave, locations, by=by, at=at)
    return wave


def plan_visits(
    session: Session,
    wave: Wave,
    locations: Iterable[Location],
    *,
    window: Window | None = None,
    note: str = "",
    by: Person,
    at: datetime,
) -> list[Visit]:
    """One more visit in `wave` at each of `locations`, within the wave's dates or a narrower window."""
    chosen = list(dict.fromkeys(locations))
    if not chosen:
        raise Invalid("no_locations", field="locations")
    for location in chosen:
        if location.client_id != wave.programme.client_id:
            raise NotFound()
        if not location.is_active:
            raise Invalid("location_inactive", field="locations", name=location.name)
    window = _within(wave, window or Window(wave.starts_on, wave.ends_on))
    note = short(note, field="note", longest=LONGEST_NOTE)
    visits = [
        Visit(
            wave=wave,
            location=location,
            state=VisitState.PLANNED,
            window_from=window.first,
            window_to=window.last,
            note=note,
            created_at=at,
        )
        for location in chosen
    ]
    session.add_all(visits)
    audit.record_each(
        session, "visit.planned", visits, by=by, at=at, window_from=window.first, window_to=window.last
    )
    return visits


def change_wave(
    session: Session,
    wave: Wave,
    *,
    name: str,
    dates: Window,
    capture: Capture | None = None,
    by: Person,
    at: datetime,
) -> None:
    """Give `wave` another name, other dates or another way to capture.

    Open visits that had the whole wave for a window follow it.
    """
    _refuse_unfit(dates)
    visits = session.scalars(
        select(Visit).where(Visit.wave_id == wave.id, Visit.state.in_(OPEN_STATES)).with_for_update()
    ).all()
    whole = Window(wave.starts_on, wave.ends_on)
    following = [visit for visit in visits if _window(visit) == whole]
    left_outside = [visit for visit in visits if _window(visit) != whole and _window(visit) not in dates]
    if left_outside:
        raise Invalid("visits_outside_wave", field="ends_on", visits=len(left_outside))
    after = {
        "name": named(name),
        "starts_on": dates.first,
        "ends_on": dates.last,
        "capture": capture or wave.capture,
    }
    before = {field: getattr(wave, field) for field in after}
    with unique(session, "wave_name_taken", field="name", name=after["name"]):
        for field, value in after.items():
            setattr(wave, field, value)
    record_changes(session, "wave.changed", wave, before, after, by=by, at=at)
    if dates != whole:
        _follow(session, following, whole, dates, by=by, at=at)


def _follow(
    session: Session, visits: list[Visit], whole: Window, dates: Window, *, by: Person, at: datetime
) -> None:
    """Visits that had the whole wave for a window get its new dates."""
    for visit in visits:
        visit.window_from, visit.window_to = dates.first, dates.last
    audit.record_each(
        session,
        "visit.changed",
        visits,
        by=by,
        at=at,
        before={"window_from": whole.first, "window_to": whole.last},
        after={"window_from": dates.first, "window_to": dates.last},
    )


def change_visit(
    session: Session, visit: Visit, *, window: Window, note: str, by: Person, at: datetime
) -> None:
    """Give `visit` another window within its wave, or another note to the shopper."""
    session.refresh(visit, with_for_update={"of": Visit})
    if visit.state not in OPEN_STATES:
        raise Conflict("visit_is_over")
    window = _within(visit.wave, window)
    before = {"window_from": visit.window_from, "window_to": visit.window_to, "note": visit.note}
    after = {
        "window_from": window.first,
        "window_to": window.last,
        "note": short(note, field="note", longest=LONGEST_NOTE),
    }
    for field, value in after.items():
        setattr(visit, field, value)
    record_changes(session, "visit.changed", visit, before, after, by=by, at=at)


def cancel_visit(session: Session, visit: Visit, *, reason: str, by: Person, at: datetime) -> None:
    """Call `visit` off; what its shopper has found so far is kept as abandoned."""
    reason = short(reason, field="reason", longest=LONGEST_REASON)
    if not reason:
        raise Invalid("needed", field="reason")
    evaluation = session.scalars(
        select(Evaluation).where(Evaluation.visit_id == visit.id).with_for_update()
    ).one_or_none()
    session.refresh(visit, with_for_update={"of": Visit})
    if VisitState.CANCELLED not in visit.state.next:
        raise WrongState(being=visit.state, wanted=VisitState.CANCELLED)
    if evaluation is not None:
        if EvaluationState.ABANDONED not in evaluation.state.next:
            raise WrongState(being=evaluation.state, wanted=EvaluationState.ABANDONED)
        evaluation.state = EvaluationState.ABANDONED
        audit.record(session, "evaluation.abandoned", evaluation, by=by, at=at, reason=reason)
    was, visit.state = visit.state, VisitState.CANCELLED
    audit.record(session, "visit.cancelled", visit, by=by, at=at, being=was, reason=reason)


def _window(visit: Visit) -> Window:
    return Window(visit.window_from, visit.window_to)


def _within(wave: Wave, window: Window) -> Window:
    _refuse_backwards(window, field="window_to")
    if window not in Window(wave.starts_on, wave.ends_on):
        raise Invalid(
            "window_outside_wave",
            field="window_from" if window.first < wave.starts_on else "window_to",
            starts_on=wave.starts_on,
            ends_on=wave.ends_on,
        )
    return window


def _refuse_unfit(dates: Window) -> None:
    """Refuse dates that no wave has: the last before the first, or years after it."""
    _refuse_backwards(dates, field="ends_on")
    if dates.last - dates.first > LONGEST_WAVE:
        raise Invalid("wave_too_long", field="ends_on")


def _refuse_backwards(window: Window, *, field: str) -> None:
    if window.last < window.first:
        raise Invalid("ends_before_start", field=field)
