"""One location over waves: means of means, criticals apart, keys joined over versions, failures that repeat."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.tree import Critical, Document, Effect, Rating, Scoring, Touchpoint
from evaluations.errors import NotFound
from evaluations.models import Location, Programme, Scorecard, Version, Wave
from evaluations.reporting import location_report
from evaluations.reporting.location_parts import LocationReport
from tests.builders import NOON, a_client, a_document, a_location, a_question, a_version, kept
from tests.evaluations.reporting.results import a_result

MILLION = 1_000_000
EXIT = Critical(on=("no",), effect=Effect.CAPS_TOTAL, cap=50)


def touchpoint(key: str, *questions: Any, name: str = "") -> Touchpoint:
    named = name or key.title()
    return Touchpoint(key=key, name={"en": named, "es": named}, questions=questions)


def warm(key: str) -> Rating:
    return Rating(key=key, text={"en": "How warm?", "es": "¿Cómo?"}, lo=0, hi=10, points=10)


DOCUMENT = a_document(
    touchpoints=(
        touchpoint("greeting", warm("warm"), a_question("seen", points=0)),
        touchpoint(
            "till", a_question("bag", "Was a bag offered?"), a_question("exit", points=0, critical=EXIT)
        ),
    ),
    scoring=Scoring(target=80),
)
GOOD = {"warm": 10, "bag": "yes", "exit": "yes"}


class Scene:
    """A programme of one client, of which one location is visited wave by wave."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.client = a_client(session)
        self.programme = kept(session, Programme(client_id=self.client.id, name="Stores", created_at=NOON))
        self.version = a_version(session, DOCUMENT)
        self.place = a_location(session, self.client)
        self.cards: list[Scorecard] = []

    def wave(self, number: int, version: Version | None = None) -> Wave:
        starts = date(2026, 1, 1) + timedelta(days=30 * number)
        values = {"name": f"Wave {number}", "starts_on": starts, "ends_on": starts + timedelta(days=28)}
        of = {"programme_id": self.programme.id, "version_id": (version or self.version).id}
        made: Wave = kept(self.session, Wave(**of, **values, created_at=NOON))
        return made

    def visit(self, wave: Wave, place: Location | None = None, day: int = 1, **answers: Any) -> Scorecard:
        at = datetime.combine(wave.starts_on, NOON.time(), UTC) + timedelta(days=day)
        found: Mapping[str, Any] = {**GOOD, **answers}
        known = {question.key for question in canonical.read(wave.version.document).questions()}
        kept_answers = {key: value for key, value in found.items() if key in known}
        card = a_result(self.session, wave, place or self.place, kept_answers, visited_at=at)
        if place is None:
            self.cards.append(card)
        return card

    def report(self) -> LocationReport:
        return location_report.load(self.session, self.cards)


@pytest.fixture
def scene(session: Session) -> Scene:
    return Scene(session)


def another_version(scene: Scene, document: Document) -> Version:
    """The next version of the same checklist."""
    text = canonical.write(document)
    values = {"number": 2, "document": text, "content_hash": canonical.content_hash(text)}
    who = {"saved_by_id": scene.version.saved_by_id, "published_by_id": scene.version.saved_by_id}
    version: Version = kept(
        scene.session,
        Version(checklist_id=scene.version.checklist_id, saved_at=NOON, published_at=NOON, **values, **who),
    )
    return version


def test_without_a_result_there_is_no_report(session: Session) -> None:
    with pytest.raises(NotFound):
        location_report.load(session, [])


def test_visits_of_a_wave_are_averaged_first_and_then_the_waves(scene: Scene) -> None:
    first, second = scene.wave(1), scene.wave(2)
    for points in (10, 10, 10):
        scene.visit(first, warm=points)
    scene.visit(second, warm=0)
    found = scene.report()
    assert [wave.millionths for wave in found.waves] == [100 * MILLION, 50 * MILLION]
    assert (found.millionths, found.scored_waves, found.scored) == (75 * MILLION, 2, 4)
    greeting = found.touchpoints[0]
    assert [one.millionths for one in greeting.waves] == [100 * MILLION, 0]
    assert greeting.millionths == 50 * MILLION


