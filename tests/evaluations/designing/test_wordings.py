"""Faults in a question's words are found, and sound questions are left in peace.

The cases in tests/vectors/wordings.json were written from the faults of real questionnaires before there were rules.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluations.designing import wordings
from evaluations.designing.drafting import question_of
from evaluations.designing.library import library
from evaluations.document.tree import Kind, Language

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "vectors" / "wordings.json").read_text(encoding="utf-8")
)
CODES = sorted({code for case in CASES for code in case["faults"]})


def found(case: dict[str, Any]) -> set[str]:
    """What is found in the words of a case."""
    question = question_of(Kind(case["kind"]), key="one", text={case["language"]: case["text"]})
    return set(wordings.findings(question, case["language"]))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("code", CODES)
def test_a_fault_is_found_where_it_is_and_nowhere_else(code: str, language: Language) -> None:
    cases = [case for case in CASES if case["language"] == language]
    assert [case["text"] for case in cases if code in case["faults"] and code not in found(case)] == []
    assert [case["text"] for case in cases if code not in case["faults"] and code in found(case)] == []


def test_every_language_has_the_same_rules_and_every_rule_has_cases() -> None:
    assert [rule.code for rule in wordings.rules("en")] == [rule.code for rule in wordings.rules("es")]
    assert sorted(rule.code for rule in wordings.rules("en")) == CODES


def test_the_questions_of_the_library_are_left_in_peace() -> None:
    flagged = [
        (language, question.text[language], code)
        for entry in library()
        for question in entry.questions
        for language in ("en", "es")
        for code in wordings.findings(question, language)
    ]
    assert flagged == []


def test_a_text_without_end_is_looked_through_in_no_time() -> None:
    hostile = "and the " * 490 + "was it good, isn't it, " * 4
    assert "asks_two_things" in found({"language": "en", "kind": "yes_no", "text": hostile[:4000]})


def test_what_may_not_have_happened_is_asked_for_in_peace_where_it_may_not_apply() -> None:
    text = {"en": "Did the cashier apologise for the delay?"}
    asked = question_of(Kind.YES_NO, key="one", text=text)
    assert wordings.findings(asked, "en") == ("assumes",)
    assert wordings.findings(question_of(Kind.YES_NO, key="one", text=text, na_allowed=True), "en") == ()
