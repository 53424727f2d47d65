"""Whether what a question says of its answers can be: rules on them, and how they are marked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from evaluations.designing.outline import possible_in, worth
from evaluations.designing.problems import Problem, warning
from evaluations.designing.reach import words_for
from evaluations.document.tree import (
    AnyQuestion,
    Choice,
    Critical,
    Effect,
    Measured,
    Scored,
    SeveralChoices,
    SingleChoice,
    Touchpoint,
)

__all__ = ["of_marking", "of_rules", "words_for"]

FEWEST_OPTIONS = 2
Here = tuple[str, str]
"""The keys of a touchpoint and of a question in it."""


def is_retired(question: AnyQuestion, answer: str) -> bool:
    """Whether `answer` is an option of `question` that is offered no more."""
    return isinstance(question, Choice) and any(
        option.key == answer and option.retired for option in question.options
    )


def of_rules(touchpoint: Touchpoint, question: AnyQuestion) -> Iterator[Problem]:
    """What is wrong with the answers that `question` wants explained, or on which it is critical."""
    here = (touchpoint.key, question.key)
    for answer in sorted(set(question.explain_on) - words_for(question)):
        code = "explains_retired_answer" if is_retired(question, answer) else "explains_unknown_answer"
        yield Problem(code, *here, {"answer": answer})
    for answer in sorted(set(question.photo_on) - words_for(question)):
        code = "photo_on_retired_answer" if is_retired(question, answer) else "photo_on_unknown_answer"
        yield Problem(code, *here, {"answer": answer})
    if question.photo_on and not question.photos_allowed:
        yield Problem("photo_demanded_not_allowed", *here)
    critical = question.critical
    if critical is None:
        return
    if question.internal:
        yield Problem("internal_is_critical", *here)
    if isinstance(question, Measured):
        yield from _of_critical_range(here, question, critical)
    else:
        yield from _of_critical_answers(here, question, critical)
    if critical.effect is Effect.ZEROES_TOUCHPOINT and not possible_in(touchpoint):
        yield Problem("zeroes_nothing", *here)


def _of_critical_range(here: Here, question: Measured, critical: Critical) -> Iterator[Problem]:
    if not critical.has_range:
        yield Problem("critical_needs_range", *here)
    elif _is_apart(critical.minimum, question.maximum) or _is_apart(question.minimum, critical.maximum):
        yield warning("critical_out_of_range", *here)


def _of_critical_answers(here: Here, question: AnyQuestion, critical: Critical) -> Iterator[Problem]:
    known = words_for(question)
    if not known:
        yield Problem("cannot_be_critical", *here)
        return
    if critical.has_range:
        yield Problem("critical_needs_answers", *here)
        return
    for answer in sorted(set(critical.on) - known):
        code = "critical_on_retired_answer" if is_retired(question, answer) else "critical_on_unknown_answer"
        yield Problem(code, *here, {"answer": answer})
    if isinstance(question, SingleChoice | SeveralChoices) and all(
        option.na for option in question.offered if option.key in critical.on
    ):
        yield warning("critical_never_fires", *here)


def of_marking(touchpoint: Touchpoint, question: AnyQuestion) -> Iterator[Problem]:
    """What is wrong with how the answers to `question` are marked."""
    here = (touchpoint.key, question.key)
    if isinstance(question, SingleChoice | SeveralChoices):
        yield from _of_options(here, question)
    if isinstance(question, Measured):
        yield from _of_bands(here, question)
    if isinstance(question, Scored) and question.bonus and worth(question) and not possible_in(touchpoint):
        yield warning("bonus_lost", *here)
    if question.internal and worth(question):
        yield warning("internal_earns_points", *here)


def _of_options(here: Here, question: SingleChoice | SeveralChoices) -> Iterator[Problem]:
    if len(question.offered) < FEWEST_OPTIONS:
        yield Problem("choice_too_short", *here, {"count": len(question.offered)})
    if isinstance(question, SeveralChoices):
        count = sum(not option.na for option in question.offered)
        if question.min_choices > count:
            yield Problem("more_choices_than_options", *here, {"least": question.min_choices, "count": count})


def _of_bands(here: Here, question: Measured) -> Iterator[Problem]:
    if not question.bands:
        return
    *lower, last = (band.up_to for band in question.bands)
    if last is not None:
        yield Problem("last_band_not_open", *here)
        lower.append(last)
    before: Decimal | None = None
    for place, border in enumerate(lower, start=1):
        if border is None or (before is not None and border <= before):
            yield Problem("bands_not_ascending", *here, {"place": place})
        before = border


def _is_apart(least: Decimal | None, most: Decimal | None) -> bool:
    """Whether what begins at `least` begins above what ends at `most`."""
    return least is not None and most is not None and least > most
