"""What a reader who reads no further must see of a visit: what went wrong, and what went well."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from evaluations.document.kinds import Finding
from evaluations.reporting.parts import QuestionPart, TouchpointPart

MOST_WRONG = 3
MOST_WELL = 2
MOST_FOUND = 3
HALF = Fraction(1, 2)


def went_wrong(touchpoints: Iterable[TouchpointPart]) -> tuple[QuestionPart, ...]:
    """At most three questions that failed, were critical or lost more than half of their points.

    Those that fired a critical come first; then those that cost the total most.
    """
    wrong = [
        (question.critical is None, -_lost(touchpoint, question), question)
        for touchpoint in touchpoints
        for question in touchpoint.questions
        if _is_wrong(question)
    ]
    return tuple(question for _, _, question in sorted(wrong, key=lambda each: each[:2])[:MOST_WRONG])


def went_well(touchpoints: Iterable[TouchpointPart]) -> tuple[QuestionPart, ...]:
    """At most two questions that earned all their points, of different touchpoints where that can be.

    Those with something to show for it, a comment or a photo, come first; then those that count most.
    """
    well = [
        (not _tells(question), -_worth(touchpoint, question), question)
        for touchpoint in touchpoints
        for question in touchpoint.questions
        if _is_well(question)
    ]
    ranked = [question for _, _, question in sorted(well, key=lambda each: each[:2])]
    firsts = list({question.score.touchpoint: question for question in reversed(ranked)}.values())
    first_of_touchpoint = [question for question in ranked if question in firsts]
    others = [question for question in ranked if question not in firsts]
    return tuple((first_of_touchpoint + others)[:MOST_WELL])


def was_found(
    touchpoints: Iterable[TouchpointPart], shown: Iterable[QuestionPart] = ()
) -> tuple[QuestionPart, ...]:
    """At most three questions with something to show, of different touchpoints; none of those `shown` already.

    Photos come first, then what was told at most length.
    """
    taken = [question.number for question in shown]
    telling = []
    for touchpoint in touchpoints:
        worth_showing = [
            question
            for question in touchpoint.questions
            if question.number not in taken and (_tells(question) or question.text)
        ]
        telling.extend(sorted(worth_showing, key=_by_evidence)[:1])
    return tuple(sorted(telling, key=_by_evidence)[:MOST_FOUND])


def _by_evidence(question: QuestionPart) -> tuple[bool, int]:
    return (not question.photos, -len(question.text or question.comment))


def _is_wrong(question: QuestionPart) -> bool:
    score = question.score
    if question.critical is not None or score.failed:
        return True
    return score.score is not None and score.score < HALF and not score.bonus


def _is_well(question: QuestionPart) -> bool:
    score = question.score
    is_whole = score.score is not None and score.score >= 1
    return is_whole and score.finding is Finding.ANSWERED and question.critical is None and not score.failed


def _tells(question: QuestionPart) -> bool:
    return bool(question.comment or question.photos)


def _lost(touchpoint: TouchpointPart, question: QuestionPart) -> Fraction:
    """The part of the total that the question cost."""
    return _part_of_total(touchpoint, question.score.possible - question.score.earned)


def _worth(touchpoint: TouchpointPart, question: QuestionPart) -> Fraction:
    return _part_of_total(touchpoint, question.score.earned)


def _part_of_total(touchpoint: TouchpointPart, points: Fraction) -> Fraction:
    score = touchpoint.score
    return points / score.possible * score.share if score.possible else Fraction(0)
