"""What an editor sees of one evaluation."""

from datetime import timedelta

import pytest

from evaluations.document.tree import Instruction, Photo
from evaluations.fieldwork import changes
from evaluations.models import Role
from evaluations.reviewing import decisions, desk
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
from tests.evaluations.reviewing.visits import a_change, a_photo, answers, comments, hand_in, says


@pytest.fixture
def evaluation(session):
    document = a_document(
        Instruction(key="walk_in", text={"en": "Walk in."}),
        a_question("greeted"),
        a_question("smiled", na_allowed=True),
        Photo(key="window", text={"en": "The window"}),
    )
    location = a_location(session, latitude=40.0, longitude=-3.0)
    wave = a_wave(session, location.client, a_version(session, document))
    return an_evaluation(session, visit=a_visit(session, wave, location))


def handed_in_twice(session, evaluation):
    editor = a_person(session, Role.EDITOR)
    hand_in(session, evaluation)
    decisions.claim(session, evaluation, by=editor, at=NOON)
    decisions.send_back(session, evaluation, {"greeted": "Really?"}, by=editor, at=NOON, note="Take care.")
    return lambda: desk.open_up(session, hand_in(session, evaluation, at=NOON + timedelta(hours=2)))


def test_questions_are_numbered_through_the_checklist_without_instructions(session, evaluation):
    sheet = desk.open_up(session, evaluation).sheet
    assert [found.number for found in sheet.touchpoints[0].questions] == [None, 1, 2, 3]


def test_a_photo_stands_at_its_question_and_one_of_no_question_apart(session, evaluation):
    placed, loose = a_photo(session, evaluation, "window"), a_photo(session, evaluation)
    sheet = desk.open_up(session, evaluation).sheet
    assert [photo.id for photo in sheet.touchpoints[0].questions[3].photos] == [placed.id]
    assert [photo.id for photo in sheet.unsorted] == [loose.id]
    assert sheet.photo_count == 2


def test_what_was_open_at_hand_in_stands_at_its_question(session, evaluation):
    answers(session, evaluation, {"greeted": "yes"})
    seen = desk.open_up(session, hand_in(session, evaluation))
    assert {key: [item.code for item in items] for key, items in seen.open_at.items()} == {
        "smiled": ["answer_missing"],
        "window": ["photos_missing"],
    }


def test_answers_that_contradict_each_other_are_both_told(session, evaluation):
    yes = a_change(evaluation, "answer:greeted", "answer.set", {"state": "answered", "value": "yes"})
    no = a_change(evaluation, "answer:greeted", "answer.set", {"state": "answered", "value": "no"})
    changes.store(session, evaluation, [yes, no], by=evaluation.shopper, at=NOON)
    seen = desk.open_up(session, evaluation)
    assert list(seen.conflicts) == ["greeted"]
    told = desk.conflicting_answers(seen.conflicts["greeted"])
    assert [answer and answer.value for answer in told] == ["yes", "no"]


@pytest.mark.parametrize(
    ("place", "distance", "accuracy"),
    [
        ({"lat": "40.001", "lon": "-3.0", "accuracy_m": 12}, 111, 12),
        ({"lat": "40.0", "lon": "-3.0"}, 0, None),
        ({"lat": "-40.0", "lon": "177.0"}, 20_015_087, None),
        ({"denied": True}, None, None),
        (None, None, None),
    ],
)
def test_the_place_of_the_check_in_is_measured_from_the_location(
    session, evaluation, place, distance, accuracy
):
    says(session, evaluation, "visit:check_in", "check_in", {"at_ms": 1_773_489_600_000, "place": place})
    sighting = desk.open_up(session, evaluation).facts.proof.check_in
    assert (sighting.distance_m, sighting.accuracy_m) == (distance, accuracy)
    assert sighting.is_denied is bool(place and place.get("denied"))


def test_the_time_in_the_place_lasts_from_check_in_to_check_out(session, evaluation):
    assert desk.open_up(session, evaluation).facts.proof.stay is None
    says(session, evaluation, "visit:check_in", "check_in", {"at_ms": 1_773_489_600_000, "place": None})
    says(
        session,
        evaluation,
        "visit:check_out",
        "check_out",
        {"at_ms": 1_773_489_600_000 + 119_000, "place": None},
    )
    assert desk.open_up(session, evaluation).facts.proof.stay == timedelta(seconds=119)


def test_a_check_out_before_the_check_in_gives_no_duration(session, evaluation):
    says(session, evaluation, "visit:check_in", "check_in", {"at_ms": 1_773_489_600_000, "place": None})
    says(session, evaluation, "visit:check_out", "check_out", {"at_ms": 1_773_489_000_000, "place": None})
    assert desk.open_up(session, evaluation).facts.proof.stay is None


def test_the_first_round_has_nothing_to_compare_with(session, evaluation):
    answers(session, evaluation, {"greeted": "yes"})
    seen = desk.open_up(session, hand_in(session, evaluation))
    assert (seen.changed, seen.is_compared, seen.remarks) == ({}, False, {})


def test_the_second_round_tells_what_each_question_held_before(session, evaluation):
    answers(session, evaluation, {"greeted": "no", "smiled": "yes"})
    comments(session, evaluation, {"smiled": "Warmly."})
    gone = a_photo(session, evaluation, "window")
    again = handed_in_twice(session, evaluation)
    answers(session, evaluation, {"greeted": "yes", "smiled": "yes"})
    comments(session, evaluation, {"smiled": "Warmly, at the till."})
    says(session, evaluation, f"photo:{gone.id}", "photo.detach", None)
    a_photo(session, evaluation, "window")
    a_photo(session, evaluation, "window")
    seen = again()
    assert list(seen.changed) == ["greeted", "smiled", "window"]
    greeted, smiled, window = seen.changed.values()
    assert (greeted.answer.value, greeted.answer_changed, greeted.comment_changed) == ("no", True, False)
    assert (smiled.comment, smiled.answer_changed, smiled.comment_changed) == ("Warmly.", False, True)
    assert (window.photos_added, window.photos_removed) == (2, 1)
    assert (seen.remarks, seen.note, seen.asked_in) == ({"greeted": "Really?"}, "Take care.", 1)


def test_a_second_round_in_which_nothing_moved_says_so(session, evaluation):
    answers(session, evaluation, {"greeted": "no"})
    seen = handed_in_twice(session, evaluation)()
    assert (seen.changed, seen.is_compared) == ({}, True)
