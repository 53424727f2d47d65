"""What an editor is told about the proof of a visit, in the queue and on the review page."""

import pytest

from evaluations.models import Role
from tests.builders import NOON, a_location, a_person, a_visit, a_wave, an_evaluation
from tests.evaluations.reviewing.visits import hand_in, says

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
