"""What travels between the phone and the server, with an example of each shape.

All addresses are under `/field/api/v1`. A success is `{"data": ...}`, anything else `{"error": {"code": ...,
"message": ..., ...}}` with the sentence in the reader's language; an answer that is neither did not come from us.

Every unsafe call carries the header `X-Shopper: 1` and comes from our own pages (`Sec-Fetch-Site` same-origin or
none, `Origin` our own); otherwise 403 `foreign_page`. Signed out: 401 `signed_out`. Reading an evaluation or visit
that is unknown or somebody else's: 404 `not_found`. What is *sent* for one is kept apart as found work and answered
like any other; 413 `found_full` {limit in MB} once that is too much. Ids are UUIDs in lower case with hyphens; hashes
are hexadecimal in lower case; moments are ISO 8601 in UTC (`2026-11-21T14:02:00.000Z`); days are `2026-11-21`.

`GET me/visits` → 200
    {"data": {"server_time": "2026-11-21T14:02:00.000Z",
      "visits": [{"id": VISIT, "eid": EID, "state": "assigned", "evaluation_state": "in_progress", "round": 1,
                  "client": "Marisol", "location": LOCATION, "window_from": "2026-11-20", "window_to": "2026-11-27",
                  "deadline": null, "receipt": null, "vid": SHA256}],
      "withdrawn": [{"id": VISIT, "eid": EID}]}}
    state: assigned, under_way, done. evaluation_state: in_progress, returned (work for the shopper), submitted,
    in_review, approved, released, excluded, abandoned, withdrawn. receipt: the first 4 characters of the last receipt.

`GET visits/{id}/package` → 200 with a strong `ETag`; 304 on `If-None-Match`; 410 when withdrawn
    {"data": {"visit": VISIT, "eid": EID, "vid": SHA256, "document": "{\\"briefing\\":...}", "note": "",
              "client": "Marisol", "location": LOCATION, "window_from": "2026-11-20", "window_to": "2026-11-27",
              "build": "3f9a0c1d2e4b", "files": {"/static/js/phone.js?v=9d1f02c3a4b5": SHA256, ...}}}
    document is the canonical JSON *as text*: the SHA-256 of its UTF-8 bytes is vid. files are what the visit's page
    and the list of visits are made of, and the pictures that its questions show, with their hashes; pages that go
    with the files carry `Shopper-Build: {build}`.
    410: {"error": {"code": "visit_withdrawn", "message": "...", "eid": EID}}

`POST announce` (JSON, at most 1,000,000 bytes) → 200; first on every connection
    {"did": ID, "holdings": [{"eid": EID, "did": ID, "top_seq": 17, "digest": SHA256,
                              "photos": [{"id": PHOTO, "taken_ms": 1763733700000}]}]}
    did is the device itself: another one in a known session tells the office that its storage was cleared.
    top_seq is the number of the last change that this device made of this evaluation; photos are all that it has.
    {"data": {"holdings": [{"eid": EID, "did": ID, "missing": [[3, 5], [17, 17]], "photos_missing": [PHOTO]}],
              "at": "2026-11-28T09:12:00+00:00"}}
    digest is the SHA-256 of the ids of all changes of this device that were confirmed and are there, ascending, joined
    by commas; it may be left out. Where that of what is here is another, the answer has "held": [ID ...] too, the
    changes that are here: a copy of the phone's storage gave the same numbers to other changes.
    What is missing is not here: the phone sends exactly that. A phone gives its room back only after what it holds was
    found complete here for fourteen days, by the times at which this was answered.
    Otherwise: 413 `too_large` {limit}; 415 `not_json`; 422 `unreadable_announcement`.

`POST evaluations/{eid}/changes` (JSON, at most 1,000,000 bytes and 200 changes) → 200
    {"changes": [
      {"id": ID, "eid": EID, "vid": SHA256, "did": ID, "seq": 7, "kind": "answer.set", "register": "answer:greeted",
       "value": {"state": "answered", "value": "no"}, "base": [ID], "wall_ms": 1763733720000, "tz_min": 60},
      {..., "kind": "answer.clear", "register": "answer:greeted", "base": [ID]},
      {..., "kind": "comment.set", "register": "comment:greeted", "value": "Nobody looked up.", "base": []},
      {..., "kind": "photo.attach", "register": "photo:PHOTO", "base": [], "value": {"question": "window",
       "caption": "", "photo": {"id": PHOTO, "sha256": SHA256, "original_sha256": SHA256, "bytes": 312000,
       "mime": "image/jpeg", "width": 2048, "height": 1536, "source": "camera", "captured_wall_ms": 1763733700000,
       "place": PLACE, "exif": {"taken": "2026:11:21 14:01:40"}}}},
      {..., "kind": "photo.detach", "register": "photo:PHOTO", "base": [ID]},
      {..., "kind": "timer.start", "register": "timer:wait", "value": {"started_ms": 1763733600000}},
      {..., "kind": "timer.stop", "register": "timer:wait", "base": [ID],
       "value": {"started_ms": 1763733600000, "seconds": "95.3"}},
      {..., "kind": "timer.correct", "register": "timer:wait", "base": [ID],
       "value": {"seconds": "80", "measured": "95.3"}},
      {..., "kind": "watch.set", "register": "watch:ID", "value": {"half": "upper", "started_ms": 1763733600000,
       "seconds": "95.3", "question": null}},
      {..., "kind": "check_in", "register": "visit:check_in", "value": {"at_ms": 1763733600000, "place": PLACE}},
      {..., "kind": "check_out", "register": "visit:check_out", "value": {"at_ms": 1763735600000, "place": null}},
      {..., "kind": "outcome.set", "register": "visit:outcome", "value": {"outcome": "made", "note": ""}}]}
    An answer's state is answered, na or not_observed, with a value only when answered: "yes"/"no", an option's key,
    or several in a list, a rating as an integer, a text; a number and a duration in seconds as decimals in text,
    {"amount": "12.5", "currency": "EUR"}, a day "2026-11-21", a time "14:02", a PLACE. What cannot be read so is kept
    as it was typed, as a text. A timer's stop and correction come with the answer that they make; a stop of which the
    phone's clocks disagree is "doubtful": true and makes none. Photo questions and
    signatures need no answer: a signature is a photo whose source is signature. question is null for a photo not
    sorted yet.
    A watch is a blind timer of the dark screen: its half is upper or lower, its seconds are left out or null while it
    runs, its question is null until it is sorted. outcome: made, closed_store, could_not. PLACE is {"lat": "41.38790",
    "lon": "2.16992", "accuracy_m": 12, "fix_age_s": 3} or {"denied": true} or null. Leave out or send null for
    original_sha256, captured_wall_ms and place when unknown; exif is a map of short texts. No floats anywhere; nothing
    besides what is shown; text without control characters (other than tab, line feed, carriage return) and lone
    surrogates, at most 20,000 characters. base names at most 200 changes. did is the phone's own: that of the
    installation, under which the office writes, is no phone's.

    {"data": {"results": [{"id": ID, "result": "stored", "disposition": null, "code": null}],
              "heads": {"answer:greeted": [ID]}, "cursor": 17, "state": "in_progress", "round": 1}}
    One result per change, in the order sent. result:
      stored      it is here now
      known       it was here already, the same
      forked      it is here, but another change used its did and seq: take a new did for what follows
      differs     another content is stored under this id: freeze it
      unreadable  it is not stored; code says why: bad_change, unfit_text, other_evaluation. id is null where it
                  could not be read either
    disposition of what is here: null, late, withdrawn, after_hand_in (kept; no head until the next round),
    unknown_question, other_version, reassigned (found work). heads: of every register that this batch touched.
    Otherwise: 413 `too_large` {limit} or `too_many_changes` {limit}; 415 `not_json`; 422 `unreadable_envelope`.

`PUT evaluations/{eid}/photos/{photo id}`, the bytes as body, `Repr-Digest: sha-256=:BASE64:` → 201, or 200 if already
    {"data": {"id": PHOTO, "sha256": SHA256, "bytes": 312000, "mime": "image/jpeg", "width": 2048, "height": 1536}}
    echoing `Repr-Digest`. `Content-Type` is what the phone takes it for. Otherwise: 409 `photo_differs`; 413
    `photo_too_large` {limit in MB}, `photo_too_many_pixels`; 415 `photo_unknown_type`, `photo_heic` (where its library
    is not installed), `photo_hides_another`; 422 `digest_missing`, `digest_differs`, `photo_empty`, `photo_truncated`,
    `photo_damaged`, `photo_too_slow`.
`HEAD evaluations/{eid}/photos/{photo id}` → 200 with `Repr-Digest`, or 404
`GET /field/visits/{id}/pictures/{sha256}` (outside the API) → the picture of what right looks like, a JPEG
`GET /field/photos/{photo id}/{size}` (outside the API) → the picture; size: web, thumbnail, print

`GET evaluations/{eid}/state?since=17&last=ID` → 200
    {"data": {"cursor": 19, "last": ID, "reload": false, "more": false, "state": "returned", "round": 2,
      "deadline": "2026-11-23T09:00:00.000Z",
      "changes": [{"arrival": 18, "disposition": null, "head": true, "change": {...as it was sent...}}],
      "note": "Almost there.", "remarks": {"greeted": ["Please say what happened instead."]},
      "photos": [{"id": PHOTO, "sha256": SHA256}], "receipt": null,
      "follow_ups": [{"key": "mail", "state": "due", "round": 1, "due_on": "2026-12-05", "remark": "",
                      "receipt": null}]}}
    Changes with an arrival number above since, at most 200; more: ask again with since=cursor and the answer's last,
    the id of the change with that number. reload: since was above the server's highest number, or is that of another
    change than last (a backup was restored), so these are from the start. last may be left out. note and remarks are
    those of the last return. photos: held here. receipt: of the last hand-in, or null. follow_ups: what is asked days
    after the visit, once it was handed in; state: due, submitted, approved, not_observed; remark: what is to be mended
    when it is sent back; receipt: the first 4 characters of its own.

`PUT evaluations/{eid}/submissions/{submission id}` → 200, the same for every repeat
    part: visit, or the key of a follow-up, which has rounds and receipts of its own.
    {"part": "visit", "round": 1, "manifest": {"did": ID, "changes": [ID],
     "photos": [{"id": PHOTO, "sha256": SHA256}], "left_out": [{"id": ID, "what": "photo", "reason": "unreadable"}]}}
    manifest: what *this* device made and wants to be in the hand-in. left_out: what it gives up on (what:
    photo, change).
    {"data": {"submission": ID, "evaluation": EID, "part": "visit", "round": 1, "changes": [ID],
              "photos": [{"id": PHOTO, "sha256": SHA256}], "at": "2026-11-21T15:00:00.000Z", "digest": SHA256}}
    changes and photos: everything that the server holds of this evaluation. Show the first 4 characters of digest.
    409: {"error": {"code": "incomplete", "message": "...", "missing_changes": [ID], "missing_photos": [PHOTO]}}
    A closed round, under whatever id, is answered with that round's receipt. Of a follow-up also: 409
    `follow_up_too_early` before the visit was handed in; 422 `unknown_part`.
`GET evaluations/{eid}/receipts` → 200 {"data": {"receipts": [RECEIPT]}}, each as above, oldest first: for a phone to
    which `state` names a receipt that it never got, because the answer was lost or another phone handed in.

LOCATION is {"name": "High Street", "code": "N-07", "kind": "store", "address": "1 High Street", "city": "Leeds",
"time_zone": "Europe/London", "latitude": "53.79700", "longitude": "-1.54300"} (the last two may be null).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from evaluations import clock
from evaluations.fieldwork.announcing import Lack
from evaluations.fieldwork.changes import Stored
from evaluations.fieldwork.submitting import Receipt
from evaluations.models import Change, Evaluation, EvaluationState, FoundItem, Location, Photo, Review
from evaluations.queries import own_visits
from evaluations.queries.follow_ups import Asked
from evaluations.queries.own_visits import OwnVisit
from shopper.field import offline, references

LARGEST_REQUEST = 1_000_000
RECEIPT_SHOWN = 4


def visit(own: OwnVisit) -> dict[str, Any]:
    """One visit of the list."""
    evaluation, deadline = own.evaluation, own.evaluation.return_due_at
    return _plan(own) | {
        "id": str(own.visit.id),
        "state": own.visit.state.value,
        "evaluation_state": evaluation.state.value,
        "round": evaluation.round,
        "deadline": clock.written(deadline) if deadline else None,
        "receipt": _code(own.receipt),
    }


def package(own: OwnVisit) -> dict[str, Any]:
    """All that is needed to make a visit; the document as the text whose hash is the version's id."""
    files = offline.files()
    return _plan(own) | {
        "visit": str(own.visit.id),
        "document": own.evaluation.version.document,
        "note": own.visit.note,
        "build": offline.build_of(files),
        "files": files | references.files(own),
    }


