"""Scoring a document and a file of answers, as the command line does."""

from __future__ import annotations

import json
from typing import Any

from evaluations.document import canonical
from evaluations.document.answers import Answer
from evaluations.document.kinds import take_answer
from evaluations.document.tree import Document
from evaluations.errors import Invalid
from evaluations.scoring.scorecard import as_json, score


def score_files(document_text: str | bytes, answers_text: str | bytes) -> dict[str, Any]:
    """The scorecard, as `as_json` writes it, of a document's text and a text of answers.

    The answers are one JSON object, `{question key: {"state": ..., "value": ...}}`; a question
    that is not in it was left blank, and an answer outside of its constraint counts as blank.
    `Invalid` says what cannot be read, and at which question.
    """
    document = canonical.read(document_text)
    return as_json(score(document, read_answers(document, answers_text)))


def read_answers(document: Document, text: str | bytes) -> dict[str, Answer]:
    """The answers to `document` that `text` holds, by question key."""
    try:
        raw = json.loads(text, object_pairs_hook=_once_each)
    except (ValueError, RecursionError) as error:
        raise Invalid("answers_not_json", reason=str(error)) from error
    if not isinstance(raw, dict):
        raise Invalid("answers_not_an_object")
    return {key: _read(document, key, answer) for key, answer in raw.items()}


def _read(document: Document, key: str, raw: object) -> Answer:
    question = document.question(key)
    if question is None:
        raise Invalid("unknown_question", field=key, key=key)
    return take_answer(question, raw)


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object of `pairs`; JSON itself would silently let the last of two win."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise Invalid("answered_twice", field=key, key=key)
        found[key] = value
    return found
