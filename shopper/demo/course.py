"""The course of the demo's three waves: which visit is how far at the moment at which the demo is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from evaluations.fieldwork import planning
from evaluations.fieldwork.planning import Window
from evaluations.models import Outcome, Programme, Release, Version, Visit, Wave
from evaluations.reviewing import releasing
from shopper.demo import later
from shopper.demo.fieldwork import Shopping, Stage, in_opening_hours
from shopper.demo.places import Places

MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "es": (
        "Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio",
        "Julio", "Agosto", "Septiembre", "Octubre", "Noviembre", "Diciembre",
    ),
}  # fmt: skip
WAVES = ((268, 30), (142, 30), (21, 36))
"""How many days ago each began, and for how many days it runs; the last is not over yet."""
LAST = len(WAVES) - 1
AGAIN: Mapping[int, tuple[str, ...]] = {
    0: ("N07", "C02", "C05", "M02", "M06", "M10"),
    1: ("N07", "C06", "C04", "M02", "M05", "M10"),
    2: ("N03", "M01", "M08"),
}
"""The shops that were visited twice in a wave."""
BLOCKED_EXITS = {(0, "M06", 1), (2, "C02", 1)}
CLOSED = {(1, "M07", 1)}
SENT_BACK_ONCE = {(0, "N04", 1), (0, "OM2", 1), (1, "C05", 1), (1, "M09", 1), (1, "OA1", 1), (2, "C01", 1)}
EXCLUDED = (0, "C03", 1)
WRONG_BRANCH = "The receipt and the place of check-in belong to another branch."
UNFINISHED: Mapping[str, str] = {
    "N07": "waiting", "M06": "waiting", "OA3": "waiting", "C04": "claimed", "M10": "claimed", "C06": "returned",
    "M02": "second_round", "N04": "silent", "C03": "begun", "M07": "assigned", "OM3": "overdue", "N05": "closed",
    "M05": "planned",
}  # fmt: skip
"""What has not been released in the last wave, and how far it is."""


@dataclass(slots=True)
class Course:
    """One brand's waves, as they are played."""

    stage: Stage
    programme: Programme
    version: Version
    places: Places
    language: str

    def play(self) -> None:
        """Play all waves up to the present moment."""
        stage = self.stage
        for number, (ago, days) in enumerate(WAVES):
            first = stage.at - timedelta(days=ago)
            wave = self._planned(first, days)
            visits = self._visits(wave)
            for place, (location, shop) in enumerate(self.places):
                act = UNFINISHED.get(shop.code, "") if number == LAST else ""
                self._played(self._shopping(visits[location.id], number, place), act)
            for visit, place in self._more(wave, AGAIN[number], first):
                self._played(self._shopping(visit, number, place, again=True), "")
            if stage.brand.key == "marisol":
                self._besides(wave, number, first)
            if self.programme.release is Release.WITH_WAVE and number < LAST:
                at, by = first + timedelta(days=days + 3), stage.team.scheduler
                stage.session.flush()
                releasing.release_wave(stage.session, wave, seen_open=0, by=by, at=at)

    def _planned(self, first: datetime, days: int) -> Wave:
        stage = self.stage
        name = f"{MONTHS[self.language][first.month - 1]} {first.year}"
        wave = planning.plan_wave(
            stage.session,
            self.programme,
            self.version,
            name=name,
            dates=Window(first.date(), (first + timedelta(days=days)).date()),
            locations=[location for location, _shop in self.places],
            by=stage.team.scheduler,
            at=first - timedelta(days=10),
        )
        stage.session.flush()
        return wave

    def _visits(self, wave: Wave) -> dict[object, Visit]:
        query = self.stage.session.query(Visit).filter(Visit.wave_id == wave.id)
        return {visit.location_id: visit for visit in query}

    def _more(self, wave: Wave, codes: tuple[str, ...], at: datetime) -> list[tuple[Visit, int]]:
        """A further visit at each of these shops, with the shop's place in the brand's list."""
        chosen = [place for place, (_location, shop) in enumerate(self.places) if shop.code in codes]
        if not chosen:
            return []
        locations = [self.places[place][0] for place in chosen]
        by, session = self.stage.team.scheduler, self.stage.session
        visits = planning.plan_visits(session, wave, locations, by=by, at=at)
        session.flush()
        return list(zip(visits, chosen, strict=True))

    def _shopping(self, visit: Visit, wave: int, place: int, *, again: bool = False) -> Shopping:
        shop, shoppers = self.places[place][1], self.stage.team.shoppers
        ago, days = WAVES[wave]
        length = days - 4 if wave < LAST else ago - 3
        day = (place * 7 + 2 + again * 5) % length
        random = Random(f"{shop.code} {wave} {again} hour")  # noqa: S311 - a demo
        at = in_opening_hours(self.stage.at - timedelta(days=ago - day), random)
        number = 2 if again else 1
        writing = [
            one for one in shoppers if self.language == "en" or one.language == "es" or one is shoppers[0]
        ]
        return Shopping(
            self.stage,
            visit,
            shop,
            writing[(place * 3 + wave * 2 + number * 5) % len(writing)],
            wave,
            at,
            number,
            exit_blocked=(wave, shop.code, number) in BLOCKED_EXITS,
        )

    def _played(self, one: Shopping, act: str) -> None:
        key = (one.wave, one.shop.code, one.number)
        if act:
            UNFINISHED_ACTS[act](one)
        elif key in CLOSED:
            one.assign()
            one.stand_before(Outcome.CLOSED_STORE)
            _approved(one)
        else:
            _handed_in(one)
            if key == EXCLUDED:
                one.claim()
                one.exclude(WRONG_BRANCH)
                return
            if key in SENT_BACK_ONCE:
                one.claim()
                one.send_back()
                one.mend()
            if one.wave < LAST:
                later.at_once(one)
            _approved(one, hours=32 if key in SENT_BACK_ONCE else 16)
            if one.wave == LAST:
                later.in_time(one)

    def _besides(self, wave: Wave, number: int, first: datetime) -> None:
        """What else happens: a re-shop, visits that were called off, and one that could not be made."""
        if number == 0:
            for visit, place in self._more(wave, ("C03",), first + timedelta(days=22)):
                one = self._shopping(visit, number, place, again=True)
                one.at = in_opening_hours(first + timedelta(days=27), one.random)
                _handed_in(one)
                later.at_once(one)
                _approved(one)
        if number == LAST:
            self._called_off(wave)
            self._found_out(wave)

    def _called_off(self, wave: Wave) -> None:
        stage, at = self.stage, self.stage.at
        (planned, _), (begun, place) = self._more(wave, ("N06", "M04"), at - timedelta(days=9))
        one = self._shopping(begun, LAST, place, again=True)
        one.at = in_opening_hours(at - timedelta(days=5), one.random)
        one.assign(days_before=2)
        one.make(first=6)
        for visit, reason, days in (
            (begun, "The shop was evacuated during the visit.", 4),
            (planned, "The shop closes for building work.", 2),
        ):
            when = at - timedelta(days=days)
            planning.cancel_visit(stage.session, visit, reason=reason, by=stage.team.scheduler, at=when)

    def _found_out(self, wave: Wave) -> None:
        at = self.stage.at
        ((visit, place),) = self._more(wave, ("C07",), at - timedelta(days=8))
        one = self._shopping(visit, LAST, place, again=True)
        one.at = in_opening_hours(at - timedelta(days=4), one.random)
        one.assign(days_before=3)
        one.stand_before(Outcome.COULD_NOT)
        one.claim()
        one.exclude("The shopper was recognised; another goes in two weeks.")
        self._more(wave, ("C07",), at - timedelta(days=2))


