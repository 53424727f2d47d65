"""What an editor is told about the proof of a visit, in the queue and on the review page."""

from uuid import uuid4

import pytest

from evaluations.document.tree import Duration
from evaluations.fieldwork import changes
from evaluations.models import Capture, Role
from tests.builders import (
    NOON,
    a_document,
    a_location,
    a_person,
    a_question,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
)
from tests.evaluations.reviewing.visits import hand_in, says
from tests.phones import Phone

QUEUE = "/office/reviews/"
AT = 1_773_489_600_000
FAR = {"lat": "40.0047", "lon": "-3.0", "accuracy_m": 20}
THERE = {"lat": "40.0", "lon": "-3.0", "accuracy_m": 20}


@pytest.fixture
def editor(store, visitor):
    return visitor.signs_in(a_person(store, Role.EDITOR))


@pytest.fixture
def visited(store):
    """Makes a handed-in visit that was checked in at a place, and left after some minutes."""

    def make(place, minutes):
        location = a_location(store, latitude=40.0, longitude=-3.0)
        evaluation = an_evaluation(
            store, visit=a_visit(store, a_wave(store, location.client), location), visited_at=NOON
        )
        says(store, evaluation, "visit:check_in", "check_in", {"at_ms": AT, "place": place})
        if minutes is not None:
            gone = {"at_ms": AT + minutes * 60_000, "place": None}
            says(store, evaluation, "visit:check_out", "check_out", gone)
        return hand_in(store, evaluation)

    return make


@pytest.mark.parametrize(
    ("place", "minutes", "said"),
    [
        (FAR, 20, "Checked in 523 m from the store"),
        ({"denied": True}, 20, "The place was not shared at check-in"),
        (THERE | {"accuracy_m": 1200}, 20, "At check-in the place was known to 1.2 km only"),
        (THERE, 4, "In the store for 4 minutes"),
        (THERE, 0, "In the store for less than a minute"),
        (THERE, None, "No check-out was recorded"),
    ],
)
def test_what_wants_a_look_stands_in_the_queue_and_first_on_the_page(editor, visited, place, minutes, said):
    evaluation = visited(place, minutes)
    assert said in editor.get(QUEUE).text
    first = editor.get(f"{QUEUE}{evaluation.id}").text.split("Look here first")[1]
    assert said in first.split("</section>")[0]


def test_a_visit_at_the_place_and_of_some_length_is_not_remarked_on(editor, visited):
    evaluation = visited(THERE, 20)
    for address in (QUEUE, f"{QUEUE}{evaluation.id}"):
        page = editor.get(address).text
        assert "from the store</span></span></li>" not in page
        for words in ("Checked in 0 m", "In the store for", "No check-out"):
            assert words not in page


def test_the_page_of_the_visit_says_when_and_where_the_shopper_came_and_left(store, visitor, visited):
    scheduler = visitor.signs_in(a_person(store, Role.SCHEDULER))
    page = scheduler.get(f"/office/visits/{visited(THERE, 20).visit_id}").text
    for words in ("0 m from the store, give or take 20 m", "The phone did not find its place.", "20 minutes"):
        assert words in page


def test_what_was_measured_and_answered_after_a_discreet_visit_says_how_long_after(store, editor):
    document = a_document(a_question("greeted"), Duration(key="wait"))
    wave = a_wave(store, version=a_version(store, document), capture=Capture.DISCREET)
    evaluation = an_evaluation(store, visit=a_visit(store, wave))
    phone = Phone(evaluation)
    batch = [
        phone.checks_in(at_ms=AT),
        phone.watches(str(uuid4()), "61"),
        phone.stops_timer("wait", "95", at_ms=AT),
        phone.checks_out(at_ms=AT + 20 * 60_000),
        phone.answers("wait", "95", wall_ms=AT + 95_000 + 25 * 60_000),
        phone.answers("greeted", "yes", wall_ms=AT + 50 * 60_000),
    ]
    changes.store(store, evaluation, batch, by=evaluation.shopper, at=NOON)
    page = editor.get(f"{QUEUE}{hand_in(store, evaluation).id}").text
    for words in (
        "Answered 30 minutes after leaving",
        "Written 25 minutes after the timer was stopped",
        "half of them within 25 minutes, the last after 30 minutes",
        "Times that belong to no question",
        "1\N{NO-BREAK SPACE}min\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}s",
    ):
        assert words in page, words