def _plan(own: OwnVisit) -> dict[str, Any]:
    return {
        "eid": str(own.evaluation.id),
        "vid": own.version,
        "client": own.client.name,
        "location": _location(own.location),
        "window_from": own.visit.window_from.isoformat(),
        "window_to": own.visit.window_to.isoformat(),
    }


def _location(location: Location) -> dict[str, Any]:
    return {
        "name": location.name,
        "code": location.code,
        "kind": location.kind.value,
        "address": location.address,
        "city": location.city,
        "time_zone": location.time_zone,
        "latitude": _degrees(location.latitude),
        "longitude": _degrees(location.longitude),
    }


def _degrees(value: float | None) -> str | None:
    return None if value is None else f"{value:.5f}"


def lacks(found: Sequence[Lack], at: datetime) -> dict[str, Any]:
    """What of a phone's holdings is not here at this moment."""
    return {
        "at": at.isoformat(),
        "holdings": [
            {
                "eid": one.evaluation,
                "did": one.device,
                "missing": [list(span) for span in one.changes],
                "photos_missing": list(one.photos),
            }
            | ({"held": list(one.held)} if one.held is not None else {})
            for one in found
        ],
    }


def stored(evaluation: Evaluation, batch: Stored) -> dict[str, Any]:
    """What became of a batch of changes."""
    return {
        "results": _results(batch),
        "heads": {register: list(heads) for register, heads in batch.heads.items()},
        "cursor": evaluation.arrivals,
        "state": evaluation.state.value,
        "round": evaluation.round,
    }


