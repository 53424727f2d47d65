"""Where an editor reads that a photo was seen before."""

import pytest

from evaluations.document.tree import Photo
from evaluations.models import Role
from tests.builders import (
    a_document,
    a_location,
    a_person,
    a_question,
    a_version,
    a_visit,
    a_wave,
    an_evaluation,
)
from tests.evaluations.reviewing.visits import a_photo, hand_in

ALIKE = "f0e1d2c3b4a59687"


@pytest.fixture
def editor(store, visitor):
    return visitor.signs_in(a_person(store, Role.EDITOR))


@pytest.fixture
def visited(store):
    """Makes a visit of a place with a photo of its window."""
    document = a_document(a_question("greeted"), Photo(key="window", text={"en": "The window"}))

    def make(place):
        location = a_location(store, name=place)
        wave = a_wave(store, location.client, a_version(store, document))
        evaluation = an_evaluation(store, visit=a_visit(store, wave, location))
        a_photo(store, evaluation, "window", alike=ALIKE)
        return evaluation

    return make


def test_a_photo_of_another_visit_is_named_with_the_way_to_it_once_it_is_handed_in(editor, store, visited):
    here, there = hand_in(store, visited("High Street")), visited("Market Hall")
    page = editor.get(f"/office/reviews/{here.id}").text
    assert "Photo seen before" in page.split("Look here first")[1].split("</section>")[0]
    assert "Nearly the same as a photo of another visit:" in page
    assert f"/office/reviews/{there.id}" not in page
    hand_in(store, there)
    page = editor.get(f"/office/reviews/{here.id}").text
    assert f'<a href="/office/reviews/{there.id}#q-window">Market Hall, ' in page


def test_the_same_photo_twice_in_one_visit_is_named_with_its_question(editor, store, visited):
    here = visited("High Street")
    a_photo(store, here, "greeted", alike=ALIKE)
    for _ in range(4):
        a_photo(store, here, alike=ALIKE)
    page = editor.get(f"/office/reviews/{hand_in(store, here).id}").text
    assert "Nearly the same as a photo at <a" in page
    assert "Nearly the same as another photo of this visit" in page
    assert "and 2 more" in page
