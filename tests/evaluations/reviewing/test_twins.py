"""An editor is told which photos are nearly the same as another one."""

import pytest

from evaluations.reviewing import desk, twins
from tests.builders import a_location, a_visit, a_wave, an_evaluation
from tests.evaluations.reviewing.visits import a_photo, hand_in, says

SHOP = "f0e1d2c3b4a59687"
NEARLY = "f0e1d2c3b4a59688"  # 4 bits apart
ALMOST = "f0e1d2c3b4a59698"  # 5 bits apart


@pytest.fixture
def evaluation(session):
    return an_evaluation(session)


@pytest.fixture
def elsewhere(session):
    location = a_location(session, name="Market Hall")
    return an_evaluation(session, visit=a_visit(session, a_wave(session, location.client), location))


def found_by(session, evaluation):
    return desk.open_up(session, evaluation).twins


def test_a_photo_that_is_like_none_has_no_twin(session, evaluation, elsewhere):
    a_photo(session, evaluation, "greeted", alike=SHOP)
    a_photo(session, elsewhere, "greeted", alike=ALMOST)
    a_photo(session, elsewhere, "greeted")
    assert found_by(session, evaluation) == {}


def test_photos_of_which_too_little_is_seen_are_like_none(session, evaluation):
    a_photo(session, evaluation, "greeted")
    a_photo(session, evaluation, "greeted")
    assert found_by(session, evaluation) == {}


def test_signatures_are_like_none_whatever_they_look_like(session, evaluation, elsewhere):
    a_photo(session, evaluation, "greeted", source="signature", alike=SHOP)
    a_photo(session, elsewhere, "greeted", alike=SHOP)
    assert found_by(session, evaluation) == found_by(session, elsewhere) == {}


def test_what_was_removed_is_no_twin(session, evaluation):
    removed, kept = (a_photo(session, evaluation, "greeted", alike=SHOP) for _ in range(2))
    says(session, evaluation, f"photo:{removed.id}", "photo.detach", None)
    assert found_by(session, evaluation) == {}
    assert kept.likeness == SHOP


def test_two_photos_of_one_visit_are_each_others_twin(session, evaluation):
    one, other = (
        a_photo(session, evaluation, "greeted", alike=SHOP),
        a_photo(session, evaluation, alike=NEARLY),
    )
    found = found_by(session, evaluation)
    assert {photo: [twin.question for twin in others] for photo, others in found.items()} == {
        one.id: [None],
        other.id: ["greeted"],
    }
    assert desk.open_up(session, evaluation).doubled == ("greeted",)


def test_a_photo_of_another_visit_is_told_with_its_place_and_whether_it_can_be_looked_at(
    session, evaluation, elsewhere
):
    photo, _ = a_photo(session, evaluation, "greeted", alike=SHOP), a_photo(session, elsewhere, alike=NEARLY)
    [twin] = found_by(session, evaluation)[photo.id]
    assert (twin.location, twin.evaluation_id, twin.is_open) == ("Market Hall", elsewhere.id, False)
    hand_in(session, elsewhere)
    [twin] = found_by(session, evaluation)[photo.id]
    assert twin.is_open


def test_a_photo_that_is_everywhere_costs_no_more_than_the_bound(session, evaluation, monkeypatch):
    for _ in range(4):
        a_photo(session, evaluation, "greeted", alike=SHOP)
    monkeypatch.setattr(twins, "MOST_PAIRS", 5)
    assert sum(map(len, found_by(session, evaluation).values())) == 5
