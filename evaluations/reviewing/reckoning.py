"""What an evaluation comes to: the scorecard of what counts of it at this moment."""

from __future__ import annotations

from dataclasses import replace

from evaluations.document import canonical
from evaluations.document.answers import Answer, AnswerState
from evaluations.document.tree import Document
from evaluations.models import Evaluation, FollowUpState
from evaluations.queries import follow_ups as queries
from evaluations.queries.capture import Contents
from evaluations.queries.follow_ups import FollowUps
from evaluations.reviewing.aims import aimed
from evaluations.scoring import scorecard
from evaluations.scoring.card import Scorecard

ANSWERED = Answer(state=AnswerState.ANSWERED)


def reckon(evaluation: Evaluation, found: Contents, rows: FollowUps) -> Scorecard:
    """The scorecard of `found`, as far as it counts: of the follow-ups `rows` what was approved or closed."""
    document, counted = queries.counting(_document(evaluation, found), found, rows)
    return scorecard.score(aimed(document, evaluation.visit.wave.programme), counted.answers)


def previewed(evaluation: Evaluation, found: Contents, rows: FollowUps) -> Scorecard:
    """The same with what arrived and is not decided shown at its question, as it would count there."""
    card = reckon(evaluation, found, rows)
    arrived = {key for key, row in rows.items() if row.state is FollowUpState.SUBMITTED}
    if not arrived:
        return card
    pictured = {
        one.key: ANSWERED
        for one in queries.asked_later(_document(evaluation, found))
        if one.kind in queries.ANSWERED_BY_PICTURES and found.photos.get(one.key)
    }
    would_be = scorecard.score(_document(evaluation, found), pictured | found.answers)
    marks = {one.key: one for one in would_be.questions if one.key in arrived}
    return replace(card, questions=tuple(marks.get(one.key, one) for one in card.questions))


def _document(evaluation: Evaluation, found: Contents) -> Document:
    """The checklist as it is to be judged by: of a visit that was not made nothing was asked, so no blank counts."""
    document = canonical.read(evaluation.version.document)
    if found.was_made:
        return document
    scoring = document.scoring.model_copy(update={"blanks_count": False})
    return document.model_copy(update={"scoring": scoring})
