"""The acts of the demo's people around one visit, from giving it to a shopper to releasing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from evaluations.document.answers import answered
from evaluations.document.tree import Document
from evaluations.fieldwork import assigning
from evaluations.models import Evaluation, Outcome, Person, Visit
from evaluations.reviewing import decisions
from shopper.demo import answering, telling
from shopper.demo.answering import Found, Occasion
from shopper.demo.camera import FRONT, Camera
from shopper.demo.people import Team
from shopper.demo.phone import Phone
from shopper.demo.places import ZONE, Brand, Shop
from shopper.demo.words import Dealer

OPENS, CLOSES = 10, 19
SUNDAY = 6
STORY = {"marisol": "staff_story", "miranda": "eye_story"}
REMARK = {
    "en": "How long did it take, and where in the shop? Please add it.",
    "es": "¿Cuánto duró y en qué parte de la tienda fue? Añádalo, por favor.",
}
MENDED = {
    "en": "All of this took place at the counter near the {place} and lasted about {minutes} minutes.",
    "es": "Todo esto ocurrió en el mostrador junto a {place} y duró unos {minutes} minutos.",
}
PLACES = {
    "en": ("entrance", "stairs", "window", "back wall"),
    "es": ("la entrada", "la escalera", "el escaparate", "la pared del fondo"),
}
CUT_OFF = {
    "en": "The sign is cut off at the right. Do you have a photo with the whole front?",
    "es": "El rótulo está cortado por la derecha. ¿Tiene una foto con toda la fachada?",
}
NOTES = {"en": "Nearly there; one small thing.", "es": "Ya casi está; falta un detalle."}
CLOSED = {
    "en": "The shutter was down at {clock}. A note on the door said that the shop was closed for stocktaking today.",
    "es": "La persiana estaba bajada a las {clock}. Un papel en la puerta decía que hoy cerraban por inventario.",
}
RECOGNISED = {
    "en": "An employee asked me at the door whether I was “the one from the agency”, so I left.",
    "es": "En la puerta me preguntaron si era «la persona de la agencia», así que me marché.",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """What every act of the demo needs."""

    session: Session
    team: Team
    brand: Brand
    document: Document
    camera: Camera
    dealer: Dealer
    at: datetime


@dataclass(slots=True)
class Shopping:
    """One visit with whoever makes it, and when; what is drawn by lot depends on these alone."""

    stage: Stage
    visit: Visit
    shop: Shop
    shopper: Person
    wave: int
    at: datetime
    number: int = 1
    exit_blocked: bool = False
    phone: Phone | None = None
    found: list[Found] | None = None
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(f"{self.shop.code} {self.wave} {self.number}")  # noqa: S311 - a demo

    def assign(self, *, days_before: float = 4) -> Evaluation:
        """The scheduler gives the visit to its shopper."""
        team, at = self.stage.team, self.at - timedelta(days=days_before)
        evaluation = assigning.assign(self.stage.session, self.visit, self.shopper, by=team.scheduler, at=at)
        self.stage.session.flush()
        return evaluation

    def make(self, *, first: int | None = None) -> None:
        """The shopper makes the visit; with `first`, only so many questions of it have arrived."""
        found = self._observe()
        phone = self._phone()
        minutes = self.random.randint(18, 34)
        if first is None:
            phone.make_visit(found, self.at, minutes=minutes)
        else:
            phone.make_visit(found[:first], self.at, minutes=minutes * first // len(found), whole=False)

    def hand_in(self, *, hours: float = 3) -> None:
        """The shopper hands in, so many hours after arriving."""
        self._open_phone.hand_in(self.at + timedelta(hours=hours))

    def stand_before(self, outcome: Outcome) -> None:
        """The shopper finds the shop closed, or is found out, and hands that in."""
        told = (CLOSED if outcome is Outcome.CLOSED_STORE else RECOGNISED)[self.shopper.language]
        clock = self.at.astimezone(ZoneInfo(ZONE)).strftime("%H:%M")
        phone = self._phone()
        scene = FRONT if outcome is Outcome.CLOSED_STORE else None
        phone.stand_before(outcome, told.format(clock=clock), self.at, scene=scene)
        phone.hand_in(self.at + timedelta(minutes=20))

    def claim(self, *, hours: float = 20, by: Person | None = None) -> None:
        """An editor takes the evaluation, so many hours after the visit."""
        at = self.at + timedelta(hours=hours)
        decisions.claim(self.stage.session, self.evaluation, by=by or self.editor, at=at)

    def send_back(self, *, hours: float = 21, and_photo: bool = False) -> None:
        """The editor wants something added."""
        language = self.shopper.language
        remarks = {STORY[self.stage.brand.key]: REMARK[language]}
        if and_photo:
            remarks["signage_photo"] = CUT_OFF[language]
        decisions.send_back(
            self.stage.session,
            self.evaluation,
            remarks,
            note=NOTES[language],
            by=self.editor,
            at=self.at + timedelta(hours=hours),
        )

    def mend(self, *, hours: float = 26) -> None:
        """The shopper adds it and hands in again."""
        at, language = self.at + timedelta(hours=hours), self.shopper.language
        story = next(one for one in self._observed if one.question.key == STORY[self.stage.brand.key])
        place = self.stage.dealer.deal(PLACES[language], self.random)
        more = MENDED[language].format(place=place, minutes=self.random.randint(5, 12))
        told = "" if story.answer is None else str(story.answer.value)
        self._open_phone.mend([Found(story.question, answered(f"{told} {more}"))], at)
        self._open_phone.hand_in(at + timedelta(minutes=10))

    def answer_later(self, found: Found, at: datetime) -> None:
        """The shopper answers what was asked days after the visit, and hands it in."""
        self._open_phone.mend([found], at)
        self._open_phone.hand_in(at + timedelta(minutes=2), part=found.question.key)

    def approve(self, *, hours: float = 21) -> None:
        """The editor approves, which releases it."""
        at = self.at + timedelta(hours=hours)
        decisions.approve(self.stage.session, self.evaluation, by=self.editor, at=at)

    def exclude(self, reason: str, *, hours: float = 21) -> None:
        """The editor leaves it out."""
        at = self.at + timedelta(hours=hours)
        decisions.exclude(self.stage.session, self.evaluation, reason, by=self.editor, at=at)

    @property
    def evaluation(self) -> Evaluation:
        """What is filled in on this visit."""
        if self.visit.evaluation is None:
            raise LookupError(f"the visit {self.visit.id} is assigned to nobody")
        return self.visit.evaluation

    @property
    def editor(self) -> Person:
        """Who checks it."""
        editors = self.stage.team.editors
        return editors[len(self.shop.name) % len(editors)]

    @property
    def _observed(self) -> list[Found]:
        return self.found or []

    @property
    def _open_phone(self) -> Phone:
        return self.phone or self._phone()

    def _observe(self) -> list[Found]:
        stage, local = self.stage, self.at.astimezone(ZoneInfo(ZONE))
        teller = telling.teller(stage.brand.key, self.shopper.language, local, self.random, stage.dealer)
        occasion = Occasion(self.shop, self.wave, local.hour, self.random, self.exit_blocked)
        self.found = answering.answers(stage.document, occasion, teller)
        return self.found

    def _phone(self) -> Phone:
        take = partial(self.stage.camera.take, self.stage.brand, self.shop)
        self.phone = Phone(self.stage.session, self.evaluation, self.shopper, take, self.random)
        return self.phone


def in_opening_hours(day: datetime, random: Random) -> datetime:
    """A moment of that day, or of the day before where it is a Sunday, while shops are open."""
    local = day.astimezone(ZoneInfo(ZONE))
    if local.weekday() == SUNDAY:
        local -= timedelta(days=1)
    hour, minute = random.randint(OPENS, CLOSES), random.randint(0, 59)
    local = local.replace(hour=hour, minute=minute, second=random.randint(0, 59), microsecond=0)
    return local.astimezone(day.tzinfo)
