"""Which questions are hidden, held to the vectors that the phone's twin is held to as well."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter, ValidationError

from evaluations.document.answers import Answer
from evaluations.document.conditions import hidden
from evaluations.document.tree import AnyQuestion, Document, Is, Not, Touchpoint, YesNo
from evaluations.document.tree.condition import leaves_of, renamed
from tests.vectors import conditions as rule

FILE = json.loads(rule.FILE.read_text(encoding="utf-8"))
QUESTIONS = {one["key"]: one for one in FILE["questions"]}
READ = TypeAdapter(AnyQuestion)
IF_A = Is(question="a", answer="yes")


def asking(touchpoints: list[tuple[object, list[tuple[str, object]]]]) -> Document:
    """A document of these touchpoints, each with its condition and its questions with theirs."""
    made = [
        {
            "key": f"here_{place}",
            "questions": [QUESTIONS[key] | only_if(condition) for key, condition in journey],
        }
        | only_if(of_all)
        for place, (of_all, journey) in enumerate(touchpoints)
    ]
    return Document.model_validate_json(json.dumps({"touchpoints": made}))


def only_if(condition: object) -> dict[str, object]:
    return {} if condition is None else {"show_if": condition}


def read(raw: object) -> Answer | None:
    """An answer as far as it has an answer's shape: the rest never comes this far."""
    try:
        return Answer.model_validate(raw)
    except ValidationError:
        return None


@pytest.mark.parametrize("vector", FILE["vectors"], ids=lambda vector: vector["says"])
def test_what_is_hidden(vector: dict[str, object]) -> None:
    read_answers = {key: read(raw) for key, raw in vector["answers"].items()}
    answers = {key: answer for key, answer in read_answers.items() if answer is not None}
    found = hidden(asking(vector.get("touchpoints") or [(None, vector["journey"])]), answers)
    assert sorted(found) == sorted(vector["hidden"])


def test_the_vectors_are_what_their_rule_makes() -> None:
    assert rule.text() == rule.FILE.read_text(encoding="utf-8")
    assert len(FILE["vectors"]) >= 200


def test_the_questions_of_the_vectors_are_as_the_phone_gets_them() -> None:
    for question in FILE["questions"]:
        assert READ.validate_json(json.dumps(question)).model_dump(mode="json") == question


def test_a_question_without_a_condition_is_written_as_before_there_were_any() -> None:
    assert "show_if" not in YesNo(key="a").model_dump(mode="json")
    assert "show_if" in YesNo(key="a", show_if=IF_A).model_dump(mode="json")


def test_a_touchpoint_without_a_condition_is_written_as_before_there_were_any() -> None:
    assert "show_if" not in Touchpoint(key="a").model_dump(mode="json")
    assert Touchpoint(key="a", show_if=IF_A).model_dump(mode="json")["show_if"] == IF_A.model_dump(
        mode="json"
    )


def test_a_condition_that_is_too_deep_or_has_too_many_tests_is_refused() -> None:
    with pytest.raises(ValidationError, match="levels deep"):
        YesNo(key="b", show_if=Not(of=Not(of=Not(of=Not(of=IF_A)))))
    many = {"test": "any", "of": [{"test": "all", "of": [IF_A.model_dump()] * 7}] * 3}
    with pytest.raises(ValidationError, match="at most 20 tests"):
        READ.validate_python({"key": "b", "kind": "yes_no", "show_if": many})
    with pytest.raises(ValidationError, match="at most 20 tests"):
        Touchpoint.model_validate({"key": "b", "show_if": many})


def test_questions_under_new_keys_are_found_in_conditions_under_these() -> None:
    raw = {"test": "any", "of": [{"test": "not", "of": IF_A.model_dump()}, {"test": "na", "question": "c"}]}
    condition = READ.validate_python({"key": "b", "kind": "yes_no", "show_if": raw}).show_if
    assert [test.question for test in leaves_of(renamed(condition, {"a": "a_2"}))] == ["a_2", "c"]
