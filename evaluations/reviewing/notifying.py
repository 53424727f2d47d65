"""Who of the client is to be told of a result: a row for each person, edition and reason, so nobody is told twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from evaluations import access
from evaluations.database import insert_into
from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.models import Evaluation, Notice, NoticeKind, Person, Role, Scorecard, new_id
from evaluations.scoring import scorecard as scoring

AT_ONCE = 200
"""How many rows one statement names."""


def owe(session: Session, cards: Sequence[Scorecard], *, at: datetime) -> None:
    """Have everybody told of these results, all of one programme, who may see them and did not switch it off."""
    if not cards:
        return
    session.flush()
    versions = {card.evaluation.version_id: card.evaluation.version for card in cards}
    documents = {key: canonical.read(version.document) for key, version in versions.items()}
    reasons = {card.id: _reasons(card, documents[card.evaluation.version_id]) for card in cards}
    client_id = cards[0].evaluation.visit.wave.programme.client_id
    owed = [
        {"id": new_id(), "person_id": person.id, "scorecard_id": card.id, "kind": kind, "owed_at": at}
        for person in _people_of(session, client_id)
        for card in _seen_by(session, person, cards)
        for kind in reasons[card.id]
        if kind not in person.unwanted
    ]
    for start in range(0, len(owed), AT_ONCE):
        rows = owed[start : start + AT_ONCE]
        session.execute(insert_into(session, Notice).values(rows).on_conflict_do_nothing())


def _people_of(session: Session, client_id: UUID) -> list[Person]:
    query = select(Person).where(Person.client_id == client_id, Person.is_active).order_by(Person.id)
    return [person for person in session.scalars(query) if Role.CLIENT in person.roles]


def _seen_by(session: Session, person: Person, cards: Sequence[Scorecard]) -> list[Scorecard]:
    ids = [card.evaluation_id for card in cards]
    seen: set[UUID] = set()
    for start in range(0, len(ids), AT_ONCE):
        own = access.evaluations(person).where(Evaluation.id.in_(ids[start : start + AT_ONCE]))
        seen.update(session.scalars(own.with_only_columns(Evaluation.id)))
    return [card for card in cards if card.evaluation_id in seen]


def _reasons(card: Scorecard, document: Document) -> tuple[NoticeKind, ...]:
    """A critical question that the client may not see is no reason."""
    fired = scoring.from_json(json.loads(card.card)).criticals
    asked = (document.question(critical.question) for critical in fired)
    told = any(question is not None and not question.internal for question in asked)
    return (NoticeKind.CRITICAL, NoticeKind.READY) if told else (NoticeKind.READY,)
