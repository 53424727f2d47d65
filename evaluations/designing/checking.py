"""Checking: what stands in the way of publishing a document (errors), and what gives pause (warnings).

Problems are codes and values; the web edge words them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from evaluations.designing import pausing, reasoning, wordings
from evaluations.designing.depending import of_condition, of_touchpoint_condition
from evaluations.designing.estimating import minutes
from evaluations.designing.outline import possible_in, shares
from evaluations.designing.problems import Allowed, Problem, Severity, warning
from evaluations.designing.sense import of_marking, of_rules, words_for
from evaluations.designing.vocabulary import limits
from evaluations.designing.ways_out import without_way_out
from evaluations.document.tree import (
    AnyQuestion,
    Date,
    Document,
    Instruction,
    Kind,
    Language,
    Measured,
    Number,
    Option,
    Rating,
    SeveralChoices,
    ShortText,
    SingleChoice,
    Touchpoint,
    Wording,
)

__all__ = ["Problem", "Severity", "errors", "problems", "words_for"]


Outcomes = Mapping[tuple[str, str | None], str]


def problems(
    document: Document, given: Mapping[str, Kind] | None = None, allowed: Sequence[Allowed] = ()
) -> tuple[Problem, ...]:
    """Everything that is wrong with `document`, in journey order.

    `given` holds the kinds of the question keys that published versions have given away, and `allowed` how long visits
    may take in the programmes that use the checklist.
    """
    parts = shares(document)
    outcomes = reasoning.outcomes(document)
    called_again = _again(document, [touchpoint.name for touchpoint in document.touchpoints])
    return (
        *_of_the_whole(document),
        *too_long(document, allowed),
        *(
            problem
            for place, touchpoint in enumerate(document.touchpoints, 1)
            for problem in (
                *_of_name(touchpoint, called_again.get(place)),
                *_of_touchpoint(document, touchpoint, parts, outcomes),
            )
        ),
        *_of_keys(document, given or {}),
    )


def errors(document: Document, given: Mapping[str, Kind] | None = None) -> tuple[Problem, ...]:
    """Those of its problems that stand in the way of publishing."""
    return tuple(problem for problem in problems(document, given) if problem.blocks)


def too_long(document: Document, allowed: Sequence[Allowed]) -> tuple[Problem, ...]:
    """The programmes in which a visit would take longer than it may."""
    needed = minutes(document) if allowed else 0
    return tuple(
        warning("takes_too_long", minutes=needed, limit=each.minutes, programme=each.programme)
        for each in allowed
        if needed > each.minutes
    )


def _of_the_whole(document: Document) -> Iterator[Problem]:
    for language in _missing(document, document.title, needed=True):
        yield Problem("title_missing", values={"language": language})
    for language in _missing(document, document.briefing, needed=False):
        yield Problem("briefing_missing", values={"language": language})
    if not any(document.briefing.values()):
        yield warning("no_briefing")
    if not document.touchpoints:
        yield Problem("no_touchpoints")
        return
    if not any(possible_in(touchpoint) for touchpoint in document.touchpoints):
        yield Problem("nothing_scored")
    elif document.scoring.total == "weights" and not any(
        touchpoint.weight for touchpoint in document.touchpoints if possible_in(touchpoint)
    ):
        yield Problem("weights_all_zero")
    count = sum(not isinstance(question, Instruction) for question in document.questions())
    if count > limits().most_questions:
        yield warning("too_many_questions", count=count, limit=limits().most_questions)


def _of_name(touchpoint: Touchpoint, first: int | None) -> Iterator[Problem]:
    """Whether a touchpoint at the place `first` of the journey has its name already."""
    if first is not None:
        yield warning("touchpoint_twice", touchpoint.key, first=first)


def _of_touchpoint(
    document: Document,
    touchpoint: Touchpoint,
    parts: Mapping[str, Fraction | None],
    outcomes: Outcomes,
) -> Iterator[Problem]:
    key = touchpoint.key
    for language in _missing(document, touchpoint.name, needed=True):
        yield Problem("name_missing", key, values={"language": language})
    for language in _missing(document, touchpoint.guidance, needed=False):
        yield Problem("guidance_missing", key, values={"language": language})
    faults = tuple(of_touchpoint_condition(document, touchpoint))
    yield from faults or _of_outcome(outcomes, key)
    if not touchpoint.questions:
        yield Problem("touchpoint_empty", key)
        return
    if document.scoring.total == "weights" and touchpoint.weight and not possible_in(touchpoint):
        yield warning("weight_without_score", key)
    if any(parts.values()):
        yield from pausing.in_touchpoint(document, touchpoint, parts)
    yield from _of_repetition(document, touchpoint)
    stuck = without_way_out(touchpoint, document.languages)
    for question in touchpoint.questions:
        yield from _of_wordings(document, touchpoint, question)
        yield from of_rules(touchpoint, question)
        yield from of_marking(touchpoint, question)
        yield from _of_measuring(document, touchpoint, question, question.key in stuck)
        faults = tuple(of_condition(document, touchpoint, question))
        yield from faults or _of_outcome(outcomes, touchpoint.key, question.key)


def _of_measuring(
    document: Document, touchpoint: Touchpoint, question: AnyQuestion, is_stuck: bool
) -> Iterator[Problem]:
    here = (touchpoint.key, question.key)
    if is_stuck:
        yield warning("no_way_out", *here)
    for code, values in pausing.in_question(question, document.languages):
        yield warning(code, *here, **values)


def _of_outcome(outcomes: Outcomes, touchpoint: str, question: str | None = None) -> Iterator[Problem]:
    """Whether a condition makes no difference, whose tests are sound one by one."""
    outcome = outcomes.get((touchpoint, question))
    if outcome:
        severity = Severity.ERROR if outcome == reasoning.NEVER else Severity.WARNING
        yield Problem(outcome, touchpoint, question, severity=severity)


def _of_wordings(document: Document, touchpoint: Touchpoint, question: AnyQuestion) -> Iterator[Problem]:
    here = (touchpoint.key, question.key)
    for language in _missing(document, question.text, needed=True):
        yield Problem("text_missing", *here, {"language": language})
    for code, wording, needed in _besides_the_text(question):
        for language in _missing(document, wording, needed=needed):
            yield Problem(code, *here, {"language": language})
    for place, picture in enumerate(question.pictures, 1):
        for language in _missing(document, picture.caption, needed=False):
            yield Problem("caption_missing", *here, {"language": language, "place": place})
    if isinstance(question, SingleChoice | SeveralChoices):
        yield from _of_option_wordings(document, here, question.options)
    for code in dict.fromkeys(
        code
        for language in document.languages
        for code in wordings.findings(question, language, is_met=touchpoint.show_if is None)
    ):
        yield warning(code, *here)


def _besides_the_text(question: AnyQuestion) -> Iterator[tuple[str, Wording, bool]]:
    """The other wordings of a question: the code where one is missing, and whether it must be there."""
    yield "help_missing", question.help, False
    if isinstance(question, Rating):
        ends = (question.lo_text, question.hi_text)
        for end in ends:
            yield "end_missing", end, any(any(each.values()) for each in ends)
    if isinstance(question, Number):
        yield "unit_missing", question.unit, False
    if isinstance(question, Measured | ShortText | Date):
        yield "constraint_message_missing", question.constraint_message, False


def _of_option_wordings(
    document: Document, here: tuple[str, str], options: Sequence[Option]
) -> Iterator[Problem]:
    for place, option in enumerate(options, 1):
        if option.retired:
            continue
        for language in _missing(document, option.text, needed=True):
            yield Problem("option_missing", *here, {"language": language, "place": place})
    for language in document.languages:
        for place, first in _repeated(
            [{} if option.retired else option.text for option in options], language
        ):
            yield Problem("option_twice", *here, {"language": language, "place": place, "first": first})


def _of_repetition(document: Document, touchpoint: Touchpoint) -> Iterator[Problem]:
    """Questions that ask what one before them in the touchpoint asks, in any language."""
    again = _again(document, [question.text for question in touchpoint.questions])
    for place, first in sorted(again.items()):
        yield warning("question_twice", touchpoint.key, touchpoint.questions[place - 1].key, first=first)


def _again(document: Document, wordings: Sequence[Wording]) -> Mapping[int, int]:
    """The places, counted from 1, that say in any language what stood before, each with where it stood first."""
    return {place: first for language in document.languages for place, first in _repeated(wordings, language)}


def _repeated(wordings: Sequence[Wording], language: Language) -> Iterator[tuple[int, int]]:
    """The places, counted from 1, whose words stood before, each with the place where they stood first."""
    places: dict[str, int] = {}
    for place, wording in enumerate(wordings, 1):
        words = " ".join(wording.get(language, "").split()).casefold()
        if words and places.setdefault(words, place) != place:
            yield place, places[words]


def _of_keys(document: Document, given: Mapping[str, Kind]) -> Iterator[Problem]:
    for touchpoint in document.touchpoints:
        for question in touchpoint.questions:
            before = given.get(question.key, question.kind)
            if before is not question.kind:
                yield Problem("kind_changed", touchpoint.key, question.key, {"before": before})


def _missing(document: Document, wording: Wording, *, needed: bool) -> tuple[str, ...]:
    """The languages in which `wording` is empty; one that is empty in all of them must be `needed`."""
    missing = tuple(language for language in document.languages if not wording.get(language, "").strip())
    return missing if needed or len(missing) < len(document.languages) else ()
