"""What was taken from the own library remembers its version, and is brought to the newest one when it is wanted."""

import pytest

from evaluations.designing import drafting, files, renewing
from evaluations.designing.comparing import differences
from evaluations.designing.own_touchpoints import entry_from
from evaluations.document import canonical
from evaluations.document.tree import Is, Origin
from evaluations.errors import Conflict, NotFound
from tests.evaluations.designing.documents import document, journey, rating, touchpoint, yes_no

OWN = "0198f3a0-0000-7000-8000-000000000001"
OTHER = "0198f3a0-0000-7000-8000-000000000002"
ENTRY = entry_from(touchpoint("greeting", yes_no("greeted"), rating("warmth")))


def placed_in(doc, entry=ENTRY, version=1):
    """`doc` with `entry` taken as that version of the own touchpoint."""
    used = {one.key for one in doc.questions()} | {one.key for one in doc.touchpoints}
    return drafting.add_touchpoint(doc, renewing.taken(entry, OWN, version, used=used))


def with_questions(*questions):
    return ENTRY.model_copy(update={"questions": questions})


def asked(doc, key="greeting"):
    return [(one.key, one.text["en"]) for one in drafting.touchpoint_of(doc, key).questions]


def test_a_touchpoint_and_its_questions_remember_what_they_were_taken_from():
    here = placed_in(journey()).touchpoints[-2]
    assert (here.key, here.origin) == ("greeting_2", Origin(id=OWN, version=1))
    assert [one.origin.key for one in here.questions] == ["greeted", "warmth"]
    assert [one.key for one in here.questions] == ["greeted_2", "warmth_2"]


def test_renewing_rewords_under_the_keys_that_the_checklist_has():
    doc = placed_in(journey())
    newer = with_questions(yes_no("greeted", text={"en": "Did anybody greet you?"}), rating("warmth"))
    after = renewing.renewed(doc, "greeting_2", newer, 2)
    assert asked(after, "greeting_2") == [
        ("greeted_2", "Did anybody greet you?"),
        ("warmth_2", "How was the warmth?"),
    ]
    assert asked(after) == asked(doc)
    assert drafting.touchpoint_of(after, "greeting_2").origin.version == 2


def test_renewing_adds_what_is_new_and_removes_what_is_gone_and_keeps_what_the_checklist_added():
    doc = placed_in(document())
    doc = drafting.add_question(doc, "greeting", yes_no("smiled"))
    after = renewing.renewed(doc, "greeting", with_questions(yes_no("named"), yes_no("greeted")), 2)
    assert [key for key, _text in asked(after)] == ["named", "greeted", "smiled"]


def test_a_question_of_another_kind_is_a_new_one_under_a_new_key():
    doc = placed_in(document())
    after = renewing.renewed(
        doc, "greeting", with_questions(rating("greeted"), rating("warmth")), 2, used={"greeted_2"}
    )
    assert [key for key, _text in asked(after)] == ["greeted_3", "warmth"]
    assert after.question("greeted_3").kind is rating("any").kind


def test_what_belongs_to_the_checklist_stays():
    doc = drafting.change_touchpoint(placed_in(journey()), "greeting_2", weight=7, target=80)
    condition = Is(question="lit", answer="yes")
    doc = drafting.change_question(doc, doc.question("warmth_2").model_copy(update={"show_if": condition}))
    after = renewing.renewed(doc, "greeting_2", ENTRY, 2)
    here = drafting.touchpoint_of(after, "greeting_2")
    assert (here.weight, here.target, here.phase) == (7, 80, doc.touchpoints[-2].phase)
    assert after.question("warmth_2").show_if == condition


def test_a_condition_within_it_looks_at_the_checklists_own_keys():
    doc = placed_in(journey())
    depends = rating("warmth", show_if=Is(question="greeted", answer="yes"))
    after = renewing.renewed(doc, "greeting_2", with_questions(yes_no("greeted"), depends), 2)
    assert after.question("warmth_2").show_if == Is(question="greeted_2", answer="yes")


def test_a_copy_of_a_taken_question_is_the_checklists_own():
    doc, copy = drafting.copy_question(placed_in(document()), "greeted")
    after = renewing.renewed(doc, "greeting", ENTRY, 2)
    assert [key for key, _text in asked(after)] == ["greeted", "warmth", copy.key]


def test_an_own_question_is_placed_under_a_free_key_and_renewed_under_it():
    doc = journey()
    question = renewing.taken_question(doc, yes_no("greeted"), OTHER, 1, used={"greeted_2"})
    assert question.key == "greeted_3"
    doc = drafting.add_question(doc, "till", question)
    after = renewing.renewed_question(doc, "greeted_3", yes_no("greeted", text={"en": "Greeted?"}), 4)
    assert after.question("greeted_3").text == {"en": "Greeted?"}
    assert after.question("greeted_3").origin == Origin(id=OTHER, version=4)
    with pytest.raises(Conflict) as refused:
        renewing.renewed_question(doc, "greeted_3", rating("greeted"), 4)
    assert refused.value.code == "kind_is_fixed"


@pytest.mark.parametrize("key", ["till", "missing"])
def test_what_was_not_taken_from_the_library_is_not_renewed(key):
    with pytest.raises(NotFound):
        renewing.renewed(journey(), key, ENTRY, 2)
    with pytest.raises(NotFound):
        renewing.renewed_question(journey(), "queue" if key == "till" else key, yes_no("queue"), 2)


def test_where_something_is_from_is_no_difference_between_versions_and_no_part_of_older_hashes():
    plain = drafting.add_touchpoint(document(), touchpoint("greeting", yes_no("greeted"), rating("warmth")))
    assert differences(plain, placed_in(document())) == ()
    assert "origin" not in canonical.write(plain)


@pytest.mark.parametrize("ending", [".json", ".xlsx"])
def test_a_file_keeps_what_was_taken_from_where(ending):
    doc = drafting.add_question(
        placed_in(journey()),
        "till",
        renewing.taken_question(journey(), yes_no("paid"), OTHER, 3, used=()),
    )
    body = files.as_json(doc) if ending == ".json" else files.as_workbook(doc, name="Spring", version=1)
    assert files.read(body, f"spring{ending}", language="en").document == doc
