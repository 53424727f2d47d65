"""How pages say what was found: answers, points, verdicts, bands and states, in the reader's language."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from flask import Flask
from markupsafe import Markup

from evaluations.document.tree import AnyQuestion, Document, Effect
from evaluations.fieldwork.proof import Doubt, DoubtCode, Sighting
from evaluations.models import Cause, Decision, EvaluationState, Outcome
from evaluations.queries import withheld
from evaluations.queries.capture import Conflict
from evaluations.queries.withheld import BLOCK, Withheld
from evaluations.reviewing.desk import conflicting_answers
from evaluations.reviewing.openness import OpenItem
from evaluations.reviewing.queue import QueueRow
from evaluations.scoring.card import FiredCritical
from shopper.filters import number
from shopper.language import gettext as _
from shopper.language import lazy, ngettext
from shopper.saying import answer_text, condition_text, duration, is_out_of_bounds, stay
from shopper.wordings import reviewing

CENT = Decimal("0.01")
MARK = Markup('<mark class="kept" title="{}">{}</mark>')
OPEN = {
    "answer_missing": lazy("the answer is missing"),
    "comment_missing": lazy("the explanation is missing"),
    "comment_too_short": lazy("the explanation is too short: %(have)s of %(needed)s characters"),
    "photos_missing": lazy("%(have)s of %(needed)s photos"),
    "text_too_short": lazy("the text is too short: %(have)s of %(needed)s characters"),
    "constraint_broken": lazy("the answer is outside of what the question asks; it counts as blank"),
    "check_in_missing": lazy("the check-in is missing"),
    "reason_missing": lazy("why the visit was not made is missing"),
    "front_missing": lazy("a photo of the closed front is missing"),
    "photo_owed": lazy("a photo has not arrived yet"),
    "unreadable": lazy("what was sent cannot be read as an answer; it counts as blank"),
    "left_out": lazy("something was handed in without, because the phone could not send it"),
}


def points(value: Fraction) -> str:
    """Points with at most two decimals, half up, as people write them."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return number(exact.quantize(CENT, ROUND_HALF_UP))


def critical_text(critical: FiredCritical) -> str:
    """What a critical answer did to the result, as a sentence."""
    if critical.effect is Effect.FAILS_VISIT:
        return _("Critical: this answer fails the whole visit.")
    if critical.effect is Effect.ZEROES_TOUCHPOINT:
        return _("Critical: this answer takes all points of its touchpoint.")
    return _("Critical: this answer caps the total at %(cap)s %%.", cap=number(critical.cap or 0))


def conflict_texts(conflict: Conflict, question: AnyQuestion, document: Document) -> list[str]:
    """What the phones say that contradict each other, in words."""
    if conflict.register.startswith("answer:"):
        return [
            answer_text(answer, question, document) or _("blank") for answer in conflicting_answers(conflict)
        ]
    if conflict.register.startswith("comment:"):
        return [str(value) if value else _("no comment") for value in conflict.values]
    return []


def open_text(item: OpenItem) -> str:
    """What was open at hand-in, as a sentence."""
    text = OPEN.get(item.code)
    return item.code if text is None else text % {"needed": 0, "have": 0, "what": "", **item.values}


def open_count(row: QueueRow) -> int:
    """How many things were open at the newest hand-in."""
    return len(json.loads(row.open_items)) if row.open_items else 0


def metres(distance: int) -> str:
    """A distance as people say it: metres, or kilometres when it is far."""
    if distance < 1000:
        return _("%(metres)s m", metres=distance)
    return _("%(kilometres)s km", kilometres=number(round(Decimal(distance) / 1000, 1)))


def doubt_text(doubt: Doubt) -> str:
    """What of the proof of visit wants a look, as it is known and without a judgement."""
    if doubt.code is DoubtCode.FAR:
        return _("Checked in %(distance)s from the store", distance=metres(doubt.figure))
    if doubt.code is DoubtCode.DENIED:
        return _("The place was not shared at check-in")
    if doubt.code is DoubtCode.COARSE:
        return _("At check-in the place was known to %(distance)s only", distance=metres(doubt.figure))
    if doubt.code is DoubtCode.NO_CHECK_OUT:
        return _("No check-out was recorded")
    if doubt.figure == 0:
        return _("In the store for less than a minute")
    return ngettext("In the store for %(n)s minute", "In the store for %(n)s minutes", doubt.figure)


def sighting_text(sighting: Sighting) -> str:
    """Where the phone was when the shopper came or left, as far as it said."""
    if sighting.is_denied:
        return _("The shopper did not share the place.")
    if sighting.place is None:
        return _("The phone did not find its place.")
    if sighting.distance_m is None:
        return _("known to %(metres)s m; the store has no coordinates", metres=sighting.accuracy_m or "?")
    distance = _("%(distance)s from the store", distance=metres(sighting.distance_m))
    if sighting.accuracy_m is None:
        return distance
    return f"{distance}, {_('give or take %(metres)s m', metres=sighting.accuracy_m)}"


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


def cause(word: str) -> str:
    """Why an edition followed on the one before, as the end of a sentence."""
    return str(reviewing.CAUSES[Cause(word)])


def outcome(word: str) -> str:
    """How a visit ended."""
    return str(reviewing.OUTCOMES[Outcome(word)])


def as_kept(text: str | None, register: str = "", kept: Withheld | None = None) -> Markup:
    """A text with what is withheld of it marked: for the office the words themselves, for the client the block."""
    if kept is None:
        block = Markup('<span class="block" role="img" aria-label="{}">{}</span>').format(
            _("withheld"), BLOCK
        )
        return block.join(str(text or "").split(BLOCK))
    pieces = withheld.pieces(str(text or ""), kept.passages.get(register, ()))
    return Markup("").join(
        MARK.format(_("Kept from the client"), piece) if apart else piece for piece, apart in pieces
    )


def init_app(app: Flask) -> None:
    """Give the filters to the templates."""
    for function in (
        points,
        answer_text,
        stay,
        condition_text,
        is_out_of_bounds,
        duration,
        critical_text,
        verdict,
        band,
        evaluation_state,
        decision,
        cause,
        outcome,
        conflict_texts,
        open_text,
        open_count,
        metres,
        doubt_text,
        sighting_text,
        as_kept,
    ):
        app.jinja_env.filters[function.__name__] = function
