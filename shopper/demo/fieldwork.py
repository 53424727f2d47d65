"""Two waves of the demo: one released, one in the middle of its work, a visit in every main state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.fieldwork import assigning, planning
from evaluations.fieldwork.planning import Window
from evaluations.models import Evaluation, Location, Person, Programme, Version, Visit, Wave
from evaluations.reviewing import decisions
from shopper.demo import answering
from shopper.demo.people import Team
from shopper.demo.phone import Phone, Take
from shopper.demo.places import Shop

Places = Sequence[tuple[Location, Shop]]
BEFORE = "Spring wave"
NOW = "Autumn wave"
BLOCKED_EXIT = "C02"
REMARKS = {
    "en": {
        "staff_story": "Please say what the employee answered when you asked about washing.",
        "signage_photo": "The sign is cut off; do you have a photo with the whole front?",
    },
    "es": {
        "staff_story": "Indique, por favor, qué respondieron cuando preguntó por el lavado.",
        "signage_photo": "El rótulo está cortado; ¿tiene una foto con toda la fachada?",
    },
}
NOTES = {"en": "Almost there; two small things.", "es": "Ya casi está; faltan dos detalles."}


@dataclass(frozen=True, slots=True)
class Stage:
    """What every act of the demo needs."""

    session: Session
    team: Team
    version: Version
    document: Document
    take: Take
    random: Random
    at: datetime


def play(
    session: Session,
    team: Team,
    programme: Programme,
    version: Version,
    shops: Places,
    take: Take,
    at: datetime,
) -> None:
    """Play both waves up to the moment `at`."""
    stage = Stage(session, team, version, canonical.read(version.document), take, Random(20261), at)  # noqa: S311
    before = _wave(stage, programme, BEFORE, shops, at - timedelta(days=150), 28)
    for number, visit in enumerate(_visits(session, before, shops)):
        _released(stage, visit, shops[number][1], before_days=145 - 2 * number, better=0.0)
    present = _wave(stage, programme, NOW, shops, at - timedelta(days=18), 32)
    visits = _visits(session, present, shops)
    for number in range(8):
        _released(stage, visits[number], shops[number][1], before_days=17 - 2 * number, better=0.04)
    _unfinished(stage, visits[8:], shops[8:])
    extra = planning.plan_visits(
        session,
        present,
        [shops[0][0], shops[5][0], shops[7][0]],
        by=team.scheduler,
        at=at - timedelta(days=6),
    )
    session.flush()
    assigning.assign(session, extra[0], team.shoppers[0], by=team.scheduler, at=at - timedelta(days=5))
    planning.cancel_visit(
        session,
        extra[2],
        reason="The shop closes for building work.",
        by=team.scheduler,
        at=at - timedelta(days=2),
    )


def _wave(stage: Stage, programme: Programme, name: str, shops: Places, first: datetime, days: int) -> Wave:
    return planning.plan_wave(
        stage.session,
        programme,
        stage.version,
        name=name,
        dates=Window(first.date(), (first + timedelta(days=days)).date()),
        locations=[location for location, _shop in shops],
        by=stage.team.scheduler,
        at=first - timedelta(days=10),
    )


def _visits(session: Session, wave: Wave, shops: Places) -> list[Visit]:
    session.flush()
    by_location = {
        visit.location_id: visit for visit in session.query(Visit).filter(Visit.wave_id == wave.id)
    }
    return [by_location[location.id] for location, _shop in shops]


def _made(stage: Stage, visit: Visit, shop: Shop, shopper: Person, at: datetime, better: float) -> Phone:
    """The visit, assigned and made by `shopper` at `at`, not yet handed in."""
    evaluation = assigning.assign(
        stage.session, visit, shopper, by=stage.team.scheduler, at=at - timedelta(days=4)
    )
    stage.session.flush()
    phone = Phone(stage.session, evaluation, shopper, stage.take, stage.random)
    found = answering.answers(
        stage.document,
        shop.quality + better,
        shopper.language,
        stage.random,
        exit_blocked=shop.code == BLOCKED_EXIT and better > 0,
    )
    phone.make_visit(found, at, minutes=stage.random.randint(18, 34))
    return phone


def _released(stage: Stage, visit: Visit, shop: Shop, *, before_days: int, better: float) -> None:
    """A visit that was made, handed in the same evening and approved the day after."""
    at = _opening_hours(stage, before_days)
    shopper = stage.random.choice(stage.team.shoppers)
    _made(stage, visit, shop, shopper, at, better).hand_in(at + timedelta(hours=3))
    _claimed(stage, visit, at + timedelta(hours=20))
    decisions.approve(stage.session, _of(visit), by=stage.team.editor, at=at + timedelta(hours=21))


def _unfinished(stage: Stage, visits: Sequence[Visit], shops: Places) -> None:
    """Four visits on their way: waiting, claimed, returned and under way."""
    first, second = stage.team.shoppers[:2]
    waiting, claimed, returned, begun = visits[:4]
    for visit, shop, shopper, hours in (
        (waiting, shops[0][1], second, 30),
        (claimed, shops[1][1], second, 52),
    ):
        at = stage.at - timedelta(hours=hours)
        _made(stage, visit, shop, shopper, at, 0.0).hand_in(at + timedelta(hours=2))
    _claimed(stage, claimed, stage.at - timedelta(hours=3))
    at = stage.at - timedelta(hours=40)
    _made(stage, returned, shops[2][1], first, at, 0.0).hand_in(at + timedelta(hours=4))
    _claimed(stage, returned, at + timedelta(hours=20))
    decisions.send_back(
        stage.session,
        _of(returned),
        REMARKS[first.language],
        note=NOTES[first.language],
        by=stage.team.editor,
        at=stage.at - timedelta(hours=6),
    )
    evaluation = assigning.assign(
        stage.session, begun, first, by=stage.team.scheduler, at=stage.at - timedelta(days=3)
    )
    stage.session.flush()
    found = answering.answers(stage.document, shops[3][1].quality, first.language, stage.random)
    phone = Phone(stage.session, evaluation, first, stage.take, stage.random)
    phone.make_visit(found[:14], stage.at - timedelta(minutes=40), minutes=15, whole=False)


def _claimed(stage: Stage, visit: Visit, at: datetime) -> None:
    decisions.claim(stage.session, _of(visit), by=stage.team.editor, at=at)


def _of(visit: Visit) -> Evaluation:
    if visit.evaluation is None:
        raise LookupError(f"the visit {visit.id} is assigned to nobody")
    return visit.evaluation


def _opening_hours(stage: Stage, before_days: int) -> datetime:
    """A moment between 9 and 17 in UTC, so many days ago."""
    day = (stage.at - timedelta(days=before_days)).replace(minute=0, second=0, microsecond=0)
    return day.replace(hour=stage.random.randint(9, 16), minute=stage.random.randint(0, 59))
