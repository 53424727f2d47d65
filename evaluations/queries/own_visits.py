"""A shopper's own visits: the list, the package for one of them, and how an evaluation stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, defaultload

from evaluations import access
from evaluations.errors import NotFound
from evaluations.models import (
    Change,
    Client,
    Decision,
    Evaluation,
    EvaluationState,
    Location,
    Person,
    Photo,
    Programme,
    Review,
    Submission,
    Version,
    Visit,
    VisitState,
    Wave,
)
from evaluations.models.evaluations import OPEN_TO_SHOPPER

SHOWN_AFTERWARDS = timedelta(days=90)
PAGE = 200


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """A visit with the evaluation issued for it, its place, and the receipt of the last hand-in."""

    visit: Visit
    evaluation: Evaluation
    location: Location
    client: Client
    version: str
    """The content hash of the version that is answered."""
    receipt: str | None
    """The digest of the last receipt."""

    @property
    def is_open(self) -> bool:
        """Whether there is work for the shopper in it."""
        return self.evaluation.state in OPEN_TO_SHOPPER and not self.is_withdrawn

    @property
    def is_withdrawn(self) -> bool:
        """Whether the visit was called off."""
        return self.visit.state is VisitState.CANCELLED


def own_visits(session: Session, shopper: Person, at: datetime) -> list[OwnVisit]:
    """What `shopper` has to do or did lately: open work first, by its last day."""
    rows = session.scalars(
        _evaluations(shopper)
        .where(
            or_(
                Evaluation.state.in_(OPEN_TO_SHOPPER),
                Evaluation.submitted_at > at - SHOWN_AFTERWARDS,
                and_(
                    Evaluation.state == EvaluationState.ABANDONED,
                    Visit.window_to > (at - SHOWN_AFTERWARDS).date(),
                ),
            )
        )
        .order_by(Visit.window_to, Visit.id)
    ).all()
    receipts = _receipts(session, [row.id for row in rows])
    found = [_own(row, receipts.get(row.id)) for row in rows]
    return sorted(found, key=lambda one: not one.is_open)


def own_visit(session: Session, shopper: Person, visit_id: UUID) -> OwnVisit:
    """The shopper's visit with this id, whatever became of it; its document is loaded too."""
    query = _evaluations(shopper).where(Visit.id == visit_id)
    row = session.scalars(
        query.options(defaultload(Evaluation.version).undefer(Version.document))
    ).one_or_none()
    if row is None:
        raise NotFound()
    return _own(row, _receipts(session, [row.id]).get(row.id))


def own_evaluation(session: Session, shopper: Person, evaluation_id: UUID) -> Evaluation:
    """The shopper's evaluation with this id."""
    row = own_or_found(session, shopper, evaluation_id)
    if row is None:
        raise NotFound()
    return row


def own_or_found(session: Session, shopper: Person, evaluation_id: UUID) -> Evaluation | None:
    """The shopper's evaluation with this id; None where what is sent for it is found work."""
    return session.scalars(_evaluations(shopper).where(Evaluation.id == evaluation_id)).one_or_none()


def own_photo(session: Session, shopper: Person, photo_id: UUID) -> Photo:
    """A photo of one of the shopper's evaluations."""
    own = access.evaluations(shopper).where(Evaluation.shopper_id == shopper.id)
    row = session.scalars(
        select(Photo).where(
            Photo.id == photo_id, Photo.evaluation_id.in_(own.with_only_columns(Evaluation.id))
        )
    ).one_or_none()
    if row is None:
        raise NotFound()
    return row


def changes_since(session: Session, evaluation: Evaluation, since: int) -> list[Change]:
    """The next changes after arrival number `since`; one more than `PAGE` tells that there are more."""
    query = select(Change).where(Change.evaluation_id == evaluation.id, Change.arrival > since)
    return list(session.scalars(query.order_by(Change.arrival).limit(PAGE + 1)))


def arrived_at(session: Session, evaluation: Evaluation, arrival: int) -> UUID | None:
    """The id of the change with this arrival number.

    A server that was restored from a backup gives numbers anew: the same number may be that of another change.
    """
    query = select(Change.id).where(Change.evaluation_id == evaluation.id, Change.arrival == arrival)
    return session.scalars(query).one_or_none()


def photos_held(session: Session, evaluation: Evaluation) -> list[Photo]:
    """The photos whose bytes have arrived."""
    return list(session.scalars(select(Photo).where(Photo.evaluation_id == evaluation.id).order_by(Photo.id)))


def last_return(session: Session, evaluation: Evaluation) -> Review | None:
    """The newest return of the evaluation, with its remarks, while its round is open to the shopper."""
    if evaluation.state not in OPEN_TO_SHOPPER:
        return None
    return session.scalars(
        select(Review)
        .where(Review.evaluation_id == evaluation.id, Review.decision == Decision.RETURNED)
        .order_by(Review.round.desc(), Review.id.desc())
        .limit(1)
    ).one_or_none()


def last_receipt(session: Session, evaluation: Evaluation) -> str | None:
    """The digest of the last receipt."""
    return _receipts(session, [evaluation.id]).get(evaluation.id)


def _evaluations(shopper: Person) -> Select[Evaluation]:
    return (
        access.evaluations(shopper)
        .where(Evaluation.shopper_id == shopper.id)
        .join(Evaluation.visit)
        .join(Visit.location)
        .join(Visit.wave)
        .join(Wave.programme)
        .join(Programme.client)
        .join(Evaluation.version)
        .options(
            contains_eager(Evaluation.version),
            contains_eager(Evaluation.visit).options(
                contains_eager(Visit.location),
                contains_eager(Visit.wave).contains_eager(Wave.programme).contains_eager(Programme.client),
            ),
        )
    )


def _receipts(session: Session, evaluations: list[UUID]) -> dict[UUID, str]:
    rows = session.execute(
        select(Submission.evaluation_id, Submission.digest)
        .where(Submission.evaluation_id.in_(evaluations), Submission.part == "visit")
        .order_by(Submission.round)
    )
    return {row.evaluation_id: row.digest for row in rows}


def _own(row: Evaluation, receipt: str | None) -> OwnVisit:
    visit = row.visit
    return OwnVisit(
        visit=visit,
        evaluation=row,
        location=visit.location,
        client=visit.wave.programme.client,
        version=row.version.content_hash or "",
        receipt=receipt,
    )
