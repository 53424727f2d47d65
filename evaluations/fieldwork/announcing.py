"""What a phone says that it holds, before it sends anything: the server answers what of it is not here.

It heals a server that was restored from a backup, and lets the office see what was made and never came.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, ValidationError
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from evaluations import access, audit
from evaluations.database import insert_into
from evaluations.document.evidence import Id, Milliseconds, Sha256
from evaluations.document.sent import Sent
from evaluations.errors import Invalid
from evaluations.fieldwork.found import keeping
from evaluations.models import INSTALLATION, Announcement, Evaluation, Person, Photo, SignIn
from evaluations.models.evaluations import OPEN_TO_SHOPPER
from evaluations.queries import on_phones
from evaluations.queries.on_phones import Device, Range

MOST_EVALUATIONS = 500
MOST_PHOTOS = 2_000
MOST_RANGES = 1_000
"""Gaps that are told at once; the next announcement tells of the rest."""


def _of_a_phone(device: str) -> str:
    if device == str(INSTALLATION):
        raise ValueError("no phone has the id of the installation")
    return device


DeviceId = Annotated[Id, AfterValidator(_of_a_phone)]


class HeldPhoto(Sent):
    """A photo that the phone has, and when it was taken by its clock."""

    id: Id
    taken_ms: Milliseconds | None = None


class Holding(Sent):
    """What one device holds of one evaluation: changes numbered up to `top_seq`, and photos.

    `digest` says which changes the phone believes to be here: the SHA-256 of their ids in ascending order, with commas
    between. Numbers do not tell that: two phones with a copy of the same storage give the same ones to different
    changes, of which a restored server may lack one, and a number that is missing may be one that nobody has any more.
    """

    eid: Id
    did: DeviceId
    top_seq: Annotated[int, Field(ge=0, le=2_147_483_647)]
    digest: Sha256 | None = None
    photos: Annotated[list[HeldPhoto], Field(max_length=MOST_PHOTOS)] = []

    @property
    def device(self) -> Device:
        """The evaluation and the device."""
        return UUID(self.eid), UUID(self.did)


class Holdings(Sent):
    """All that a phone holds."""

    holdings: Annotated[list[Holding], Field(max_length=MOST_EVALUATIONS)]
    did: DeviceId | None = None
    """The device itself, by the id that it gives to what it makes now."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What is not here of a holding: numbers of changes, as ranges with both ends, and ids of photos.

    Where other changes are here than the phone believes, `held` names those that are.
    """

    evaluation: str
    device: str
    changes: tuple[Range, ...]
    photos: tuple[str, ...]
    held: tuple[str, ...] | None = None


def read(raw: object) -> Holdings:
    """The announcement that `raw` is; `unreadable_announcement` when it is none."""
    try:
        return Holdings.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise Invalid("unreadable_announcement", where=where, reason=first["msg"]) from None


def announce(
    session: Session, sent: Holdings, *, holds: Callable[[str], bool], by: Person, at: datetime
) -> list[Lack]:
    """Take note of what `by` holds, and answer what of it is not here.

    `holds` says whether the bytes of a photo with this hash are here: a row alone would let a phone give up the only
    copy, where the folder of photos was lost, or put back older than the database. What belongs to evaluations that
    are not of this shopper is asked for and kept apart as found work: foreign and unknown look alike.
    """
    own = _own(session, by, [UUID(one.eid) for one in sent.holdings])
    holdings = {one.device: one for one in sent.holdings}
    _note(session, [one for device, one in holdings.items() if device[0] in own], at)
    changes = on_phones.arrived(session, [device for device in holdings if device[0] in own])
    rows = session.execute(select(Photo.id, Photo.sha256).where(Photo.evaluation_id.in_(own)))
    photos = {str(photo_id): sha256 for photo_id, sha256 in rows}
    return [
        _lack(one, changes[device], photos, holds)
        if device[0] in own
        else _lack(one, *_found(session, one, by, at), holds)
        for device, one in sorted(holdings.items())
    ]


def _found(session: Session, one: Holding, by: Person, at: datetime) -> tuple[dict[str, int], dict[str, str]]:
    """What of a holding is here as found work."""
    if one.top_seq == 0 and not one.photos:
        return {}, {}
    holding = one.model_dump(include={"top_seq", "photos"})
    return keeping.announce(session, *one.device, holding, by=by, at=at)


def _lack(
    one: Holding, changes: Mapping[str, int], photos: Mapping[str, str], holds: Callable[[str], bool]
) -> Lack:
    missing = tuple(photo.id for photo in one.photos if photo.id not in photos or not holds(photos[photo.id]))
    gaps = on_phones.gaps(set(changes.values()), one.top_seq)[:MOST_RANGES]
    is_other = one.digest is not None and one.digest != digest_of(changes)
    return Lack(one.eid, one.did, gaps, missing, tuple(sorted(changes)) if is_other else None)


def digest_of(changes: Iterable[str]) -> str:
    """By which a phone says of which changes it speaks, given their ids."""
    return hashlib.sha256(",".join(sorted(changes)).encode()).hexdigest()


def recognise(session: Session, browser: SignIn, sent: Holdings, *, by: Person, at: datetime) -> None:
    """Notice that the storage of a known browser begins anew: what the earlier device had not sent is lost.

    A device that took a new id by itself, after a clash of numbers, still holds what it made under the earlier one.
    """
    known = browser.device_id
    if sent.did is None or sent.did == known:
        return
    browser.device_id = sent.did
    if known is None or known in {one.did for one in sent.holdings}:
        return
    own = access.evaluations(by).where(Evaluation.shopper_id == by.id)
    told = Announcement.evaluation_id.in_(own.with_only_columns(Evaluation.id))
    gone = list(session.scalars(select(Announcement).where(told, Announcement.device_id == UUID(known))))
    for announced in gone:
        announced.gone_at = at
    concerned = or_(
        Evaluation.state.in_(OPEN_TO_SHOPPER), Evaluation.id.in_([one.evaluation_id for one in gone])
    )
    evaluations = list(session.scalars(own.where(concerned)))
    audit.record_each(session, "evaluation.device_replaced", evaluations, by=by, at=at)


def _own(session: Session, shopper: Person, wanted: Sequence[UUID]) -> set[UUID]:
    query = access.evaluations(shopper).where(Evaluation.shopper_id == shopper.id, Evaluation.id.in_(wanted))
    return {evaluation.id for evaluation in session.scalars(query)}


def _note(session: Session, holdings: Iterable[Holding], at: datetime) -> None:
    rows = [
        {
            "evaluation_id": one.device[0],
            "device_id": one.device[1],
            "top_seq": one.top_seq,
            "photos": json.dumps([photo.model_dump() for photo in one.photos]),
            "announced_at": at,
            "gone_at": None,
        }
        for one in sorted(holdings, key=lambda one: one.device)
    ]
    if not rows:
        return
    query = insert_into(session, Announcement)
    newer = {name: query.excluded[name] for name in ("top_seq", "photos", "announced_at", "gone_at")}
    session.execute(
        query.on_conflict_do_update(index_elements=["evaluation_id", "device_id"], set_=newer), rows
    )
