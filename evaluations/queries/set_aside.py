"""Background work as the agency sees it: what waits, and what was set aside after its last attempt, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from evaluations.models import (
    Evaluation,
    Export,
    ExportKind,
    ExportState,
    Location,
    Mail,
    MailState,
    Person,
    Report,
    ReportState,
    Scorecard,
    Visit,
    Wave,
)
from evaluations.models.mails import PLACE_OF_THE_LINK

MOST = 50
"""How many of each kind are listed, the newest first."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Work that was given up: what it is about, whom or what it is for, and why."""

    work_id: UUID
    about: str
    whose: str
    error: str
    attempts: int
    finished_at: datetime | None
    kind: ExportKind | None = None
    can_be_tried: bool = True
    """False of a mail whose link was erased when it was given up: only a new one can take its place."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How much waits, and what was set aside."""

    waiting: Mapping[str, int]
    reports: tuple[SetAside, ...]
    exports: tuple[SetAside, ...]
    mails: tuple[SetAside, ...]

    @property
    def is_clear(self) -> bool:
        """Whether nothing was set aside."""
        return not (self.reports or self.exports or self.mails)


def standing(session: Session) -> Standing:
    """All of it, for whoever may see all of the agency's work."""
    waiting = {
        "reports": _count(session, Report, Report.state.in_((ReportState.OWED, ReportState.RENDERING))),
        "exports": _count(session, Export, Export.state.in_((ExportState.OWED, ExportState.MAKING))),
        "mails": _count(session, Mail, Mail.state.in_((MailState.OWED, MailState.SENDING))),
    }
    return Standing(waiting, _reports(session), _exports(session), _mails(session))


def _count(session: Session, model: type[Any], condition: Any) -> int:
    return session.scalar(select(func.count()).select_from(model).where(condition)) or 0


def _reports(session: Session) -> tuple[SetAside, ...]:
    query = (
        select(Report, Location.name, Wave.name)
        .join(Scorecard, Report.scorecard_id == Scorecard.id)
        .join(Evaluation, Scorecard.evaluation_id == Evaluation.id)
        .join(Visit, Evaluation.visit_id == Visit.id)
        .join(Location, Visit.location_id == Location.id)
        .join(Wave, Visit.wave_id == Wave.id)
        .where(Report.state == ReportState.FAILED)
    )
    return tuple(_aside(row[0], row[1], row[2]) for row in session.execute(_newest(query, Report)))


def _exports(session: Session) -> tuple[SetAside, ...]:
    query = select(Export, Person.name).join(Person, Export.asked_by_id == Person.id)
    failed = query.where(Export.state == ExportState.FAILED)
    return tuple(
        _aside(row[0], row[0].file_name, row[1], kind=row[0].kind)
        for row in session.execute(_newest(failed, Export))
    )


def _mails(session: Session) -> tuple[SetAside, ...]:
    failed = select(Mail).where(Mail.state == MailState.FAILED)
    return tuple(
        _aside(mail, mail.subject, mail.recipient, can_be_tried=PLACE_OF_THE_LINK not in mail.text)
        for mail in session.scalars(_newest(failed, Mail))
    )


def _newest(query: Select[*tuple[Any, ...]], model: type[Any]) -> Select[*tuple[Any, ...]]:
    return query.order_by(model.finished_at.desc(), model.id.desc()).limit(MOST)


def _aside(work: Report | Export | Mail, about: str, whose: str, **more: Any) -> SetAside:
    return SetAside(work.id, about, whose, work.error, work.attempts, work.finished_at, **more)