def test_a_critical_visit_stands_apart_from_total_and_touchpoints(scene: Scene) -> None:
    wave = scene.wave(1)
    scene.visit(wave, warm=6)
    scene.visit(wave, exit="no", day=2)
    found = scene.report()
    assert (found.apart, found.scored, found.millionths) == (1, 1, 80 * MILLION)
    assert (found.waves[0].scores, found.waves[0].apart) == ((80 * MILLION,), (50 * MILLION,))
    assert found.touchpoints[0].waves[0].apart == (100 * MILLION,)
    assert found.touchpoints[0].millionths == 60 * MILLION


def test_where_every_visit_was_critical_there_is_no_mean(scene: Scene) -> None:
    scene.visit(scene.wave(1), exit="no")
    scene.visit(scene.wave(2), exit="no")
    found = scene.report()
    assert (found.millionths, found.apart, found.scored_waves) == (None, 2, 0)


def test_keys_join_the_versions_and_the_newest_wording_names_them(scene: Scene) -> None:
    newer = a_document(
        touchpoints=(
            touchpoint("parting", a_question("bye", "Did they say goodbye?")),
            touchpoint("greeting", warm("warm"), name="Welcome"),
        )
    )
    scene.visit(scene.wave(1), warm=4)
    scene.visit(scene.wave(2, another_version(scene, newer)), warm=8, bye="yes")
    found = scene.report()
    assert [(one.key, one.name["en"]) for one in found.touchpoints] == [
        ("parting", "Parting"),
        ("greeting", "Welcome"),
        ("till", "Till"),
    ]
    figures = {one.key: [wave.millionths for wave in one.waves] for one in found.touchpoints}
    assert figures["greeting"] == [40 * MILLION, 80 * MILLION]
    assert figures["parting"] == [None, 100 * MILLION]
    assert figures["till"] == [100 * MILLION, None]


def test_the_same_key_of_another_checklist_is_another_touchpoint(scene: Scene) -> None:
    scene.visit(scene.wave(1), bag="no")
    scene.visit(scene.wave(2, a_version(scene.session, DOCUMENT)), bag="no")
    found = scene.report()
    assert [one.key for one in found.touchpoints] == ["greeting", "till"] * 2
    assert found.repeats == ()
    assert found.failures == 2


def test_what_failed_once_does_not_repeat_and_what_failed_twice_does(scene: Scene) -> None:
    scene.visit(scene.wave(1), bag="no", warm=0)
    scene.visit(scene.wave(2), bag="no")
    scene.visit(scene.wave(3))
    found = scene.report()
    [bag] = found.repeats
    assert (bag.question.key, len(bag.times), bag.asked, found.failures) == ("bag", 2, 3, 1)
    assert [one.visit.report.wave for one in bag.times] == ["Wave 2", "Wave 1"]


def test_a_critical_without_points_repeats_too_and_comes_first(scene: Scene) -> None:
    for number in (1, 2):
        scene.visit(scene.wave(number), bag="no", exit="no")
    scene.visit(scene.wave(3), bag="no")
    found = scene.report()
    assert [one.question.key for one in found.repeats] == ["exit", "bag"]
    assert [one.is_critical for one in found.repeats] == [True, False]


def test_too_few_locations_are_no_context_and_enough_are(scene: Scene) -> None:
    few, enough = scene.wave(1), scene.wave(2)
    scene.visit(few)
    scene.visit(enough)
    for points in (6, 7, 8, 9):
        scene.visit(enough, a_location(scene.session, scene.client), warm=points)
    found = scene.report()
    assert [wave.step.context for wave in found.waves] == [None, 90 * MILLION]
    assert found.waves[0].step.interval is None
    assert found.waves[1].step.interval is not None


def test_targets_are_shown_only_where_the_programme_shows_them(scene: Scene) -> None:
    scene.visit(scene.wave(1))
    scene.visit(scene.wave(2))
    assert [wave.target for wave in scene.report().waves] == [80 * MILLION] * 2
    scene.programme.shows_targets = False
    scene.session.flush()
    hidden = scene.report()
    assert [wave.target for wave in hidden.waves] == [None] * 2
    assert "target" not in hidden.marks


@pytest.mark.parametrize(("waves", "lengths"), [(12, [12]), (13, [7, 6])])
def test_many_waves_stand_in_rows_of_about_one_length(scene: Scene, waves: int, lengths: list[int]) -> None:
    for number in range(waves):
        scene.visit(scene.wave(number))
    found = scene.report()
    assert [len(row) for row in found.rows] == lengths
    assert [wave for row in found.rows for wave in row] == list(found.waves)
