"""What differs between two wordings of a checklist."""

from decimal import Decimal

from evaluations.designing import drafting
from evaluations.designing.comparing import Difference, Sort, differences
from evaluations.document.tree import Phase, Scoring
from tests.evaluations.designing.documents import journey, touchpoint, yes_no


def test_a_document_does_not_differ_from_itself():
    assert differences(journey(), journey()) == ()


def test_an_added_touchpoint_is_told_with_its_questions():
    after = drafting.add_touchpoint(journey(), touchpoint("exit", yes_no("thanked")))
    assert differences(journey(), after) == (
        Difference(Sort.ADDED, "exit"),
        Difference(Sort.ADDED, "exit", "thanked"),
    )


def test_a_removed_touchpoint_is_told_with_its_questions():
    assert differences(journey(), drafting.remove_touchpoint(journey(), "till")) == (
        Difference(Sort.REMOVED, "till"),
        Difference(Sort.REMOVED, "till", "queue"),
    )


def test_a_changed_question_names_what_changed_in_it():
    after = drafting.change_question(journey(), yes_no("lit", points=3, required=False))
    assert differences(journey(), after) == (
        Difference(Sort.CHANGED, "signage", "lit", ("required", "points")),
    )


def test_changed_settings_are_one_difference():
    after = drafting.changed(journey(), scoring=Scoring(target=Decimal(80)), title={"en": "Summer"})
    assert differences(journey(), after) == (Difference(Sort.CHANGED, fields=("title", "scoring")),)


def test_moving_one_touchpoint_is_one_difference():
    after = drafting.place_touchpoint(journey(), "greeting", Phase.DURING, 1)
    assert len(differences(journey(), after)) == 1
    assert differences(journey(), after)[0].sort is Sort.MOVED


def test_a_touchpoint_moved_to_another_phase_changed_its_phase():
    after = drafting.move_touchpoint(journey(), "till", 1)
    assert differences(journey(), after) == (Difference(Sort.CHANGED, "till", fields=("phase",)),)


def test_moving_a_question_within_its_touchpoint_is_told():
    after = drafting.place_question(journey(), "warmth", "greeting", 0)
    assert [(d.sort, d.touchpoint) for d in differences(journey(), after)] == [(Sort.MOVED, "greeting")]


def test_moving_a_question_to_another_touchpoint_is_told():
    after = drafting.place_question(journey(), "warmth", "till", 1)
    assert differences(journey(), after) == (Difference(Sort.MOVED, "till", "warmth"),)


def test_a_difference_is_told_to_the_audit_trail_without_what_it_has_not():
    assert Difference(Sort.ADDED, "exit").as_json() == {"sort": "added", "touchpoint": "exit"}
    assert Difference(Sort.CHANGED, fields=("title",)).as_json() == {"sort": "changed", "fields": ["title"]}
