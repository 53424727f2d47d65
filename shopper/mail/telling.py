"""Mail to the client's people about results: one mail for all that is new to a person, each result in it once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from jinja2 import Environment
from sqlalchemy import Engine, Row, Select, select, update
from sqlalchemy.orm import Session

from evaluations import mailing
from evaluations.clock import local_day
from evaluations.database import writing
from evaluations.models import Evaluation, Location, Notice, NoticeKind, Person, Programme, Scorecard, Wave
from evaluations.queries import portal
from evaluations.reporting import visit_report
from shopper import filters
from shopper.language import gettext, ngettext, speaking
from shopper.templating import speaking_environment

MOST_LISTED = 30
"""A mail names no more results than these; of the others it says how many there are."""
AT_ONCE = 500
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Told:
    """A result as a mail names it."""

    evaluation_id: UUID
    location: str
    programme: str
    wave: str
    day: date
    edition: int
    questions: tuple[str, ...] = ()
    """The critical questions that failed, where the mail is about those."""


def tell_next(engine: Engine, *, address: str, at: datetime) -> bool:
    """Write what one person is to be told, and note that it is written; False when there is nobody to tell."""
    with Session(engine) as session:
        if session.scalar(_unsettled().limit(1)) is None:
            return False
    with Session(writing(engine)) as session, session.begin():
        person_id = session.scalar(_unsettled().limit(1))
        person = None if person_id is None else _alone(session, person_id)
        if person is None:  # another worker writes to them right now
            return False
        for kind in NoticeKind:
            _tell(session, person, kind, address=address, at=at)
    return True


def _unsettled() -> Select[UUID]:
    return select(Notice.person_id).where(Notice.settled_at.is_(None)).order_by(Notice.owed_at, Notice.id)


def _alone(session: Session, person_id: UUID) -> Person | None:
    """The person, whom no other worker writes to as long as this transaction lasts."""
    one = select(Person).where(Person.id == person_id)
    return session.scalars(one.with_for_update(skip_locked=True)).one_or_none()


def _tell(session: Session, person: Person, kind: NoticeKind, *, address: str, at: datetime) -> None:
    mine = (Notice.person_id == person.id, Notice.kind == kind, Notice.settled_at.is_(None))
    noticed = session.execute(select(Notice.id, Notice.scorecard_id).where(*mine)).all()
    is_wanted = person.is_active and kind not in person.unwanted
    told = _told(session, person, kind, [row.scorecard_id for row in noticed]) if is_wanted else []
    mail_id = None
    if told:
        subject, text = write(person, kind, told, address)
        mail_id = mailing.owe(session, person, subject=subject, text=text, link=None, at=at).id
    for start in range(0, len(noticed), AT_ONCE):
        ids = [row.id for row in noticed[start : start + AT_ONCE]]
        settled = update(Notice).where(Notice.id.in_(ids))
        session.execute(settled.values(settled_at=at, mail_id=mail_id))


def _told(session: Session, person: Person, kind: NoticeKind, cards: Sequence[UUID]) -> list[Told]:
    """The results among `cards` that the person may see now and that no newer edition has taken the place of."""
    visited_at = portal.VISITED
    query = portal.results(
        person,
        Scorecard.id,
        Evaluation.id,
        Location.name,
        Programme.name,
        Wave.name,
        visited_at,
        Location.time_zone,
        Scorecard.edition,
    ).order_by(Location.name, visited_at, Evaluation.id)
    found: list[Row[*tuple[Any, ...]]] = []
    for start in range(0, len(cards), AT_ONCE):
        found += session.execute(query.where(Scorecard.id.in_(cards[start : start + AT_ONCE]))).all()
    told = []
    with speaking(person.language):
        for card, evaluation, location, programme, wave, moment, zone, edition in found:
            questions = _failed(session, card) if kind is NoticeKind.CRITICAL else ()
            if kind is NoticeKind.CRITICAL and not questions:
                continue
            day = local_day(moment, zone)
            told.append(Told(evaluation, location, programme, wave, day, edition, questions))
    return told


def _failed(session: Session, scorecard_id: UUID) -> tuple[str, ...]:
    """The critical questions that failed, as the report has them: without what is kept from the client."""
    report = visit_report.load(session, session.get_one(Scorecard, scorecard_id))
    fired = {critical.question for critical in report.card.criticals}
    asked = (question for question in report.document.questions() if question.key in fired)
    return tuple(filters.wording(question.text, report.document) for question in asked)


def write(person: Person, kind: NoticeKind, told: Sequence[Told], address: str) -> tuple[str, str]:
    """The subject and the text of a mail to `person`, in their language."""
    with speaking(person.language):
        text = (
            _environment()
            .get_template(f"mail/{kind.value}.txt")
            .render(
                person=person,
                told=told[:MOST_LISTED],
                more=max(0, len(told) - MOST_LISTED),
                many=len(told),
                of_one=lambda one: f"{address}/portal/visits/{one.evaluation_id}",
                of_all=f"{address}/portal/visits",
                of_switch=f"{address}/account/#mail",
            )
        )
        return _subject(kind, told)[:LONGEST_SUBJECT], text.strip() + "\n"


def _subject(kind: NoticeKind, told: Sequence[Told]) -> str:
    names = {one.location for one in told}
    if len(names) == 1:
        [place] = names
        if kind is NoticeKind.CRITICAL:
            return gettext("A critical question failed at %(place)s", place=place)
        return gettext("Your scorecard is ready: %(place)s", place=place)
    if kind is NoticeKind.CRITICAL:
        return ngettext(
            "A critical question failed at %(n)s location",
            "Critical questions failed at %(n)s locations",
            len(names),
        )
    return ngettext("%(n)s scorecard is ready", "%(n)s scorecards are ready", len(told))


@cache
def _environment() -> Environment:
    environment = speaking_environment()
    environment.filters["day"] = filters.day
    return environment
