"""A step is taken back on what others made of the document since, and refused where they did the same place."""

import random
from itertools import pairwise

import pytest

from evaluations.designing import drafting, patches
from evaluations.designing.orders import Overtaken
from evaluations.document.tree import Document, Phase
from tests.evaluations.designing.documents import asked, choice, document, journey, keys, touchpoint, yes_no


def changed(doc: Document, key: str, **values: object) -> Document:
    """`doc` with these values in a question."""
    question = doc.question(key)
    assert question is not None
    return drafting.change_question(doc, drafting.changed(question, **values))


def taken_back(before: Document, after: Document, now: Document) -> Document:
    """`now` without what was done between `before` and `after`, as it comes out of the database."""
    patch = patches.read(patches.write(patches.between(before, after)))
    return patches.applied(now, patch.back)


def some_step(doc: Document, chance: random.Random) -> Document:
    """`doc` after something that a designer might do."""
    questions, stops = asked(doc), keys(doc)
    one, stop = chance.choice(questions or [""]), chance.choice(stops or [""])
    new = f"new_{chance.randrange(10**6)}"
    steps = [lambda: drafting.add_touchpoint(doc, touchpoint(new, yes_no(f"in_{new}")))]
    if stops:
        steps += [
            lambda: drafting.add_question(doc, stop, yes_no(new)),
            lambda: drafting.change_touchpoint(
                doc, stop, phase=chance.choice(list(Phase)), weight=chance.randrange(9)
            ),
            lambda: drafting.move_touchpoint(doc, stop, chance.choice([-1, 1])),
            lambda: drafting.remove_touchpoint(doc, stop),
            lambda: drafting.copy_touchpoint(doc, stop)[0],
        ]
    if questions:
        steps += [
            lambda: changed(doc, one, text={"en": f"Was it {chance.random()}?"}),
            lambda: changed(doc, one, required=chance.random() < 0.5),
            lambda: drafting.place_question(doc, one, stop, chance.randrange(4)),
            lambda: drafting.copy_question(doc, one)[0],
            lambda: drafting.remove_question(doc, one),
        ]
    return chance.choice(steps)()


@pytest.mark.parametrize("seed", range(60))
def test_all_steps_taken_back_one_by_one_lead_to_the_beginning_and_done_again_to_the_end(seed):
    chance = random.Random(seed)
    documents = [journey()]
    for _step in range(12):
        documents.append(some_step(documents[-1], chance))
    steps = [patches.between(*pair) for pair in pairwise(documents)]
    now = documents[-1]
    for step, before in zip(reversed(steps), reversed(documents[:-1]), strict=True):
        now = patches.applied(now, step.back)
        assert now == before
    for step, after in zip(steps, documents[1:], strict=True):
        now = patches.applied(now, step)
        assert now == after


@pytest.mark.parametrize("seed", range(150))
def test_a_step_taken_back_after_another_one_leaves_a_sound_document_or_is_refused(seed):
    chance = random.Random(seed)
    before = journey()
    for _step in range(3):
        before = some_step(before, chance)
    after = some_step(before, chance)
    now = some_step(some_step(after, chance), chance)
    try:
        result = taken_back(before, after, now)
    except Overtaken:
        return
    assert Document.model_validate_json(result.model_dump_json()) == result
    assert result == drafting.in_journey_order(result)


def test_what_somebody_else_did_elsewhere_stays():
    before = journey()
    after = changed(before, "lit", points=3)
    now = changed(changed(after, "lit", text={"en": "Did it shine?"}), "greeted", points=7)
    result = taken_back(before, after, now)
    assert (result.question("lit").points, result.question("lit").text) == (10, {"en": "Did it shine?"})
    assert result.question("greeted").points == 7


def test_a_field_that_somebody_else_changed_since_is_refused_by_its_question():
    before = journey()
    after = changed(before, "lit", points=3)
    with pytest.raises(Overtaken) as refused:
        taken_back(before, after, changed(after, "lit", points=4))
    assert refused.value.question == "lit"