def _results(batch: Stored) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "result": one.outcome.value, "disposition": one.disposition, "code": one.code}
        for one in batch.results
    ]


def found(batch: Stored) -> dict[str, Any]:
    """What became of a batch for an evaluation that is not the sender's: it looks like one just begun."""
    return {
        "results": _results(batch),
        "heads": {register: list(heads) for register, heads in batch.heads.items()},
        "cursor": 0,
        "state": EvaluationState.IN_PROGRESS.value,
        "round": 1,
    }


def found_photo(item: FoundItem) -> dict[str, Any]:
    """A photo of found work whose bytes are here."""
    told = json.loads(item.body)
    return {
        "id": item.name,
        "sha256": item.sha256,
        "bytes": told["byte_count"],
        "mime": told["mime"],
        "width": told["width"],
        "height": told["height"],
    }


def photo(held: Photo) -> dict[str, Any]:
    """A photo whose bytes are here."""
    return {
        "id": str(held.id),
        "sha256": held.sha256,
        "bytes": held.byte_count,
        "mime": held.mime,
        "width": held.width,
        "height": held.height,
    }


def state(
    evaluation: Evaluation,
    changes: Sequence[Change],
    *,
    here: UUID | None,
    last_return: Review | None,
    photos: Sequence[Photo],
    receipt: str | None,
    follow_ups: Sequence[Asked],
    reload: bool,
) -> dict[str, Any]:
    """How an evaluation stands; one change more than a page holds says that there are more.

    `here` is the change that the phone has read up to.
    """
    shown, deadline = changes[: own_visits.PAGE], evaluation.return_due_at
    more = len(changes) > len(shown)
    newest = shown[-1].id if shown else here
    remarks: dict[str, list[str]] = {}
    for remark in last_return.remarks if last_return else ():
        remarks.setdefault(remark.question_key, []).append(remark.text)
    return {
        "cursor": shown[-1].arrival if shown else evaluation.arrivals,
        "last": str(newest) if newest else None,
        "reload": reload,
        "more": more,
        "state": evaluation.state.value,
        "round": evaluation.round,
        "deadline": clock.written(deadline) if deadline else None,
        "changes": [_arrived(one) for one in shown],
        "note": last_return.note if last_return else "",
        "remarks": remarks,
        "photos": [{"id": str(one.id), "sha256": one.sha256} for one in photos],
        "receipt": _code(receipt),
        "follow_ups": [_asked(one) for one in follow_ups],
    }


def _arrived(one: Change) -> dict[str, Any]:
    return {
        "arrival": one.arrival,
        "disposition": one.disposition,
        "head": one.is_head,
        "change": json.loads(one.body),
    }


def _asked(one: Asked) -> dict[str, Any]:
    row = one.follow_up
    return {
        "key": row.question_key,
        "state": row.state.value,
        "round": row.round,
        "due_on": row.due_on.isoformat(),
        "remark": row.remark,
        "receipt": _code(one.receipt),
    }


def _code(digest: str | None) -> str | None:
    return digest[:RECEIPT_SHOWN].upper() if digest else None


def receipt(given: Receipt) -> dict[str, Any]:
    """A receipt; `digest` is the SHA-256 of the rest as canonical JSON."""
    return {
        "submission": str(given.submission),
        "evaluation": str(given.evaluation),
        "part": given.part,
        "round": given.round,
        "changes": list(given.changes),
        "photos": [{"id": photo_id, "sha256": sha256} for photo_id, sha256 in given.photos],
        "at": clock.written(given.at),
        "digest": given.digest,
    }
