"""The one question of a visit that somebody should act on first."""

from __future__ import annotations

from fractions import Fraction

from evaluations.document.tree import Effect
from evaluations.scoring.card import QuestionScore, Scorecard

GRAVEST_FIRST = (Effect.FAILS_VISIT, Effect.ZEROES_TOUCHPOINT, Effect.CAPS_TOTAL)


def worst(card: Scorecard) -> QuestionScore | None:
    """The gravest critical that fired; else, failed ones first, the question that cost the total most.

    None where no question lost anything. Of those that are alike, the first of the journey.
    """
    marks = {one.key: one for one in card.questions}
    if card.criticals:
        first = min(card.criticals, key=lambda fired: GRAVEST_FIRST.index(fired.effect))
        return marks[first.question]
    costs = _costs(card)
    lost = [one for one in card.questions if one.counted and (costs[one.key] > 0 or one.failed)]
    return max(lost, key=lambda one: (one.failed, costs[one.key]), default=None)


def _costs(card: Scorecard) -> dict[str, Fraction]:
    """The part of the total that each question cost."""
    parts = {one.key: one.share / one.possible if one.possible else Fraction(0) for one in card.touchpoints}
    return {one.key: (one.possible - one.earned) * parts[one.touchpoint] for one in card.questions}
