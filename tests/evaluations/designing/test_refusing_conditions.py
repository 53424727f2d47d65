"""A condition that looks at what it cannot see comes in by no file, whatever else the checklist holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.designing import files
from evaluations.designing.checking import errors
from evaluations.designing.depending import MISPLACED, before_touchpoint, earlier
from evaluations.designing.xlsform import reading, writing
from evaluations.document.tree import Document, Is, Not, WasAnswered
from tests.evaluations.designing.documents import document, touchpoint, yes_no
from tests.evaluations.designing.xlsform.worded import worded_documents


def with_condition(whole: Document, place: int, number: int | None, on: str) -> Document:
    """`whole` with a condition on `on` at a touchpoint, or at one of its questions."""
    touchpoints = list(whole.touchpoints)
    condition = Not(of=WasAnswered(question=on))
    changed = {"show_if": condition}
    if number is not None:
        questions = list(touchpoints[place].questions)
        questions[number] = questions[number].model_copy(update=changed)
        changed = {"questions": tuple(questions)}
    touchpoints[place] = touchpoints[place].model_copy(update=changed)
    return whole.model_copy(update={"touchpoints": tuple(touchpoints)})


@settings(max_examples=40)
@given(st.data())
def test_a_condition_on_what_cannot_be_seen_is_refused_by_either_file_and_never_published(data):
    whole = data.draw(worded_documents())
    places = [(place, None) for place in range(len(whole.touchpoints))]
    places += [(n, m) for n, one in enumerate(whole.touchpoints) for m in range(len(one.questions))]
    place, number = data.draw(st.sampled_from(places))
    here = whole.touchpoints[place]
    before = (
        before_touchpoint(whole, here.key)
        if number is None
        else earlier(whole, here.questions[number].key, here.key)
    )
    unseen = [one.key for one in whole.questions() if one.key not in {seen.key for seen in before}]
    broken = with_condition(whole, place, number, data.draw(st.sampled_from([*unseen, "gone_for_good"])))
    faults = files.read(files.as_json(broken), "broken.json", language="en").faults
    assert {fault.code for fault in faults} <= MISPLACED
    assert faults
    assert errors(broken)
    found = reading.read(writing.sheets(broken, form_id="a", version="1"), title="?")
    assert (found.document, all(fault.row for fault in found.faults)) == (None, True)


def test_the_refusal_names_both():
    broken = document(
        touchpoint("door", yes_no("greeted"), show_if=Is(question="paid", answer="yes")),
        touchpoint(
            "till", yes_no("paid"), yes_no("quick", text={}, show_if=Is(question="gone", answer="yes"))
        ),
    )
    told = [
        (one.code, one.values) for one in files.read(files.as_json(broken), "a.json", language="en").faults
    ]
    assert told == [
        ("depends_on_later", {"name": "Door", "on": "Was it paid?"}),
        ("depends_on_none", {"name": "quick", "on": "gone"}),
    ]
