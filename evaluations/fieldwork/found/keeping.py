"""Keeping what a shopper's phone sends under an `eid` that is not theirs, with the answers that any work gets.

Nothing here looks at evaluations: an unknown one and somebody else's look alike, and nothing gets into either.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from evaluations import audit, clock
from evaluations.database import insert_into
from evaluations.document.canonical import canonical_json
from evaluations.errors import Conflict, TooLarge
from evaluations.fieldwork import changes
from evaluations.fieldwork.changes import Outcome, Result, Stored
from evaluations.fieldwork.incoming import Readable
from evaluations.fieldwork.registers import Written, fold
from evaluations.fieldwork.submitting import HandIn, Receipt
from evaluations.models import FoundItem, FoundSort, FoundState, FoundWork, Person, new_id
from evaluations.photos.intake import Prepared

MEGABYTE = 1_000_000
MOST_WORKS = 50
MOST_BYTES = 300 * MEGABYTE
"""What is kept of one shopper in this way; the rest stays on the phone."""
MOST_DEVICES = 20
REASSIGNED = "reassigned"
"""The disposition of all found work: what the phone knew as its visit is not, or no more."""


def store(session: Session, eid: UUID, batch: Sequence[object], *, by: Person, at: datetime) -> Stored:
    """Keep every readable change of `batch`, once."""
    given = [changes.read(raw, eid) for raw in batch]
    readable = [one for one in given if isinstance(one, Readable)]
    if not readable:
        return Stored(tuple(one for one in given if isinstance(one, Result)), {})
    work = _opened(session, eid, by, at)
    added = _add(session, work, [_change(one) for one in _distinct(readable)], at)
    items = _items(session, work, FoundSort.CHANGE)
    held = {item.name: item for item in items}
    forked = _forked(items)
    results = tuple(
        one
        if isinstance(one, Result)
        else Result(one.change.id, _outcome(one, held[one.change.id], added, forked), REASSIGNED)
        for one in given
    )
    return Stored(results, _heads(items, {one.change.register_name for one in readable}))


def look_for_photo(session: Session, eid: UUID, photo_id: UUID, *, by: Person) -> FoundItem | None:
    """The photo that this shopper sent under these ids, if it is here."""
    return session.scalars(
        select(FoundItem)
        .join(FoundWork, FoundItem.found_id == FoundWork.id)
        .where(
            FoundWork.person_id == by.id,
            FoundWork.eid == eid,
            FoundItem.sort == FoundSort.PHOTO,
            FoundItem.name == str(photo_id),
        )
    ).one_or_none()


def refuse_what_is_too_much(session: Session, shopper: Person, more_bytes: int = 0) -> None:
    """Refuse with `found_full` once so much of `shopper` is kept that no more is taken."""
    if _is_full(session, shopper, size=more_bytes):
        raise TooLarge("found_full", limit=MOST_BYTES // MEGABYTE)


def _is_full(session: Session, shopper: Person, *, works: int = 0, size: int = 0) -> bool:
    """Whether so many more works, or so many more bytes, would be too many of what waits for the office."""
    held = select(func.count(), func.coalesce(func.sum(FoundWork.byte_count), 0))
    waiting = held.where(FoundWork.person_id == shopper.id, FoundWork.state == FoundState.OPEN)
    works_held, bytes_held = session.execute(waiting).one()
    return bool(works_held + works > MOST_WORKS or bytes_held + size > MOST_BYTES)


def record_photo(
    session: Session, eid: UUID, photo_id: UUID, prepared: Prepared, *, by: Person, at: datetime
) -> FoundItem:
    """The item of a prepared photo. The same photo again is known; other bytes under its id conflict."""
    work = _opened(session, eid, by, at)
    item = {
        "sort": FoundSort.PHOTO,
        "name": str(photo_id),
        "body": canonical_json(asdict(prepared)),
        "sha256": prepared.sha256,
        "byte_count": prepared.byte_count,
    }
    _add(session, work, [item], at)
    held = session.get_one(FoundItem, (work.id, FoundSort.PHOTO, str(photo_id)))
    if held.sha256 != prepared.sha256:
        raise Conflict("photo_differs")
    return held


def submit(
    session: Session, eid: UUID, submission_id: UUID, sent: HandIn, *, by: Person, at: datetime
) -> Receipt:
    """Keep a hand-in and answer what is held; a round that was handed in answers with its own receipt."""
    work = _opened(session, eid, by, at)
    name = f"{sent.part}:{sent.round}"
    if given := session.get(FoundItem, (work.id, FoundSort.HAND_IN, name)):
        return _receipt(given)
    held = {sort: {item.name: item for item in _items(session, work, sort)} for sort in FoundSort}
    _refuse_incomplete(sent, held[FoundSort.CHANGE], held[FoundSort.PHOTO])
    receipt = {
        "submission": str(submission_id),
        "evaluation": str(eid),
        "part": sent.part,
        "round": sent.round,
        "changes": sorted(held[FoundSort.CHANGE]),
        "photos": [
            {"id": photo, "sha256": item.sha256} for photo, item in sorted(held[FoundSort.PHOTO].items())
        ],
        "at": clock.written(at),
    }
    body = canonical_json({"sent": sent.model_dump(mode="json"), "receipt": receipt})
    _add(session, work, [{"sort": FoundSort.HAND_IN, "name": name, "body": body}], at)
    return _receipt(session.get_one(FoundItem, (work.id, FoundSort.HAND_IN, name)))


def announce(
    session: Session,
    eid: UUID,
    device: UUID,
    holding: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
) -> tuple[dict[str, int], dict[str, str]]:
    """Take note of what a device holds under `eid`; its changes with their numbers, and the photos with their hashes,
    that are here.

    Where this shopper has so much here already that nothing more is taken, nothing is noted.
    """
    known = select(FoundWork.id).where(FoundWork.person_id == by.id, FoundWork.eid == eid)
    if session.scalar(known) is None and _is_full(session, by, works=1):
        return {}, {}
    work = _opened(session, eid, by, at)
    announced = json.loads(work.announced)
    if str(device) in announced or len(announced) < MOST_DEVICES:
        work.announced = canonical_json(announced | {str(device): holding})
    items = _items(session, work, FoundSort.CHANGE)
    photos = {item.name: item.sha256 for item in _items(session, work, FoundSort.PHOTO)}
    mine = (item for item in items if item.device_id == device)
    return {item.name: item.seq for item in mine if item.seq is not None}, photos


def _opened(session: Session, eid: UUID, by: Person, at: datetime) -> FoundWork:
    """This shopper's found work under `eid`, begun if there was none, and locked until the transaction ends."""
    insert = insert_into(session, FoundWork).values(
        id=new_id(),
        person_id=by.id,
        eid=eid,
        state=FoundState.OPEN,
        first_at=at,
        last_at=at,
        arrivals=0,
        byte_count=0,
        announced="{}",
        reason="",
    )
    new = session.scalars(
        insert.on_conflict_do_nothing(index_elements=["person_id", "eid"]).returning(FoundWork)
    ).one_or_none()
    if new is not None:
        refuse_what_is_too_much(session, by)
        audit.record(session, "found.begun", new, by=by, at=at)
    query = select(FoundWork).where(FoundWork.person_id == by.id, FoundWork.eid == eid)
    locked = query.with_for_update(of=FoundWork).execution_options(populate_existing=True)
    return session.scalars(locked).one()


