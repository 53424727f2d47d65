"""A scorecard as JSON and back: what is stored at approval and what `shopper score` prints.

Everywhere: `earned`, `possible`, `score`, `weight` and `share` are exact fractions as text
("41/50", "25"); `shown` is the percentage as read ("82.0"); `millionths` is the percentage
in millionths (82000000); the last two and `score` are null where there is no score.
Targets and caps are percentages as text ("80", "62.5") or null.

    {"format": 1,
     "verdict": "failed" | "not_scored" | "below_target" | "passed",
     "band": "good" | "fair" | "poor" | null,
     "total": "points" | "weights",
     "score", "shown", "millionths", "earned", "possible",
     "target", "cap": the lowest that fired,
     "renormalised": whether touchpoints without a score left their weight to the others,
     "not_observed": how many questions,
     "due": how many follow-ups are unanswered; with any, the card is provisional,
     "open": the points that they would add to what is possible,
     "touchpoints": [{"key", "score", "shown", "millionths", "earned", "possible", "band",
                      "target", "meets_target": true | false | null, "weight",
                      "share": its part of the total, "zeroed", "not_observed"}],
     "lenses": [{"key", "score", "shown", "millionths", "earned", "possible"}],
     "questions": [{"key", "touchpoint", "finding": "answered" | "na" | "not_observed" | "blank" | "due",
                    "score", "shown", "millionths", "earned", "possible",
                    "counted", "failed", "bonus"}],
     "criticals": those that fired: [{"touchpoint", "question",
                    "effect": "fails_visit" | "zeroes_touchpoint" | "caps_total", "cap"}]}
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from evaluations.document.kinds import Finding
from evaluations.document.numbers import as_text
from evaluations.document.tree import Effect, Lens
from evaluations.scoring.bands import Band, Verdict
from evaluations.scoring.card import (
    Figure,
    FiredCritical,
    LensScore,
    QuestionScore,
    Scorecard,
    TouchpointScore,
)

Json = dict[str, Any]


def as_json(card: Scorecard) -> Json:
    """`card` as plain values without floats, in the shape that this module describes."""
    return {
        "format": 1,
        "verdict": card.verdict.value,
        "band": card.band and card.band.value,
        "total": "weights" if card.by_weights else "points",
        **_figure(card),
        "target": _text(card.target),
        "cap": _text(card.cap),
        "renormalised": card.renormalised,
        "not_observed": card.not_observed,
        "due": card.due,
        "open": str(card.open_points),
        "touchpoints": [_touchpoint(one) for one in card.touchpoints],
        "lenses": [{"key": one.key.value, **_figure(one)} for one in card.lenses],
        "questions": [_question(one) for one in card.questions],
        "criticals": [_critical(one) for one in card.criticals],
    }


def from_json(raw: Json) -> Scorecard:
    """The scorecard that `as_json` wrote."""
    return Scorecard(
        **_exact(raw),
        verdict=Verdict(raw["verdict"]),
        band=_band(raw["band"]),
        target=_decimal(raw["target"]),
        by_weights=raw["total"] == "weights",
        renormalised=raw["renormalised"],
        not_observed=raw["not_observed"],
        due=raw.get("due", 0),  # cards of before there were follow-ups lack the two
        open_points=Fraction(raw.get("open", "0")),
        touchpoints=tuple(_read_touchpoint(one) for one in raw["touchpoints"]),
        lenses=tuple(LensScore(**_exact(one), key=Lens(one["key"])) for one in raw["lenses"]),
        questions=tuple(_read_question(one) for one in raw["questions"]),
        criticals=tuple(_read_critical(one) for one in raw["criticals"]),
    )


def _figure(figure: Figure) -> Json:
    return {
        "score": None if figure.score is None else str(figure.score),
        "shown": figure.shown,
        "millionths": figure.millionths,
        "earned": str(figure.earned),
        "possible": str(figure.possible),
    }


def _exact(raw: Json) -> dict[str, Any]:
    score = raw["score"]
    return {
        "earned": Fraction(raw["earned"]),
        "possible": Fraction(raw["possible"]),
        "score": None if score is None else Fraction(score),
    }


def _touchpoint(one: TouchpointScore) -> Json:
    return {
        "key": one.key,
        **_figure(one),
        "band": one.band and one.band.value,
        "target": _text(one.target),
        "meets_target": one.meets_target,
        "weight": str(one.weight),
        "share": str(one.share),
        "zeroed": one.zeroed,
        "not_observed": one.not_observed,
    }


def _read_touchpoint(raw: Json) -> TouchpointScore:
    return TouchpointScore(
        **_exact(raw),
        key=raw["key"],
        band=_band(raw["band"]),
        target=_decimal(raw["target"]),
        weight=Fraction(raw["weight"]),
        share=Fraction(raw["share"]),
        zeroed=raw["zeroed"],
        not_observed=raw["not_observed"],
    )


def _question(one: QuestionScore) -> Json:
    return {
        "key": one.key,
        "touchpoint": one.touchpoint,
        "finding": one.finding.value,
        **_figure(one),
        "counted": one.counted,
        "failed": one.failed,
        "bonus": one.bonus,
    }


def _read_question(raw: Json) -> QuestionScore:
    return QuestionScore(
        **_exact(raw),
        key=raw["key"],
        touchpoint=raw["touchpoint"],
        finding=Finding(raw["finding"]),
        counted=raw["counted"],
        failed=raw["failed"],
        bonus=raw["bonus"],
    )


def _critical(one: FiredCritical) -> Json:
    return {
        "touchpoint": one.touchpoint,
        "question": one.question,
        "effect": one.effect.value,
        "cap": _text(one.cap),
    }


def _read_critical(raw: Json) -> FiredCritical:
    return FiredCritical(raw["touchpoint"], raw["question"], Effect(raw["effect"]), _decimal(raw["cap"]))


def _band(raw: str | None) -> Band | None:
    return None if raw is None else Band(raw)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else as_text(number)


def _decimal(raw: str | None) -> Decimal | None:
    return None if raw is None else Decimal(raw)
