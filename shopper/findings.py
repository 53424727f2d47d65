"""How pages say what was found: answers, points, verdicts, bands and states, in the reader's language."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from babel.numbers import format_decimal
from flask import Flask

from evaluations.document.answers import Answer, AnswerState
from evaluations.document.kinds import Finding
from evaluations.document.tree import AnyQuestion, Document, Effect, Rating, SingleChoice, YesNo
from evaluations.models import Decision, EvaluationState, Outcome
from evaluations.scoring.card import FiredCritical
from shopper.filters import number, wording
from shopper.language import current_language
from shopper.language import gettext as _
from shopper.wordings import reviewing

CENT = Decimal("0.01")


def points(value: Fraction) -> str:
    """Points with at most two decimals, half up, as people write them."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return number(exact.quantize(CENT, ROUND_HALF_UP))


def answer_text(answer: Answer | None, question: AnyQuestion, document: Document) -> str:
    """The answer as a reader would say it; empty where there is none."""
    if answer is None:
        return ""
    if answer.state is AnswerState.NOT_APPLICABLE:
        return _("Not applicable")
    if answer.state is AnswerState.NOT_OBSERVED:
        return _("Did not observe")
    if isinstance(question, YesNo):
        return _("Yes") if answer.value == "yes" else _("No")
    if isinstance(question, SingleChoice):
        chosen = (option.text for option in question.options if option.key == answer.value)
        return wording(next(chosen, {}), document) or str(answer.value)
    if isinstance(question, Rating):
        return _rating(answer, question, document)
    return "" if answer.value is None else str(answer.value)


def _rating(answer: Answer, question: Rating, document: Document) -> str:
    ends = {str(question.lo): question.lo_text, str(question.hi): question.hi_text}
    figure = _("%(value)s of %(hi)s", value=answer.value, hi=question.hi)
    said = wording(ends.get(str(answer.value), {}), document)
    return f"{figure} · {said}" if said else figure


def answer_kind(finding: Finding) -> str:
    """A word for the answer's looks: what was found, or why nothing was."""
    return finding.value.replace("_", "-")


def critical_text(critical: FiredCritical) -> str:
    """What a critical answer did to the result, as a sentence."""
    if critical.effect is Effect.FAILS_VISIT:
        return _("Critical: this answer fails the whole visit.")
    if critical.effect is Effect.ZEROES_TOUCHPOINT:
        return _("Critical: this answer takes all points of its touchpoint.")
    cap = format_decimal(critical.cap, "0.##", locale=current_language())
    return _("Critical: this answer caps the total at %(cap)s %%.", cap=cap)


def verdict(word: str) -> str:
    """The name of a visit's verdict."""
    return str(reviewing.VERDICTS[word])


def band(word: str | None) -> str:
    """The name of a band; empty where there is none."""
    return "" if word is None else str(reviewing.BANDS[word])


def evaluation_state(state: str) -> str:
    """The name of an evaluation's state."""
    return str(reviewing.STATES[EvaluationState(state)])


def decision(word: str) -> str:
    """What an editor did, as one word."""
    return str(reviewing.DECISIONS[Decision(word)])


def outcome(word: str) -> str:
    """How a visit ended."""
    return str(reviewing.OUTCOMES[Outcome(word)])


def init_app(app: Flask) -> None:
    """Give the filters to the templates."""
    for function in (
        points,
        answer_text,
        answer_kind,
        critical_text,
        verdict,
        band,
        evaluation_state,
        decision,
        outcome,
    ):
        app.jinja_env.filters[function.__name__] = function
