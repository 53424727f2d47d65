"""A checklist changes by functions from document to document."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.designing import drafting
from evaluations.designing.drafting import PHASES
from evaluations.document.tree import Kind, Phase, Rating
from evaluations.errors import Conflict, Invalid, NotFound
from tests.evaluations.designing.documents import asked, document, journey, keys, rating, touchpoint, yes_no


def test_a_touchpoint_whose_key_is_in_use_is_refused():
    with pytest.raises(Conflict) as refused:
        drafting.add_touchpoint(journey(), touchpoint("greeting"))
    assert refused.value.code == "key_taken"


def test_a_touchpoint_that_brings_a_question_key_in_use_is_refused():
    with pytest.raises(Conflict) as refused:
        drafting.add_touchpoint(journey(), touchpoint("returns", yes_no("lit")))
    assert refused.value.values == {"key": "lit"}


def test_a_question_whose_key_is_in_use_anywhere_is_refused():
    with pytest.raises(Conflict):
        drafting.add_question(journey(), "till", yes_no("lit"))


def test_the_kind_of_a_question_may_not_change():
    with pytest.raises(Conflict) as refused:
        drafting.change_question(journey(), rating("lit"))
    assert (refused.value.code, refused.value.values["kind"]) == ("kind_is_fixed", "yes_no")


@pytest.mark.parametrize(
    "change",
    [
        lambda doc: drafting.change_touchpoint(doc, "nothing", weight=Decimal(2)),
        lambda doc: drafting.remove_touchpoint(doc, "nothing"),
        lambda doc: drafting.move_touchpoint(doc, "nothing", 1),
        lambda doc: drafting.add_question(doc, "nothing", yes_no("new")),
        lambda doc: drafting.change_question(doc, yes_no("nothing")),
        lambda doc: drafting.remove_question(doc, "nothing"),
        lambda doc: drafting.place_question(doc, "nothing", "till", 0),
        lambda doc: drafting.place_question(doc, "lit", "nothing", 0),
        lambda doc: drafting.copy_question(doc, "nothing"),
    ],
)
def test_what_is_not_in_the_document_is_not_found(change):
    with pytest.raises(NotFound):
        change(journey())


def test_a_value_that_does_not_fit_is_refused_at_its_field():
    with pytest.raises(Invalid) as refused:
        drafting.question_of(Kind.RATING, key="warmth", points=5000)
    assert (refused.value.code, refused.value.field) == ("does_not_fit", "points")


def test_changing_a_part_checks_it_like_a_new_one():
    with pytest.raises(Invalid):
        drafting.changed(rating(), hi=11)


def test_more_touchpoints_than_a_document_holds_are_refused():
    full = document(*(touchpoint(f"place_{number}") for number in range(100)))
    with pytest.raises(Invalid) as refused:
        drafting.add_touchpoint(full, touchpoint("one_more"))
    assert (refused.value.code, refused.value.values) == ("too_many_touchpoints", {"limit": 100})


def test_more_questions_than_a_touchpoint_holds_are_refused():
    full = document(touchpoint("greeting", *(yes_no(f"lit_{number}") for number in range(200))))
    with pytest.raises(Invalid) as refused:
        drafting.copy_question(full, "lit_7")
    assert (refused.value.code, refused.value.values) == ("too_many_in_touchpoint", {"limit": 200})


def test_a_new_touchpoint_is_the_last_of_its_phase():
    doc = drafting.add_touchpoint(journey(), touchpoint("window", phase=Phase.BEFORE))
    assert keys(doc) == ["signage", "window", "greeting", "till", "mail"]


def test_a_blank_touchpoint_gets_a_key_from_its_name_that_is_free():
    doc = drafting.add_touchpoint(
        journey(), drafting.blank_touchpoint(journey(), {"en": "The till"}, Phase.DURING)
    )
    again = drafting.blank_touchpoint(doc, {"en": "Till"}, Phase.DURING)
    assert (keys(doc)[3], again.key) == ("till_2", "till_3")


def test_a_touchpoint_given_another_phase_stands_last_in_it():
    doc = drafting.change_touchpoint(journey(), "greeting", phase=Phase.AFTER, weight=Decimal(3))
    assert keys(doc) == ["signage", "till", "mail", "greeting"]
    assert doc.touchpoints[-1].weight == 3
    assert asked(doc)[-2:] == ["greeted", "warmth"]


def test_a_touchpoint_steps_over_the_border_of_a_phase():
    doc = drafting.move_touchpoint(journey(), "greeting", -1)
    assert (keys(doc), doc.touchpoints[1].phase) == (["signage", "greeting", "till", "mail"], Phase.BEFORE)


def test_the_last_of_a_phase_steps_to_the_head_of_the_next():
    doc = drafting.move_touchpoint(journey(), "till", 1)
    assert (keys(doc), doc.touchpoints[2].phase) == (["signage", "greeting", "till", "mail"], Phase.AFTER)


def test_within_a_phase_a_touchpoint_changes_places_with_its_neighbour():
    assert keys(drafting.move_touchpoint(journey(), "till", -1)) == ["signage", "till", "greeting", "mail"]


def test_at_the_ends_of_the_journey_nothing_moves():
    assert drafting.move_touchpoint(journey(), "signage", -1) == journey()
    assert drafting.move_touchpoint(journey(), "mail", 1) == journey()


def test_dragging_a_touchpoint_puts_it_where_it_was_dropped():
    doc = drafting.place_touchpoint(journey(), "mail", Phase.DURING, 1)
    assert keys(doc) == ["signage", "greeting", "mail", "till"]
    assert doc.touchpoints[2].phase is Phase.DURING


def test_removing_a_touchpoint_removes_its_questions():
    assert asked(drafting.remove_touchpoint(journey(), "greeting")) == ["lit", "queue", "arrived"]


def test_a_question_moves_to_another_touchpoint():
    doc = drafting.place_question(journey(), "warmth", "till", 0)
    assert asked(doc) == ["lit", "greeted", "warmth", "queue", "arrived"]
    assert drafting.home_of(doc, "warmth").key == "till"


def test_a_question_moves_within_its_touchpoint():
    assert asked(drafting.place_question(journey(), "warmth", "greeting", 0))[1:3] == ["warmth", "greeted"]


def test_a_copied_question_stands_after_the_original_under_its_own_key():
    doc, copy = drafting.copy_question(journey(), "greeted", used={"greeted_2"})
    assert asked(doc)[1:4] == ["greeted", copy.key, "warmth"]
    assert copy.text == {"en": "Was it greeted?"}
    assert copy.key not in {"greeted", "greeted_2"}


def test_a_changed_question_keeps_its_place():
    doc = drafting.change_question(journey(), yes_no("greeted", points=3))
    assert asked(doc) == asked(journey())
    assert doc.question("greeted").points == 3


def test_a_key_is_readable_and_never_one_that_was_given_away():
    text = {"en": "Were you greeted within a minute of entering?", "es": "¿Le saludaron?"}
    first = drafting.new_question_key(journey(), text, Kind.YES_NO)
    assert first == "greeted_within_minute_entering"
    assert drafting.new_question_key(journey(), text, Kind.YES_NO, used={first}) == f"{first}_2"


@given(st.dictionaries(st.sampled_from(["en", "es"]), st.text(max_size=200), max_size=2))
def test_any_wording_makes_a_key_that_a_question_accepts(text):
    key = drafting.new_question_key(journey(), text, Kind.RATING)
    assert Rating(key=key).key not in asked(journey())


MOVES = st.tuples(
    st.sampled_from(["signage", "greeting", "till", "mail"]),
    st.sampled_from(PHASES),
    st.integers(min_value=-2, max_value=6),
)


@given(st.lists(MOVES, max_size=8))
def test_whatever_is_moved_nothing_is_lost_and_the_journey_stays_in_order(moves):
    doc = journey()
    for key, phase, place in moves:
        doc = drafting.place_touchpoint(doc, key, phase, place)
    phases = [PHASES.index(touchpoint.phase) for touchpoint in doc.touchpoints]
    assert all(one <= two for one, two in pairwise(phases))
    assert sorted(keys(doc)) == sorted(keys(journey()))
    assert sorted(asked(doc)) == sorted(asked(journey()))


def test_a_touchpoint_is_copied_after_itself_with_keys_of_its_own():
    doc, copy = drafting.copy_touchpoint(journey(), "greeting", used={"greeted_2"})
    assert keys(doc) == ["signage", "greeting", "greeting_2", "till", "mail"]
    assert [question.key for question in copy.questions] == ["greeted_3", "warmth_2"]
    assert (copy.name, copy.phase) == ({"en": "Greeting"}, Phase.DURING)
    assert drafting.touchpoint_of(doc, "greeting") == drafting.touchpoint_of(journey(), "greeting")


def test_a_touchpoint_that_is_not_there_is_not_copied():
    with pytest.raises(NotFound):
        drafting.copy_touchpoint(journey(), "nothing")


def test_a_full_journey_takes_no_copy():
    full = document(*(touchpoint(f"t{n}") for n in range(100)))
    with pytest.raises(Invalid) as refused:
        drafting.copy_touchpoint(full, "t0")
    assert refused.value.code == "too_many_touchpoints"
