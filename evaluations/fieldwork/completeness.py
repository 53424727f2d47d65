"""What is still missing before a visit can be handed in complete.

`static/js/field/completeness.js` says the same on the phone; tests/vectors/completeness.json
holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evaluations.document.answers import Answer
from evaluations.document.conditions import hidden
from evaluations.document.kinds import (
    Finding,
    breaks_constraint,
    demands_comment,
    demands_photo,
    finding,
    trimmed,
)
from evaluations.document.tree import AnyQuestion, Document, Narrative, Photo, Signature


class MissingCode(StrEnum):
    ANSWER = "answer_missing"
    COMMENT = "comment_missing"
    COMMENT_TOO_SHORT = "comment_too_short"
    PHOTOS = "photos_missing"
    TOO_SHORT = "text_too_short"
    CONSTRAINT = "constraint_broken"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing at one question.

    `needed` and `have` count answers, comments, photos, or characters of a text or a comment.
    """

    touchpoint: str
    question: str
    code: MissingCode
    needed: int
    have: int


def missing(
    document: Document,
    answers: Mapping[str, Answer],
    comments: Mapping[str, str],
    photo_counts: Mapping[str, int],
) -> tuple[Missing, ...]:
    """Everything that is missing, in journey order; each mapping is by question key.

    Follow-ups are left out: they are asked after the visit. So are questions whose condition does not hold.
    """
    gone = hidden(document, answers)
    return tuple(
        Missing(touchpoint.key, question.key, *lack)
        for touchpoint in document.touchpoints
        for question in touchpoint.questions
        if question.due_days is None and question.key not in gone
        for lack in _lacks(
            question,
            answers.get(question.key),
            comments.get(question.key, ""),
            photo_counts.get(question.key, 0),
        )
    )


Lack = tuple[MissingCode, int, int]


def _lacks(question: AnyQuestion, answer: Answer | None, comment: str, photos: int) -> Iterator[Lack]:
    if isinstance(question, Photo):
        yield from _photo_lacks(question, answer, photos)
        return
    if breaks_constraint(question, answer):
        yield MissingCode.CONSTRAINT, 1, 0
        return
    if isinstance(question, Signature) and photos:
        return
    if _is_open(question, answer):
        if question.required:
            yield MissingCode.ANSWER, 1, 0
        return
    if isinstance(question, Narrative) and answer and isinstance(answer.value, str):
        length = len(trimmed(answer.value))
        if length < question.min_length:
            yield MissingCode.TOO_SHORT, question.min_length, length
    if demands_comment(question, answer):
        yield from _comment_lacks(question, len(trimmed(comment)))
    if demands_photo(question, answer) and not photos:
        yield MissingCode.PHOTOS, 1, 0


def _comment_lacks(question: AnyQuestion, length: int) -> Iterator[Lack]:
    if not length:
        yield MissingCode.COMMENT, 1, 0
    elif length < question.explain_min:
        yield MissingCode.COMMENT_TOO_SHORT, question.explain_min, length


def _is_open(question: AnyQuestion, answer: Answer | None) -> bool:
    """Whether nothing was found; an answer without its picture signs nothing."""
    found = finding(question, answer)
    return found is Finding.BLANK or (isinstance(question, Signature) and found is Finding.ANSWERED)


def _photo_lacks(question: Photo, answer: Answer | None, photos: int) -> Iterator[Lack]:
    if finding(question, answer) in (Finding.NOT_APPLICABLE, Finding.NOT_OBSERVED):
        return
    if photos < question.min_count and (photos or question.required):
        yield MissingCode.PHOTOS, question.min_count, photos
