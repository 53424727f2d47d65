"""Faults that keep a checklist from measuring are found, and sound questions are left in peace.

The cases in tests/vectors/findings.json were written from the faults of real questionnaires before there were rules.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluations.designing import checking
from evaluations.document.tree import Document

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "vectors" / "findings.json").read_text(encoding="utf-8")
)
CODES = sorted({case["finding"] for case in CASES})
WORDINGS = ("text", "help", "lo_text", "hi_text", "name", "guidance")


def said(part: dict[str, Any], language: str) -> dict[str, Any]:
    """`part` with its words in the language of the case."""
    return {name: {language: value} if name in WORDINGS else value for name, value in part.items()}


def an_option(raw: Any, place: int, language: str) -> dict[str, Any]:
    return {"key": f"o{place}"} | said(raw if isinstance(raw, dict) else {"text": raw}, language)


def a_question(raw: dict[str, Any], key: str, language: str) -> dict[str, Any]:
    whole = {"key": key} | said(raw, language)
    if "options" in whole:
        whole["options"] = [an_option(one, place, language) for place, one in enumerate(whole["options"], 1)]
    return whole


def a_touchpoint(raw: dict[str, Any], key: str, language: str) -> dict[str, Any]:
    asked = [a_question(one, f"{key}_{place}", language) for place, one in enumerate(raw["questions"], 1)]
    return {"key": key, "name": {language: "Here"}} | said(raw, language) | {"questions": asked}


def a_document(case: dict[str, Any]) -> Document:
    """The checklist of a case, with a touchpoint that scores beside the one that it is about."""
    language = case["language"]
    parts = case.get("touchpoints")
    if parts is None:
        other = {"key": "other", "questions": [{"text": "Was it open?", "kind": "yes_no", "points": "10"}]}
        parts = [other, case.get("touchpoint", {}) | {"questions": case["questions"]}]
    whole = {"title": {language: "Spring"}, "languages": [language], "briefing": {language: "Come."}}
    touchpoints = [a_touchpoint(part, f"place_{n}", language) for n, part in enumerate(parts)]
    return Document.model_validate(whole | {"touchpoints": touchpoints} | case.get("document", {}))


def finds(case: dict[str, Any]) -> bool:
    """Whether what a case is about is found in it."""
    return any(problem.code == case["finding"] for problem in checking.problems(a_document(case)))


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("code", CODES)
def test_a_fault_is_found_where_it_is_and_nowhere_else(code: str, language: str) -> None:
    cases = [case for case in CASES if (case["finding"], case["language"]) == (code, language)]
    assert {case["faulty"] for case in cases} == {True, False}
    assert [(case["says"], case["faulty"]) for case in cases if finds(case) is not case["faulty"]] == []
