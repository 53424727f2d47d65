"""The relevance of a group is the condition of its touchpoint; what it cannot see is refused by name."""

import json
from collections.abc import Mapping

import pytest

from evaluations.designing.xlsform.findings import Finding
from evaluations.document.tree import All, Is, Not, WasAnswered
from tests.evaluations.designing.xlsform.forms import checklist, reading

GREETED = {"type": "select_one yn", "name": "greeted", "label": "Were you greeted?"}
WAITED = {"type": "integer", "name": "waited", "label": "How many minutes?"}
SAID = {"type": "text", "name": "said", "label": "What was said?"}


def refused(*rows: Mapping[str, str]) -> tuple[Finding, ...]:
    """The faults for which a form of these rows is refused."""
    found = reading(*rows)
    assert found.document is None
    return found.faults


def test_the_relevance_of_a_group_is_the_condition_of_its_touchpoint_and_that_within_it_of_the_question() -> (
    None
):
    document = checklist(
        GREETED,
        {"type": "begin group", "name": "all", "label": "All", "relevant": "${greeted} != ''"},
        {"type": "begin group", "name": "one", "label": "One", "relevant": "${greeted} = 'yes'"},
        {"type": "begin group", "name": "inner", "relevant": "${greeted} != 'no'"},
        WAITED,
        {"type": "end group"},
        SAID,
        {"type": "end group"},
        {"type": "end group"},
    )
    _door, one = document.touchpoints
    assert one.show_if == All(of=(WasAnswered(question="greeted"), Is(question="greeted", answer="yes")))
    waited, said = one.questions
    assert (waited.show_if, said.show_if) == (Not(of=Is(question="greeted", answer="no")), None)


def test_a_row_that_names_another_touchpoint_takes_the_relevance_of_its_group_along() -> None:
    document = checklist(
        GREETED,
        {"type": "begin group", "name": "one", "label": "One", "relevant": "${greeted} = 'yes'"},
        {**WAITED, "touchpoint": "Door"},
        {"type": "end group"},
    )
    waited = document.question("waited")
    assert waited is not None
    assert waited.show_if == Is(question="greeted", answer="yes")


def test_a_touchpoint_cannot_look_at_its_own_questions() -> None:
    [fault] = refused(
        {"type": "begin group", "name": "one", "label": "One", "relevant": "${greeted} = 'yes'"},
        GREETED,
        {"type": "end group"},
    )
    assert (fault.code, fault.row, fault.values["name"]) == ("expression_later_question", 3, "greeted")


@pytest.mark.parametrize(
    ("on", "code"), [("gone", "depends_on_none"), ("said", "depends_on_later"), ("greeted", "depends_on_own")]
)
def test_what_more_says_of_a_condition_is_refused_where_it_cannot_be_seen(on: str, code: str) -> None:
    more = {"show_if": {"test": "answered", "question": on}}
    [fault] = refused(
        {"type": "begin group", "name": "one", "label": "One", "more": json.dumps(more)},
        GREETED,
        {"type": "end group"},
        {**SAID, "touchpoint": "Last"},
    )
    assert (fault.code, fault.row, fault.values["name"]) == (code, 3, "One")


def test_a_condition_that_the_order_of_the_journey_turns_round_is_refused_by_name() -> None:
    [fault] = refused(
        {"type": "begin group", "name": "late", "label": "Late", "more": '{"phase": "after"}'},
        GREETED,
        {"type": "end group"},
        {"type": "begin group", "name": "early", "label": "Early", "more": '{"phase": "before"}'},
        {**SAID, "relevant": "${greeted} = 'yes'"},
        {"type": "end group"},
    )
    assert (fault.code, fault.row, fault.values["on"]) == ("depends_on_later", 7, GREETED["label"])
