"""Many questions are changed, moved and removed in one step, or none of them."""

from decimal import Decimal

import pytest

from evaluations.designing import many
from evaluations.designing.many import Unfit, Wish
from evaluations.document.tree import Instruction, Lens
from evaluations.errors import Invalid, NotFound
from tests.evaluations.designing.documents import asked, document, journey, rating, touchpoint, yes_no


def test_several_questions_are_made_alike_and_the_others_stay():
    wish = Wish(points=Decimal(4), required=False, na_allowed=True)
    after = many.change(journey(), ["lit", "warmth"], wish)
    for key in ("lit", "warmth"):
        question = after.question(key)
        assert (question.points, question.required, question.na_allowed) == (4, False, True)
        assert question.text == journey().question(key).text
    assert after.question("greeted") == journey().question("greeted")


def test_every_no_is_explained_and_the_other_answers_as_before():
    doc = document(touchpoint("one", yes_no("a", explain_on=("yes",)), yes_no("b", explain_on=("no",))))
    on = many.change(doc, ["a", "b"], Wish(explain_no=True))
    assert [question.explain_on for question in on.questions()] == [("yes", "no"), ("no",)]
    off = many.change(on, ["a", "b"], Wish(explain_no=False))
    assert [question.explain_on for question in off.questions()] == [("yes",), ()]


def test_lenses_are_added_and_taken_away():
    doc = document(touchpoint("one", yes_no("a", lenses=(Lens.CONSISTENCY,)), rating("b")))
    more = many.change(doc, ["a", "b"], Wish(more_lenses=frozenset({Lens.RELEVANCE})))
    assert [question.lenses for question in more.questions()] == [
        (Lens.RELEVANCE, Lens.CONSISTENCY),
        (Lens.RELEVANCE,),
    ]
    fewer = many.change(more, ["a", "b"], Wish(fewer_lenses=frozenset({Lens.RELEVANCE})))
    assert fewer == doc


def test_what_one_of_them_cannot_be_is_refused_by_name_and_none_is_changed():
    doc = document(touchpoint("one", yes_no("a"), rating("b"), Instruction(key="c")), *journey().touchpoints)
    with pytest.raises(Unfit) as refused:
        many.change(doc, ["a", "b", "c", "queue"], Wish(points=Decimal(4), required=True, explain_no=True))
    assert refused.value.faults == {
        "b": ("has_no_no",),
        "c": ("earns_no_points", "has_no_no", "takes_no_answer"),
        "queue": ("points_of_parts", "has_no_no"),
    }


def test_a_wish_for_nothing_is_empty():
    assert Wish().is_empty
    assert not Wish(required=False).is_empty


def test_questions_move_to_the_end_of_a_touchpoint_in_their_order():
    after = many.move(journey(), ["arrived", "lit", "queue"], "till")
    assert asked(after) == ["greeted", "warmth", "queue", "lit", "arrived"]
    assert [question.key for question in after.touchpoints[2].questions] == ["queue", "lit", "arrived"]


def test_a_touchpoint_takes_no_more_than_it_holds():
    full = touchpoint("full", *(yes_no(f"q{number}") for number in range(199)))
    with pytest.raises(Invalid) as refused:
        many.move(document(full, touchpoint("two", yes_no("a"), yes_no("b"))), ["a", "b"], "full")
    assert refused.value.code == "too_many_in_touchpoint"
    with pytest.raises(NotFound):
        many.move(journey(), ["lit"], "nowhere")


def test_questions_are_removed_from_all_touchpoints():
    assert asked(many.remove(journey(), ["lit", "warmth", "nobody"])) == ["greeted", "queue", "arrived"]
