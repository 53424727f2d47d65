"""A scorecard as it is kept: the result, a fact per figure, and the reports that it makes owed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations.document import canonical
from evaluations.document.tree import Document
from evaluations.models import (
    Cause,
    Evaluation,
    EvaluationState,
    Fact,
    FactKind,
    Person,
    Report,
    Scorecard,
)
from evaluations.queries import editions
from evaluations.scoring import card as scored
from evaluations.scoring import scorecard

CODE_LETTERS = 12


def file(
    session: Session,
    evaluation: Evaluation,
    card: scored.Scorecard,
    *,
    at: datetime,
    cause: Cause = Cause.APPROVED,
    client_reason: str = "",
    contents: str | None = None,
) -> Scorecard:
    """Keep `card` as the next edition of the evaluation's scorecard, with its facts in journey order.

    What was found is kept with it as it stands, or as the `contents` of another edition say. Where the client sees the
    result already, they see this edition from now on.
    """
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
        contents=editions.standing(session, evaluation) if contents is None else contents,
        released_at=at if evaluation.state is EvaluationState.RELEASED else None,
        cause=cause,
        client_reason=client_reason,
        facts=list(_facts(card)),
    )
    stored.check_code = check_code(stored, evaluation.version.content_hash or "")
    session.add(stored)
    session.flush()
    return stored


def check_code(scorecard: Scorecard, content_hash: str) -> str:
    """A short code, as 4F2A-91C3-0B7E, by which whoever holds a report learns whether it is genuine and current.

    It is the beginning of the SHA-256 of the evaluation's id, the edition, the version's hash
    and the stored scorecard: whoever alters a figure would need another code.
    """
    evaluation_id = scorecard.evaluation_id or scorecard.evaluation.id
    signed = f"{evaluation_id} {scorecard.edition} {content_hash}\n{scorecard.card}"
    letters = hashlib.sha256(signed.encode()).hexdigest()[:CODE_LETTERS].upper()
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LETTERS, 4))


def owe_reports(session: Session, cards: Sequence[Scorecard], *, at: datetime) -> tuple[Report, ...]:
    """Promise the PDFs of these results, all of one programme.

    Each is made in the programme's language, else the document's first, and in those of its others that the client's
    users read.
    """
    if not cards:
        return ()
    programme = cards[0].evaluation.visit.wave.programme
    readers = _read_by_client(session, programme.client_id)
    spoken = {card.evaluation.version_id: card.evaluation.version for card in cards}
    speaking = {
        version_id: languages(canonical.read(version.document), programme.report_language, readers)
        for version_id, version in spoken.items()
    }
    owed = tuple(
        Report(scorecard=card, language=language, owed_at=at)
        for card in cards
        for language in speaking[card.evaluation.version_id]
    )
    session.add_all(owed)
    return owed


def languages(document: Document, wanted: str | None, readers: Iterable[str] = ()) -> list[str]:
    """The languages that a report is made in: the wanted one, else the document's first; then the readers'."""
    first = wanted if wanted in document.languages else document.languages[0]
    return [one for one in dict.fromkeys([first, *readers]) if one in document.languages]


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


def _read_by_client(session: Session, client_id: UUID) -> list[str]:
    query = select(Person.language).distinct().where(Person.client_id == client_id, Person.is_active)
    return list(session.scalars(query.order_by(Person.language)))