def _add(session: Session, work: FoundWork, items: Sequence[dict[str, Any]], at: datetime) -> set[str]:
    """Insert what is not there yet, and answer the names that were new. New work waits for the office again."""
    rows: list[dict[str, Any]] = [
        {"device_id": None, "seq": None, "register": "", "sha256": "", "byte_count": len(item["body"])}
        | item
        | {"found_id": work.id, "arrival": work.arrivals + place, "received_at": at}
        for place, item in enumerate(items, start=1)
    ]
    query = insert_into(session, FoundItem).on_conflict_do_nothing(
        index_elements=["found_id", "sort", "name"]
    )
    added = set(session.scalars(query.returning(FoundItem.name), rows))
    if added:
        work.arrivals += len(rows)
        work.byte_count += sum(row["byte_count"] for row in rows if row["name"] in added)
        work.last_at, work.state = at, FoundState.OPEN
        session.flush()
        refuse_what_is_too_much(session, work.person)
    return added


def _change(one: Readable) -> dict[str, Any]:
    return {
        "sort": FoundSort.CHANGE,
        "name": one.change.id,
        "device_id": UUID(one.change.did),
        "seq": one.change.seq,
        "register": one.change.register_name,
        "body": one.body,
        "byte_count": len(one.body.encode()),
    }


def _distinct(readable: Iterable[Readable]) -> list[Readable]:
    found: dict[str, Readable] = {}
    for one in readable:
        found.setdefault(one.change.id, one)
    return list(found.values())


def _items(session: Session, work: FoundWork, sort: FoundSort) -> list[FoundItem]:
    query = select(FoundItem).where(FoundItem.found_id == work.id, FoundItem.sort == sort)
    return list(session.scalars(query.order_by(FoundItem.arrival)))


def _forked(items: Iterable[FoundItem]) -> set[str]:
    """The changes whose device and number an earlier arrival already bore: cloned storage."""
    numbered: defaultdict[tuple[UUID | None, int | None], list[str]] = defaultdict(list)
    for item in items:
        numbered[item.device_id, item.seq].append(item.name)
    return {name for same in numbered.values() for name in same[1:]}


def _outcome(sent: Readable, held: FoundItem, added: Collection[str], forked: Collection[str]) -> Outcome:
    if held.body != sent.body:
        return Outcome.DIFFERS
    if held.name in forked:
        return Outcome.FORKED
    return Outcome.STORED if held.name in added else Outcome.KNOWN


def _heads(items: Iterable[FoundItem], registers: Collection[str]) -> dict[str, tuple[str, ...]]:
    logs: defaultdict[str, list[Written]] = defaultdict(list)
    for item in items:
        if item.register in registers:
            body = json.loads(item.body)
            value = body.get("value")
            leaves = None if value is None else canonical_json(value)
            logs[item.register].append(Written(item.name, tuple(body.get("base", ())), leaves))
    return {name: fold(name, logs[name]).heads for name in sorted(logs)}


def _refuse_incomplete(sent: HandIn, held: Collection[str], photos: Mapping[str, FoundItem]) -> None:
    missing_changes = [change for change in sent.manifest.changes if change not in held]
    missing_photos = [
        photo.id
        for photo in sent.manifest.photos
        if photo.id not in photos or photos[photo.id].sha256 != photo.sha256
    ]
    if missing_changes or missing_photos:
        raise Conflict("incomplete", missing_changes=missing_changes, missing_photos=missing_photos)


def _receipt(item: FoundItem) -> Receipt:
    held = json.loads(item.body)["receipt"]
    return Receipt.written(held, hashlib.sha256(canonical_json(held).encode()).hexdigest())
