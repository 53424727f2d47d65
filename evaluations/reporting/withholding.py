"""What a client gets of a checklist, its scorecard and what was found: the one place that every page and file asks.

Internal questions are no part of it, nor what the editor hid or blurred, nor what the client's brand does not show.
The figures stay as they were stored: what an internal question earned is in them, as its points say.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from evaluations.document.kinds import Finding, worth
from evaluations.document.tree import Document, Instruction, Touchpoint
from evaluations.queries import withheld
from evaluations.queries.capture import Contents
from evaluations.queries.withheld import Withheld
from evaluations.reporting.branding import Shows
from evaluations.scoring.card import Scorecard


def document(whole: Document) -> Document:
    """`whole` without its internal questions, and without touchpoints that hold nothing else and no points."""
    return whole.model_copy(
        update={
            "touchpoints": tuple(
                touchpoint.model_copy(update={"questions": _shown(touchpoint)})
                for touchpoint in whole.touchpoints
                if not _is_internal(touchpoint)
            )
        }
    )


def scorecard(card: Scorecard, shown: Document) -> Scorecard:
    """`card` without the questions that `shown`, the client's document, does not have."""
    known = {question.key: question for question in shown.questions()}
    touchpoints = {touchpoint.key for touchpoint in shown.touchpoints}
    questions = tuple(one for one in card.questions if one.key in known)
    due = [known[one.key] for one in questions if one.finding is Finding.DUE]
    return replace(
        card,
        questions=questions,
        criticals=tuple(one for one in card.criticals if one.question in known),
        touchpoints=tuple(one for one in card.touchpoints if one.key in touchpoints),
        not_observed=sum(one.finding is Finding.NOT_OBSERVED for one in questions),
        due=len(due),
        open_points=sum((worth(question) for question in due), Fraction(0)),
    )


def contents(found: Contents, kept: Withheld, shows: Shows) -> Contents:
    """What was found as the client gets it: without what is `kept` of it, and only what the brand `shows`.

    For one evaluation `kept` is `withheld.of(session, evaluation.id)`, for many `withheld.of_many`.
    """
    left = withheld.without(found, kept)
    if not shows.comments:
        left = replace(left, comments={})
    if not shows.photos:
        counts = {key: sum(one.held for one in placed) for key, placed in found.photos.items()}
        left = replace(left, photos={}, photos_kept={key: count for key, count in counts.items() if count})
    return left


def _shown(touchpoint: Touchpoint) -> tuple[object, ...]:
    return tuple(question for question in touchpoint.questions if not question.internal)


def _is_internal(touchpoint: Touchpoint) -> bool:
    asked = [question for question in touchpoint.questions if not isinstance(question, Instruction)]
    return bool(asked) and all(question.internal and not worth(question) for question in asked)