def _handed_in(one: Shopping) -> None:
    one.assign()
    one.make()
    one.hand_in()


def _approved(one: Shopping, *, hours: int = 16) -> None:
    """Within two days at most, as the norm of the trade wants it."""
    began = hours + len(one.shop.address) % 15
    one.claim(hours=began)
    one.approve(hours=began + 1 + len(one.shop.name) % 5 / 4)


def _waiting(one: Shopping) -> None:
    one.at = in_opening_hours(one.stage.at - timedelta(days=2), one.random)
    _handed_in(one)


def _claimed(one: Shopping) -> None:
    _waiting(one)
    since = one.stage.at - timedelta(hours=2) - one.at
    one.claim(hours=since / timedelta(hours=1))


def _returned(one: Shopping) -> None:
    one.shopper = one.stage.team.shoppers[0]
    one.at = one.stage.at - timedelta(hours=30)
    _handed_in(one)
    one.claim(hours=20)
    one.send_back(hours=22, and_photo=True)


def _second_round(one: Shopping) -> None:
    one.at = in_opening_hours(one.stage.at - timedelta(days=4), one.random)
    _handed_in(one)
    one.claim()
    one.send_back()
    one.mend()


def _silent(one: Shopping) -> None:
    """The phone has said nothing for more than a day."""
    one.at = in_opening_hours(one.stage.at - timedelta(days=2), one.random)
    one.assign()
    one.make(first=12)


def _begun(one: Shopping) -> None:
    one.shopper = one.stage.team.shoppers[0]
    one.at = one.stage.at - timedelta(minutes=40)
    one.assign()
    one.make(first=14)


def _assigned(one: Shopping, *, days: int = 3) -> None:
    """To be made within so many days."""
    one.shopper = one.stage.team.shoppers[0]
    one.at = one.stage.at
    one.assign(days_before=6)
    _narrowed(one, days)


def _overdue(one: Shopping) -> None:
    """The last day was yesterday, and nothing has been heard."""
    one.shopper = one.stage.team.shoppers[3]
    one.at = one.stage.at
    one.assign(days_before=9)
    _narrowed(one, -1)


def _narrowed(one: Shopping, days: int) -> None:
    """The scheduler names a last day within the wave."""
    last = (one.stage.at + timedelta(days=days)).date()
    planning.change_visit(
        one.stage.session,
        one.visit,
        window=Window(one.visit.window_from, last),
        note="",
        by=one.stage.team.scheduler,
        at=one.stage.at - timedelta(days=5),
    )


def _closed(one: Shopping) -> None:
    one.at = in_opening_hours(one.stage.at - timedelta(days=2), one.random)
    one.assign()
    one.stand_before(Outcome.CLOSED_STORE)


def _planned(one: Shopping) -> None:
    """Nobody has it yet."""
    _narrowed(one, 6)


UNFINISHED_ACTS = {
    "waiting": _waiting,
    "claimed": _claimed,
    "returned": _returned,
    "second_round": _second_round,
    "silent": _silent,
    "begun": _begun,
    "assigned": _assigned,
    "overdue": _overdue,
    "closed": _closed,
    "planned": _planned,
}
