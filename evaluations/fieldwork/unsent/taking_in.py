"""Bringing in what a file of unsent work holds, in its shopper's name: twice is as good as once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from evaluations import audit
from evaluations.errors import Conflict, Invalid, Refusal, WrongState
from evaluations.fieldwork import changes, submitting
from evaluations.fieldwork.changes import Outcome, Stored
from evaluations.fieldwork.found import keeping
from evaluations.fieldwork.submitting import Receipt
from evaluations.fieldwork.unsent.opening import Bundle, Part
from evaluations.models import Evaluation, Person, Photo, Role
from evaluations.photos import intake
from evaluations.photos.intake import Prepared
from evaluations.photos.store import PhotoStore
from evaluations.queries import own_visits

Photos = Mapping[UUID, Prepared | Refusal]


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one evaluation's part of a file."""

    eid: UUID
    evaluation: Evaluation | None
    """None: it is unknown or not this shopper's, and was kept as found work."""
    outcomes: Mapping[Outcome, int]
    photos_new: int
    photos_known: int
    refusals: tuple[Refusal, ...]
    """Why photos, or the hand-in, were not taken."""
    receipts: tuple[Receipt, ...]


def prepare(store: PhotoStore, bundle: Bundle) -> Photos:
    """Check all photos of `bundle` and make them durable; it takes its time, so call it before the transaction.

    A photo that is refused is refused alone.
    """
    found: dict[UUID, Prepared | Refusal] = {}
    for part in bundle.parts:
        for photo in part.photos:
            try:
                found[photo.id] = intake.prepare(store, photo.body, photo.mime)
            except Refusal as refusal:
                found[photo.id] = refusal
    return found


def take_in(
    session: Session, bundle: Bundle, photos: Photos, *, by: Person, at: datetime
) -> tuple[Person, list[Brought]]:
    """Keep what `bundle` holds as if its shopper had sent it, and answer whose it is and what became of it."""
    shopper = session.get(Person, bundle.user)
    if shopper is None or Role.SHOPPER not in shopper.roles:
        raise Invalid("bundle_of_nobody")
    brought = [_bring(session, part, photos, shopper, at) for part in bundle.parts]
    audit.record(
        session,
        "work.imported",
        shopper,
        by=by,
        at=at,
        changes=sum(one.outcomes.get(Outcome.STORED, 0) for one in brought),
        count=sum(one.photos_new for one in brought),
    )
    return shopper, brought


def _bring(session: Session, part: Part, photos: Photos, shopper: Person, at: datetime) -> Brought:
    evaluation = own_visits.own_or_found(session, shopper, part.eid)
    stored = _store(session, part, evaluation, shopper, at)
    refusals: list[Refusal] = []
    new: list[bool] = []
    for photo in part.photos:
        prepared = photos[photo.id]
        if isinstance(prepared, Refusal):
            refusals.append(prepared)
            continue
        try:
            new.append(_record(session, part.eid, evaluation, photo.id, prepared, shopper, at))
        except Conflict as refusal:
            refusals.append(refusal)
    receipts: list[Receipt] = []
    for submission_id, raw in part.hand_ins:
        try:
            with session.begin_nested():
                receipts.append(_submit(session, part.eid, evaluation, submission_id, raw, shopper, at))
        except (
            Conflict,
            Invalid,
            WrongState,
        ) as refusal:  # some of it is on the phone only, or it is no hand-in
            refusals.append(refusal)
    counts = Counter(one.outcome for one in stored.results)
    return Brought(
        part.eid, evaluation, counts, sum(new), len(new) - sum(new), tuple(refusals), tuple(receipts)
    )


def _store(
    session: Session, part: Part, evaluation: Evaluation | None, shopper: Person, at: datetime
) -> Stored:
    if evaluation is None:
        return keeping.store(session, part.eid, part.changes, by=shopper, at=at)
    return changes.store(session, evaluation, part.changes, by=shopper, at=at)


def _record(
    session: Session,
    eid: UUID,
    evaluation: Evaluation | None,
    photo_id: UUID,
    prepared: Prepared,
    shopper: Person,
    at: datetime,
) -> bool:
    """Keep a photo; whether it was new."""
    if evaluation is None:
        is_known = keeping.look_for_photo(session, eid, photo_id, by=shopper) is not None
        keeping.record_photo(session, eid, photo_id, prepared, by=shopper, at=at)
    else:
        is_known = session.get(Photo, photo_id) is not None
        intake.record(session, evaluation, photo_id, prepared, by=shopper, at=at)
    return not is_known


def _submit(
    session: Session,
    eid: UUID,
    evaluation: Evaluation | None,
    submission_id: UUID,
    raw: object,
    shopper: Person,
    at: datetime,
) -> Receipt:
    sent = submitting.read(raw)
    if evaluation is None:
        return keeping.submit(session, eid, submission_id, sent, by=shopper, at=at)
    return submitting.submit(session, evaluation, submission_id, sent, by=shopper, at=at)