def test_one_language_is_taken_back_while_the_other_one_stays():
    before = drafting.changed(journey(), languages=("en", "es"))
    after = changed(before, "lit", text={"en": "Did it shine?"})
    now = changed(after, "lit", text={"en": "Did it shine?", "es": "¿Brillaba?"})
    assert taken_back(before, after, now).question("lit").text == {"en": "Was it lit?", "es": "¿Brillaba?"}


def test_a_question_that_was_removed_comes_back_to_its_place_among_what_is_new():
    before = journey()
    after = drafting.remove_question(before, "greeted")
    now = drafting.add_question(after, "greeting", yes_no("smiled"))
    assert asked(taken_back(before, after, now)) == ["lit", "greeted", "warmth", "smiled", "queue", "arrived"]


def test_a_question_that_somebody_worded_since_is_not_taken_away():
    before = journey()
    after = drafting.add_question(before, "greeting", yes_no("smiled"))
    with pytest.raises(Overtaken) as refused:
        taken_back(before, after, changed(after, "smiled", text={"en": "Did they smile?"}))
    assert refused.value.question == "smiled"


def test_a_touchpoint_in_which_somebody_asks_since_is_not_taken_away():
    before = journey()
    after = drafting.add_touchpoint(before, touchpoint("cafe"))
    with pytest.raises(Overtaken) as refused:
        taken_back(before, after, drafting.add_question(after, "cafe", yes_no("hot")))
    assert refused.value.touchpoint == "cafe"


def test_a_question_does_not_come_back_into_a_touchpoint_that_is_gone():
    before = journey()
    after = drafting.remove_question(before, "greeted")
    with pytest.raises(Overtaken) as refused:
        taken_back(before, after, drafting.remove_touchpoint(after, "greeting"))
    assert refused.value.touchpoint == "greeting"


def test_a_move_is_taken_back_unless_somebody_moved_the_same_since():
    before = document(
        touchpoint("one", yes_no("a"), yes_no("b"), yes_no("c")), touchpoint("two", choice("d"))
    )
    after = drafting.place_question(before, "a", "one", 2)
    elsewhere = drafting.place_question(after, "b", "two", 0)
    assert asked(taken_back(before, after, elsewhere)) == ["a", "c", "b", "d"]
    for now in (
        drafting.place_question(after, "a", "two", 0),
        drafting.place_question(after, "a", "one", 1),
        drafting.remove_question(after, "a"),
    ):
        with pytest.raises(Overtaken) as refused:
            taken_back(before, after, now)
        assert refused.value.question in {"a", "c"}


def test_a_touchpoint_that_somebody_moved_since_is_not_moved_back():
    before = document(touchpoint("one"), touchpoint("two"), touchpoint("three"))
    after = drafting.move_touchpoint(before, "three", -1)
    with pytest.raises(Overtaken) as refused:
        taken_back(before, after, drafting.move_touchpoint(after, "three", -1))
    assert refused.value.touchpoint in {"one", "three"}
    assert keys(taken_back(before, after, drafting.add_touchpoint(after, touchpoint("four")))) == [
        "one",
        "two",
        "three",
        "four",
    ]


def test_a_patch_says_what_it_does():
    before = journey()
    after = drafting.place_question(changed(before, "lit", points=3), "greeted", "till", 0)
    after = drafting.remove_question(drafting.add_touchpoint(after, touchpoint("cafe")), "arrived")
    found = {
        (change.sort.value, change.touchpoint, change.question, change.fields)
        for change in patches.between(before, after).changes
    }
    assert found == {
        ("changed", "signage", "lit", ("points",)),
        ("moved", "till", "greeted", ()),
        ("added", "cafe", None, ()),
        ("removed", "mail", "arrived", ()),
    }
