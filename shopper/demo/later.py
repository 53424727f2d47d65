"""What the demo's shoppers answer days after their visits, and what the editors make of it."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from evaluations.document.answers import NOT_APPLICABLE, Answer, answered
from evaluations.queries import capture
from evaluations.queries import follow_ups as queries
from evaluations.reviewing import follow_ups
from shopper.demo.answering import Found
from shopper.demo.fieldwork import Shopping

ANSWERED_AFTER, DECIDED_AFTER = timedelta(hours=2), timedelta(hours=30)
SAME_EVENING, BEFORE_THE_VISIT = timedelta(hours=5), timedelta(hours=15)
ARRIVES = 0.75
"""How often the e-mail arrives where somebody asked for the address."""


def at_once(one: Shopping) -> None:
    """What is asked later is known the same evening, and is approved before the visit itself: one edition tells all."""
    for question in queries.asked_later(one.stage.document):
        one.answer_later(Found(question, _found(one)), one.at + SAME_EVENING)
        by, at = one.editor, one.at + BEFORE_THE_VISIT
        follow_ups.approve(one.stage.session, one.evaluation, question.key, by=by, at=at)


def in_time(one: Shopping) -> None:
    """Answer what has become due since the visit, and approve what was answered early enough to be read."""
    stage = one.stage
    for question in queries.asked_later(stage.document):
        due = one.at + timedelta(days=question.due_days or 0)
        if stage.at < due + ANSWERED_AFTER:
            continue
        at = due + ANSWERED_AFTER
        one.answer_later(Found(question, _found(one)), at)
        if stage.at >= due + DECIDED_AFTER:
            by, at = one.editor, due + DECIDED_AFTER
            follow_ups.approve(stage.session, one.evaluation, question.key, by=by, at=at)


def _found(one: Shopping) -> Answer:
    asked = capture.contents(one.stage.session, one.evaluation).answers.get("email_asked")
    if asked is None or asked.value != "yes":
        return NOT_APPLICABLE
    luck = Random(f"{one.shop.code} {one.wave} {one.number} e-mail").random()  # noqa: S311 - a demo
    return answered("yes" if luck < ARRIVES else "no")
