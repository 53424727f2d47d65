"""A change is read by its form; what cannot be read says why."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.document.canonical import canonical_json
from evaluations.errors import Invalid
from evaluations.fieldwork import incoming
from evaluations.models import INSTALLATION
from tests.phones import Phone

EID = uuid4()
VID = "0" * 64


def a_change(**given: Any) -> dict[str, Any]:
    return Phone(EID, VID).answers("greeted", "yes") | given


def refusal(raw: object) -> str:
    with pytest.raises(Invalid) as refused:
        incoming.read(raw, evaluation=EID)
    return refused.value.code


@pytest.mark.parametrize(
    "odd",
    [
        {"id": "no-uuid"},
        {"id": str(uuid4()).upper()},
        {"seq": 0},
        {"seq": 2**31},
        {"seq": 1.0},
        {"seq": "1"},
        {"seq": True},
        {"base": "none"},
        {"base": ["no-uuid"]},
        {"base": [str(uuid4()) for _ in range(201)]},
        {"did": str(INSTALLATION)},
        {"vid": "short"},
        {"wall_ms": -1},
        {"wall_ms": 10**20},
        {"wall_ms": 1.5},
        {"tz_min": 3000},
        {"kind": "answer.guess"},
        {"kind": ["answer.set"]},
        {"register": "comment:greeted"},
        {"register": "answer:Greeted"},
        {"register": "answer:" + "a" * 41},
        {"register": "answer:greeted\n"},
        {"value": None},
        {"value": "yes"},
        {"value": {"state": "perhaps"}},
        {"value": {"state": "na", "value": "yes"}},
        {"value": {"state": "answered", "value": 1.5}},
        {"value": {"state": "answered", "value": True}},
        {"value": {"state": "answered", "value": "x" * 20_001}},
        {"surprise": 1},
    ],
)
def test_a_change_of_odd_form_is_unreadable(odd):
    assert refusal(a_change(**odd)) == "bad_change"


@pytest.mark.parametrize("raw", [None, 1, "change", [], {}, [a_change()]])
def test_what_is_no_change_at_all_is_unreadable(raw):
    assert refusal(raw) == "bad_change"


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "a\x7fb", "half a pair: \ud83d"])
def test_control_characters_and_lone_surrogates_are_unreadable(text):
    assert refusal(a_change(value={"state": "answered", "value": text})) == "unfit_text"
    assert refusal(a_change(register=text)) == "unfit_text"
    assert refusal(a_change() | {text: 1}) == "unfit_text"


def test_a_change_of_another_evaluation_is_unreadable():
    assert refusal(a_change(eid=str(uuid4()))) == "other_evaluation"


def test_a_photo_is_written_under_its_own_register_only():
    phone = Phone(EID, VID)
    attach = phone.attaches(b"bytes", "window")
    assert refusal(attach | {"register": f"photo:{uuid4()}"}) == "bad_change"


@pytest.mark.parametrize(
    "place",
    [
        {"lat": "91", "lon": "0"},
        {"lat": "0", "lon": "181"},
        {"lat": "0"},
        {"lat": 1.5, "lon": 2.5},
        {"lat": "1e3", "lon": "0"},
    ],
)
def test_there_is_no_such_place(place):
    assert refusal(Phone(EID, VID).checks_in(place=place)) == "bad_change"


@pytest.mark.parametrize(
    "odd",
    [
        {"value": None},
        {"value": {}},
        {"value": {"started_ms": "noon", "seconds": "95"}},
        {"value": {"started_ms": 1, "seconds": 95}},
        {"value": {"started_ms": 1, "seconds": "95.25"}},
        {"value": {"started_ms": 1, "seconds": "-1"}},
        {"value": {"started_ms": 1, "seconds": "1e3"}},
        {"value": {"started_ms": 1, "seconds": "95", "measured": "95"}},
        {"kind": "timer.start"},
        {"kind": "timer.pause"},
        {"register": "answer:wait"},
    ],
)
def test_a_timer_of_odd_form_is_unreadable(odd):
    assert refusal(Phone(EID, VID).stops_timer("wait", "95") | odd) == "bad_change"


@pytest.mark.parametrize(
    "odd", [{"half": "left"}, {"seconds": "1e3"}, {"question": "Wait"}, {"started_ms": -1}, {"more": 1}]
)
def test_a_blind_timer_of_odd_form_is_unreadable(odd):
    assert refusal(Phone(EID, VID).watches(str(uuid4()), **({"seconds": "95"} | odd))) == "bad_change"


def test_every_kind_of_change_is_read():
    phone = Phone(EID, VID)
    kinds = [
        phone.answers("greeted", "yes"),
        phone.answers("warmth", 4),
        phone.change("answer.set", "answer:queue", {"state": "na"}),
        phone.change("answer.set", "answer:till", {"state": "not_observed", "value": None}),
        phone.clears("greeted"),
        phone.comments("greeted", "A smile.\r\n\tAnd a nod. 🙂"),
        photo := phone.attaches(b"bytes", "window"),
        phone.attaches(b"more", None),
        phone.detaches(photo["value"]["photo"]["id"]),
        phone.starts_timer("wait"),
        phone.stops_timer("wait", "95.3"),
        phone.corrects_timer("wait", "80", "95.3"),
        phone.watches(str(uuid4())),
        phone.watches(str(uuid4()), "95.3", question="wait", doubtful=True),
        phone.checks_in(),
        phone.checks_in(place=None),
        phone.checks_in(place={"denied": True}),
        phone.checks_out(),
        phone.ends("closed_store", "Shutters down."),
    ]
    for kind in kinds:
        assert incoming.read(kind, evaluation=EID).body == canonical_json(kind)


def test_the_same_change_with_its_parts_in_another_order_is_the_same():
    change = a_change()
    turned = dict(reversed(change.items()))
    assert incoming.read(turned, evaluation=EID) == incoming.read(change, evaluation=EID)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_no_json_at_all_does_more_than_be_refused(raw):
    assert refusal(raw) in ("bad_change", "unfit_text")
    incoming.id_of(raw)


@given(st.sampled_from(sorted(a_change())), JSON)
def test_one_odd_part_does_no_more_than_be_refused(part, raw):
    assert code_of(a_change() | {part: raw}) in (None, "bad_change", "unfit_text", "other_evaluation")


def code_of(raw: object) -> str | None:
    try:
        incoming.read(raw, evaluation=EID)
    except Invalid as refused:
        return refused.code
    return None
