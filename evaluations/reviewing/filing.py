"""A scorecard as it is kept: the result, a fact per figure, and the reports that it makes owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.models import (
    Evaluation,
    Fact,
    FactKind,
    Location,
    Person,
    Report,
    Scorecard,
    Visit,
)
from evaluations.scoring import card as scored
from evaluations.scoring import scorecard


def file(session: Session, evaluation: Evaluation, card: scored.Scorecard, *, at: datetime) -> Scorecard:
    """Keep `card` as the next edition of the evaluation's scorecard, with its facts in journey order."""
    stored = Scorecard(
        evaluation=evaluation,
        edition=_editions(session, evaluation) + 1,
        verdict=card.verdict.value,
        band=card.band and card.band.value,
        score=_exact(card),
        millionths=card.millionths,
        earned=str(card.earned),
        possible=str(card.possible),
        card=canonical.canonical_json(scorecard.as_json(card)),
        scored_at=at,
        facts=list(_facts(card)),
    )
    session.add(stored)
    session.flush()
    return stored


def owe_reports(
    session: Session, stored: Scorecard, document: Document, *, at: datetime
) -> tuple[Report, ...]:
    """Promise a PDF in the document's first language, and in its others that the client's users read."""
    languages = dict.fromkeys([document.languages[0], *_read_by_client(session, stored)])
    owed = tuple(
        Report(scorecard=stored, language=language, owed_at=at)
        for language in languages
        if language in document.languages
    )
    session.add_all(owed)
    return owed


def _facts(card: scored.Scorecard) -> Iterator[Fact]:
    for place, touchpoint in enumerate(card.touchpoints):
        yield _fact(FactKind.TOUCHPOINT, touchpoint.key, place, touchpoint)
    for place, lens in enumerate(card.lenses):
        yield _fact(FactKind.LENS, lens.key.value, place, lens)
    for place, question in enumerate(card.questions):
        fact = _fact(FactKind.QUESTION, question.key, place, question)
        fact.counted, fact.failed = question.counted, question.failed
        yield fact


def _fact(kind: FactKind, key: str, place: int, figure: scored.Figure) -> Fact:
    return Fact(
        kind=kind,
        key=key,
        place=place,
        earned=str(figure.earned),
        possible=str(figure.possible),
        counted=figure.score is not None,
        failed=False,
        score=_exact(figure),
        millionths=figure.millionths,
    )


def _exact(figure: scored.Figure) -> str | None:
    return None if figure.score is None else str(figure.score)


def _editions(session: Session, evaluation: Evaluation) -> int:
    newest = select(func.max(Scorecard.edition)).where(Scorecard.evaluation_id == evaluation.id)
    return session.scalar(newest) or 0


def _read_by_client(session: Session, stored: Scorecard) -> list[str]:
    query = (
        select(Person.language)
        .distinct()
        .join(Location, Location.client_id == Person.client_id)
        .join(Visit, Visit.location_id == Location.id)
        .where(Visit.id == stored.evaluation.visit_id, Person.is_active)
        .order_by(Person.language)
    )
    return list(session.scalars(query))
