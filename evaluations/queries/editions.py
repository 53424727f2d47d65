"""Editions of a scorecard: which one holds, what each rested on, and since when and why the next followed.

Whatever shows or sums results starts from `current`: the newest edition that was released, of evaluations of which it
still holds. While an evaluation is looked at again that is the old one; of a withdrawn one it is none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased, undefer

from evaluations.document import canonical
from evaluations.document.canonical import canonical_json
from evaluations.document.tree import Document
from evaluations.errors import NotFound
from evaluations.models import (
    STANDING,
    Cause,
    CurrentRegister,
    Evaluation,
    FollowUp,
    FollowUpState,
    Report,
    ReportState,
    Scorecard,
)
from evaluations.queries import capture, follow_ups
from evaluations.queries.capture import Contents, HeldPhotos

REGISTERS, FOLLOW_UPS = "registers", "follow_ups"


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition, and what followed on it."""

    scorecard: Scorecard
    next: Scorecard | None
    """The one that superseded it; None for the newest."""

    @property
    def number(self) -> int:
        """Which edition it is, from 1."""
        return self.scorecard.edition

    @property
    def superseded_at(self) -> datetime | None:
        """Since when it no longer holds, for whoever sees the next."""
        return None if self.next is None else self.next.released_at or self.next.scored_at


def holds() -> ColumnElement[bool]:
    """Whether what was released of an evaluation holds: it may be looked at again, and it was not withdrawn."""
    return and_(Evaluation.released_at.is_not(None), Evaluation.state.in_(STANDING))


def is_given_out() -> ColumnElement[bool]:
    """Whether the files of an edition are given to a client: it was released, and nothing in it was hidden since."""
    later = aliased(Scorecard)
    hiding = exists().where(
        later.evaluation_id == Scorecard.evaluation_id,
        later.edition > Scorecard.edition,
        later.cause == Cause.WITHHELD,
    )
    return and_(Scorecard.released_at.is_not(None), ~hiding)


def current(evaluations: Select[UUID]) -> Select[UUID]:
    """The newest released edition of each of `evaluations`, by the scorecard's id.

    Whether it still holds is for `evaluations` to say; see `holds`.
    """
    ranked = (
        select(
            Scorecard.id,
            func.row_number()
            .over(partition_by=Scorecard.evaluation_id, order_by=Scorecard.edition.desc())
            .label("age"),
        )
        .where(Scorecard.evaluation_id.in_(evaluations), Scorecard.released_at.is_not(None))
        .subquery()
    )
    return select(ranked.c.id).where(ranked.c.age == 1)


def released(session: Session, evaluation_id: UUID) -> tuple[Edition, ...]:
    """The editions that the client was given, oldest first."""
    return _chain(session, _of(evaluation_id).where(Scorecard.released_at.is_not(None)))


def every(session: Session, evaluation_id: UUID) -> tuple[Edition, ...]:
    """All editions, oldest first, also those that no client ever saw."""
    return _chain(session, _of(evaluation_id))


def pair(chain: tuple[Edition, ...], before: int, after: int) -> tuple[Edition, Edition]:
    """The two editions of `chain` with these numbers, the earlier one first; the newest two where both are 0.

    Of a chain of one it is that one twice; `NotFound` where one of the two is not in the chain.
    """
    if not (before or after):
        return chain[-2] if len(chain) > 1 else chain[-1], chain[-1]
    named = [one for one in chain if one.number in (before, after)]
    if len(named) != 2:
        raise NotFound()
    return named[0], named[1]


def newest(session: Session, evaluation: Evaluation) -> Scorecard | None:
    """The newest edition, released or not."""
    return session.scalars(_of(evaluation.id).order_by(Scorecard.edition.desc()).limit(1)).one_or_none()


def shown(session: Session, evaluation: Evaluation) -> Scorecard | None:
    """The edition that the client sees of `evaluation` now, if any."""
    whether = select(Evaluation.id).where(Evaluation.id == evaluation.id, holds())
    return session.scalars(select(Scorecard).where(Scorecard.id.in_(current(whether)))).one_or_none()


def is_superseded_by_hiding(chain: tuple[Edition, ...], edition: int) -> bool:
    """Whether something in this edition was hidden from the client later, so that its file is no longer given out."""
    return any(one.number > edition and one.scorecard.cause is Cause.WITHHELD for one in chain)


def kept_report(
    session: Session,
    chain: tuple[Edition, ...],
    card: Scorecard,
    language: str,
    *,
    for_client: bool = True,
) -> Report | None:
    """The PDF that was made of `card`, one of `chain`: in `language`, else in another.

    None where there is none, and `for_client` where something in it was hidden since.
    """
    if for_client and is_superseded_by_hiding(chain, card.edition):
        return None
    query = select(Report).where(Report.scorecard_id == card.id, Report.state == ReportState.READY)
    made = session.scalars(query.order_by(Report.language)).all()
    return next((one for one in made if one.language == language), made[0] if made else None)


def standing(session: Session, evaluation: Evaluation) -> str:
    """What `evaluation` holds now, as an edition keeps it: every register, and how far its follow-ups are."""
    values = session.execute(
        select(CurrentRegister.register, CurrentRegister.value).where(
            CurrentRegister.evaluation_id == evaluation.id, CurrentRegister.value.is_not(None)
        )
    )
    rows = follow_ups.of(session, evaluation)
    return canonical_json(
        {
            REGISTERS: {register: json.loads(value or "null") for register, value in values},
            FOLLOW_UPS: {key: row.state.value for key, row in rows.items()},
        }
    )


def found(session: Session, card: Scorecard, held: HeldPhotos | None = None) -> tuple[Document, Contents]:
    """What counted when `card` was filed, and the document by which it was scored."""
    values, rows = _kept(session, card)
    evaluation = card.evaluation
    whole = canonical.read(evaluation.version.document)
    contents = (
        capture.contents(session, evaluation)
        if values is None
        else capture.contents_of(session, evaluation, values, held)
    )
    return follow_ups.counting(whole, contents, rows)


def _kept(session: Session, card: Scorecard) -> tuple[dict[str, Any] | None, Mapping[str, FollowUp]]:
    if card.contents is None:
        return None, follow_ups.of(session, card.evaluation)
    kept = json.loads(card.contents)
    rows = {
        key: FollowUp(question_key=key, state=FollowUpState(state)) for key, state in kept[FOLLOW_UPS].items()
    }
    return kept[REGISTERS], rows


def _of(evaluation_id: UUID) -> Select[Scorecard]:
    return (
        select(Scorecard).where(Scorecard.evaluation_id == evaluation_id).options(undefer(Scorecard.contents))
    )


def _chain(session: Session, query: Select[Scorecard]) -> tuple[Edition, ...]:
    cards = session.scalars(query.order_by(Scorecard.edition)).all()
    return tuple(Edition(card, following) for card, following in zip_longest(cards, cards[1:]))
