"""From answers to a scorecard: pure, exact, and in the order that the rules of scoring give.

The steps: conditions, which say what was asked; marks; a tally per touchpoint; criticals that zero a
touchpoint; clamping; the total by points or by weights; criticals that cap the total; lens indexes; verdict
and band.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from evaluations.document.answers import Answer
from evaluations.document.conditions import hidden
from evaluations.document.kinds import Finding, finding, fires, is_bonus, mark, worth
from evaluations.document.marks import NOT_COUNTED, Mark
from evaluations.document.tree import Document, Effect, Lens, Scoring, Touchpoint
from evaluations.scoring import bands
from evaluations.scoring.card import FiredCritical, LensScore, QuestionScore, Scorecard, TouchpointScore
from evaluations.scoring.marks import Tally, tally
from evaluations.scoring.writing import as_json, from_json

__all__ = ["Scorecard", "as_json", "from_json", "score"]

Answers = Mapping[str, Answer]
Marked = Mapping[str, tuple[Finding, Mark]]
Tallies = Mapping[str, Tally]


def score(document: Document, answers: Answers) -> Scorecard:
    """The scorecard of `answers` (by question key) to `document`.

    Answers to questions that the document does not have are not looked at; an answer that is
    not readable is blank.
    """
    scoring = document.scoring
    marked = _marked(document, answers)
    criticals = tuple(_criticals(document, answers, marked))
    tallies = {
        touchpoint.key: _tally(touchpoint, marked, scoring, criticals) for touchpoint in document.touchpoints
    }
    importances = _importances(document, tallies)
    total = _capped(_total(tallies, importances), criticals)
    failed = any(critical.effect is Effect.FAILS_VISIT for critical in criticals)
    questions = tuple(_questions(document, marked))
    return Scorecard(
        earned=sum((one.earned for one in tallies.values() if one.possible), Fraction(0)),
        possible=sum((one.possible for one in tallies.values()), Fraction(0)),
        score=total,
        verdict=bands.verdict(total, target=scoring.target, failed=failed),
        band=None if failed or total is None else bands.band(total, scoring.bands),
        target=scoring.target,
        by_weights=scoring.total == "weights",
        renormalised=_renormalised(document, tallies),
        not_observed=_not_observed(questions),
        due=sum(question.finding is Finding.DUE for question in questions),
        open_points=_open_points(document, marked),
        touchpoints=tuple(_touchpoints(document, tallies, importances, criticals, questions)),
        lenses=tuple(_lenses(document, marked)),
        questions=questions,
        criticals=criticals,
    )


def _marked(document: Document, answers: Answers) -> Marked:
    """What became of every question, by its key, and its mark; one that was not asked counts nothing."""
    gone = hidden(document, answers)
    blanks_count = document.scoring.blanks_count
    return {
        one.key: (Finding.HIDDEN, NOT_COUNTED)
        if one.key in gone
        else (
            finding(one, answers.get(one.key)),
            mark(one, answers.get(one.key), blanks_count=blanks_count),
        )
        for one in document.questions()
    }


def _criticals(document: Document, answers: Answers, marked: Marked) -> Iterable[FiredCritical]:
    for touchpoint in document.touchpoints:
        for question in touchpoint.questions:
            if question.critical is None or marked[question.key][0] is Finding.HIDDEN:
                continue
            if fires(question, answers.get(question.key)):
                yield FiredCritical(
                    touchpoint.key, question.key, question.critical.effect, question.critical.cap
                )


def _zeroed(touchpoint: Touchpoint, criticals: Iterable[FiredCritical]) -> bool:
    return any(
        critical.effect is Effect.ZEROES_TOUCHPOINT and critical.touchpoint == touchpoint.key
        for critical in criticals
    )


def _tally(
    touchpoint: Touchpoint, marked: Marked, scoring: Scoring, criticals: Iterable[FiredCritical]
) -> Tally:
    whole = tally(marked[question.key][1] for question in touchpoint.questions)
    if _zeroed(touchpoint, criticals):
        whole = Tally(Fraction(0), whole.possible)
    return whole.clamped(may_exceed=scoring.bonus_may_exceed)


def _importances(document: Document, tallies: Tallies) -> dict[str, Fraction]:
    """What each touchpoint that has a score weighs in the total: its weight, or its points."""
    by_weights = document.scoring.total == "weights"
    return {
        touchpoint.key: Fraction(touchpoint.weight) if by_weights else tallies[touchpoint.key].possible
        for touchpoint in document.touchpoints
        if tallies[touchpoint.key].possible
    }


def _total(tallies: Tallies, importances: Mapping[str, Fraction]) -> Fraction | None:
    whole = sum(importances.values(), Fraction(0))
    if not whole:
        return None
    parts = (weighs * (tallies[key].score or 0) for key, weighs in importances.items())
    return sum(parts, Fraction(0)) / whole


def _capped(total: Fraction | None, criticals: Iterable[FiredCritical]) -> Fraction | None:
    caps = [Fraction(critical.cap) / 100 for critical in criticals if critical.cap is not None]
    return None if total is None else min([total, *caps])


def _renormalised(document: Document, tallies: Tallies) -> bool:
    return document.scoring.total == "weights" and any(
        touchpoint.weight and not tallies[touchpoint.key].possible for touchpoint in document.touchpoints
    )


def _questions(document: Document, marked: Marked) -> Iterable[QuestionScore]:
    for touchpoint in document.touchpoints:
        for question in touchpoint.questions:
            found, worth_of_it = marked[question.key]
            yield QuestionScore(
                earned=worth_of_it.earned,
                possible=worth_of_it.possible,
                score=(Tally() + worth_of_it).score,
                key=question.key,
                touchpoint=touchpoint.key,
                finding=found,
                counted=worth_of_it.counted,
                failed=worth_of_it.failed,
                bonus=is_bonus(question),
            )


def _touchpoints(
    document: Document,
    tallies: Tallies,
    importances: Mapping[str, Fraction],
    criticals: Sequence[FiredCritical],
    questions: Sequence[QuestionScore],
) -> Iterable[TouchpointScore]:
    whole = sum(importances.values(), Fraction(0))
    for touchpoint in document.touchpoints:
        result = tallies[touchpoint.key]
        yield TouchpointScore(
            earned=result.earned,
            possible=result.possible,
            score=result.score,
            key=touchpoint.key,
            weight=Fraction(touchpoint.weight),
            share=importances.get(touchpoint.key, Fraction(0)) / whole if whole else Fraction(0),
            band=None if result.score is None else bands.band(result.score, document.scoring.bands),
            target=touchpoint.target,
            zeroed=_zeroed(touchpoint, criticals),
            not_observed=_not_observed(one for one in questions if one.touchpoint == touchpoint.key),
        )


def _lenses(document: Document, marked: Marked) -> Iterable[LensScore]:
    """One for each lens that a question carries, in the order of the lenses."""
    for lens in Lens:
        carrying = [question for question in document.questions() if lens in question.lenses]
        if carrying:
            result = tally(marked[question.key][1] for question in carrying if not is_bonus(question))
            yield LensScore(key=lens, earned=result.earned, possible=result.possible, score=result.score)


def _open_points(document: Document, marked: Marked) -> Fraction:
    due = (one for one in document.questions() if marked[one.key][0] is Finding.DUE)
    return sum((worth(question) for question in due), Fraction(0))


def _not_observed(questions: Iterable[QuestionScore]) -> int:
    return sum(question.finding is Finding.NOT_OBSERVED for question in questions)
