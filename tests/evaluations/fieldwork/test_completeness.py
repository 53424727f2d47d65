"""What is missing, held to the vectors that the phone's twin is held to as well."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from evaluations.document.answers import Answer, answered
from evaluations.document.tree import AnyQuestion, Document, Is, Kind, Touchpoint, YesNo
from evaluations.fieldwork.completeness import Missing, MissingCode, missing

FILE = json.loads((Path(__file__).parents[2] / "vectors" / "completeness.json").read_text())
QUESTIONS: dict[str, AnyQuestion] = {
    raw["key"]: TypeAdapter(AnyQuestion).validate_python(raw) for raw in FILE["questions"]
}


def a_document(placed: dict[str, list[str]]) -> Document:
    return Document(
        touchpoints=tuple(
            Touchpoint(key=key, questions=tuple(QUESTIONS[each] for each in keys))
            for key, keys in placed.items()
        )
    )


@pytest.mark.parametrize("vector", FILE["vectors"], ids=lambda vector: vector["says"])
def test_what_is_missing_is_what_the_vector_says(vector: dict[str, Any]) -> None:
    answers = {key: Answer.model_validate(raw) for key, raw in vector["answers"].items()}
    found = missing(a_document(vector["touchpoints"]), answers, vector["comments"], vector["photos"])
    assert found == tuple(
        Missing(touchpoint, question, MissingCode(code), needed, have)
        for touchpoint, question, code, needed, have in vector["missing"]
    )


def test_the_questions_of_the_vectors_are_as_the_phone_gets_them() -> None:
    assert [question.model_dump(mode="json") for question in QUESTIONS.values()] == FILE["questions"]


def test_the_vectors_reach_every_kind_and_every_code() -> None:
    assert len(FILE["vectors"]) >= 60
    assert {question.kind for question in QUESTIONS.values()} == set(Kind)
    codes = {code for vector in FILE["vectors"] for _, _, code, _, _ in vector["missing"]}
    assert codes == set(MissingCode)


def test_an_explained_no_and_an_unexplained_one_differ_by_the_comment_alone() -> None:
    greeted = YesNo(key="greeted", explain_on=("no",))
    document = Document(touchpoints=(Touchpoint(key="greeting", questions=(greeted,)),))
    answers = {"greeted": answered("no")}
    assert missing(document, answers, {}, {}) == (
        Missing("greeting", "greeted", MissingCode.COMMENT, needed=1, have=0),
    )
    assert missing(document, answers, {"greeted": "Nobody looked up."}, {}) == ()


def test_nothing_is_missing_in_a_touchpoint_that_is_not_met() -> None:
    queue = Touchpoint(key="till", questions=(YesNo(key="queue"),))
    helping = Touchpoint(
        key="helping", show_if=Is(question="queue", answer="yes"), questions=(YesNo(key="helped"),)
    )
    document = Document(touchpoints=(queue, helping))
    assert missing(document, {"queue": answered("no")}, {}, {}) == ()
    [lack] = missing(document, {"queue": answered("yes")}, {}, {})
    assert (lack.touchpoint, lack.question) == ("helping", "helped")
