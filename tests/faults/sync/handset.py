"""A phone as sync.md has it, in a few lines of Python: what it sends, and what it does with each answer.

The browser's own scripts are proved elsewhere (tests/js, and the visits in Chromium); here it is the protocol.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any
from uuid import uuid4

from evaluations.document.canonical import canonical_json
from evaluations.models import new_id
from tests.faults.sync.air import Air, Fate
from tests.faults.sync.house import Given, Reply, Request
from tests.faults.sync.storage import Item, Picture, Record, Storage
from tests.phones import NOON_MS
from tests.shopper.field.conftest import API, OURS, digest

MOST_AT_ONCE = 200
PATIENCE = 3


def goes() -> Fate:
    """A network without faults."""
    return Fate.GOES


def judge(reply: Reply | None) -> str:
    """What an answer means; whatever is not in the table is as good as none."""
    data = (reply.json or {}) if reply and isinstance(reply.json, dict) else {}
    if reply and 200 <= reply.status < 300 and isinstance(data.get("data"), dict):
        return "accepted"
    error = data.get("error")
    if reply is None or not isinstance(error, dict):
        return "network"
    if reply.status in (401, 403):
        return "signed out"
    if reply.status == 409:
        return "incomplete" if error["code"] == "incomplete" else "clash"
    return "refused" if reply.status in (413, 415, 422) else "network"


def _is_lacking(record: Record, lack: dict[str, Any]) -> bool:
    is_gap = any(first <= record.change["seq"] <= last for first, last in lack["missing"])
    return is_gap or ("held" in lack and record.id not in lack["held"])


class Handset:
    """A phone with one visit on it."""

    def __init__(self, given: Given, air: Air, storage: Storage | None = None) -> None:
        self.given = given
        self.air = air
        self.cookie = given.cookie
        self.storage = storage or Storage()
        self.last: Reply | None = None
        self.asks_again = False
        """Whether the server lacked what it once confirmed: that may not be all, so it is asked again at the end."""
        self.made: list[dict[str, Any]] = []
        """Every change as it was at any time, for the test to look back on."""
        self.taken: dict[str, str] = {}

    def clone(self) -> Handset:
        """Another phone with a copy of this one's storage."""
        return type(self)(self.given, self.air, deepcopy(self.storage))

    # ---- what the shopper does

    def writes(self, kind: str, register: str, value: Any = None) -> dict[str, Any]:
        """A change on top of what is seen; one that was in no request yet is replaced in place."""
        storage, base = self.storage, self.storage.seen(register)
        earlier = storage.records.get(base[0]) if len(base) == 1 else None
        if earlier and not earlier.sealed and earlier.state == "kept":
            change = earlier.change | {"kind": kind}
            record = earlier
        else:
            did = storage.did
            storage.seqs[did] = seq = storage.seqs.get(did, 0) + 1
            change = {"id": str(new_id()), "eid": str(self.given.eid), "vid": self.given.vid, "did": did}
            change |= {"seq": seq, "kind": kind, "register": register, "base": base}
            change |= {"wall_ms": NOON_MS + seq * 1000, "tz_min": 60}
            record = Record(change["id"], len(storage.records))
        change.pop("value", None)
        record.change = change if value is None else change | {"value": value}
        storage.records[record.id] = record
        self.made.append(record.change)
        return record.change

    def answers(self, key: str, value: str) -> None:
        """The answer to a question."""
        self.writes("answer.set", f"answer:{key}", {"state": "answered", "value": value})

    def comments(self, key: str, text: str) -> None:
        """A comment at a question."""
        self.writes("comment.set", f"comment:{key}", text)

    def photographs(self, key: str, body: bytes) -> str:
        """A photo at a question."""
        photo_id, sha256 = str(uuid4()), hashlib.sha256(body).hexdigest()
        photo = {"id": photo_id, "sha256": sha256, "bytes": len(body), "mime": "image/jpeg", "width": 9}
        photo |= {"height": 9, "source": "camera", "captured_wall_ms": NOON_MS}
        self.storage.pictures[photo_id] = Picture(photo_id, 0, body=body, sha256=sha256)
        self.taken[photo_id] = sha256
        self.writes("photo.attach", f"photo:{photo_id}", {"question": key, "caption": "", "photo": photo})
        return photo_id

    def makes_ready(self) -> None:
        """Hand in, as soon as everything has gone."""
        self.storage.hand_in = {"id": str(uuid4()), "round": self.storage.round}
        self.storage.is_refused = False

    def is_wiped(self) -> None:
        """The browser threw everything away."""
        self.storage = Storage()

    # ---- what the phone sends

    def announces(self, fate: Fate = Fate.GOES) -> str:
        """Say what is here, and make ready again what the server lost."""
        photos = [{"id": id, "taken_ms": NOON_MS} for id in self.storage.pictures]
        holdings = [
            {"eid": str(self.given.eid), "did": did, "top_seq": top, "photos": photos} | self._digest(did)
            for did, top in self.storage.seqs.items()
        ]
        if not holdings:
            return "accepted"
        reply = self._send("POST", "announce", {"holdings": holdings}, fate)
        if (verdict := judge(reply)) == "accepted":
            self.asks_again = False
            lacking = [self._restore(lack) for lack in reply.json["data"]["holdings"]]
            self._compared(any(lacking))
        return verdict

    def _digest(self, did: str) -> dict[str, str]:
        """By which the server sees whether it has all that it is believed to have."""
        records = self.storage.records.values()
        safe = [one.id for one in records if one.change["did"] == did and one.state == "acknowledged"]
        return {"digest": hashlib.sha256(",".join(sorted(safe)).encode()).hexdigest()} if safe else {}

    def _compared(self, lacks: bool) -> None:
        day = self.air.house.day
        since = self.storage.whole[0] if self.storage.whole else day
        self.storage.whole = None if lacks else (since, day)

    def purges(self) -> None:
        """Give up what need not be kept any longer, as each opening of the page does."""
        self.storage.purge(self.air.house.receipted)

    def _restore(self, lack: dict[str, Any]) -> bool:
        """Whether anything of what the server lacks is here and can go."""
        missing = [
            record.id
            for record in self.storage.records.values()
            if record.change["did"] == lack["did"] and _is_lacking(record, lack)
        ]
        lacking = [*missing, *lack["photos_missing"]]
        self.asks_again |= any(item.state == "acknowledged" for item in self.storage.find(lacking))
        self._send_again(lacking)
        return any(item.state == "kept" for item in self.storage.find(lacking))

    def _send_again(self, ids: Sequence[str]) -> None:
        if ids:
            self.storage.whole = None
        for item in self.storage.find(ids):
            if item.state == "acknowledged":
                item.state = "kept"

    def catches_up(self, fate: Fate = Fate.GOES) -> str:
        """Ask for what the server has and this phone has not."""
        storage = self.storage
        last = f"&last={storage.last}" if storage.cursor and storage.last else ""
        address = f"evaluations/{self.given.eid}/state?since={storage.cursor}{last}"
        reply = self._send("GET", address, None, fate)
        if (verdict := judge(reply)) != "accepted":
            return verdict
        data = reply.json["data"]
        if data["reload"] and storage.cursor > 0:
            storage.cursor = 0
            return self.catches_up(fate)
        for news in data["changes"]:
            self._merge(news["change"], news["disposition"])
        storage.cursor, storage.last = data["cursor"], data["last"]
        storage.state, storage.round = data["state"], data["round"]
        if data["more"]:
            return self.catches_up(fate)
        if storage.hand_in and (storage.round > storage.hand_in["round"] or not storage.takes_hand_ins):
            storage.hand_in = None
        held = {receipt["digest"][:4].upper() for receipt in storage.receipts}
        return verdict if data["receipt"] in {None, *held} else self._asks_for_receipts(fate)

    def _asks_for_receipts(self, fate: Fate) -> str:
        """A receipt was given of which no answer told: it is fetched, and everything in it may go in time."""
        reply = self._send("GET", f"evaluations/{self.given.eid}/receipts", None, fate)
        if (verdict := judge(reply)) == "accepted":
            self.storage.receipts = reply.json["data"]["receipts"]
        return verdict

    def _merge(self, change: dict[str, Any], disposition: str | None) -> None:
        known = self.storage.records.get(change["id"])
        fresh = Record(change["id"], len(self.storage.records), change=change, mine=False)
        record = known or fresh
        is_same = not record.mine or canonical_json(record.change) == canonical_json(change)
        record.state, record.sealed = "acknowledged" if is_same else "frozen", True
        record.disposition, record.refusals = disposition, 0
        self.storage.records[record.id] = record

    def fetches_package(self, fate: Fate = Fate.GOES) -> None:
        """Ask for the visit again; whatever the answer says, what is here stays."""
        self._send("GET", f"visits/{self.given.visit}/package", None, fate)

    def sends_changes(self, fate: Fate = Fate.GOES) -> str:
        """The next batch."""
        due = [record for record in self.storage.records.values() if record.state == "kept"]
        batch = sorted(due, key=lambda one: one.change["seq"])[:MOST_AT_ONCE]
        if not batch:
            return "nothing"
        for record in batch:
            record.sealed = True
        address = f"evaluations/{self.given.eid}/changes"
        reply = self._send("POST", address, {"changes": [record.change for record in batch]}, fate)
        if (verdict := judge(reply)) == "accepted":
            self._settle(reply.json["data"]["results"])
        elif verdict in ("refused", "clash") and len(batch) == 1:
            self._settle_one(batch[0], verdict)
        return verdict

    def _settle(self, results: list[dict[str, Any]]) -> None:
        for result in results:
            record = self.storage.records[result["id"]]
            if result["result"] in ("stored", "known", "forked"):
                record.state, record.refusals = "acknowledged", 0
            else:
                self._settle_one(record, "clash" if result["result"] == "differs" else "refused")
        if any(result["result"] == "forked" for result in results):
            self.storage.did = str(uuid4())

    def _settle_one(self, item: Item, verdict: str) -> None:
        if verdict == "accepted":
            item.state, item.refusals = "acknowledged", 0
        elif verdict == "clash":
            item.state = "frozen"
        elif verdict == "refused":
            item.refusals += 1
            item.state = "attention" if item.refusals >= PATIENCE else item.state

    def sends_a_photo(self, fate: Fate = Fate.GOES) -> str:
        """The next photo."""
        due = [picture for picture in self.storage.pictures.values() if picture.state == "kept"]
        if not due:
            return "nothing"
        picture = due[0]
        headers = {"Repr-Digest": digest(picture.body)}
        address = f"evaluations/{self.given.eid}/photos/{picture.id}"
        reply = self._send("PUT", address, picture.body, fate, headers)
        verdict = judge(reply)
        if verdict == "accepted" and reply.json["data"]["sha256"] != picture.sha256:
            verdict = "network"
        self._settle_one(picture, verdict)
        return verdict

    def hands_in(self, fate: Fate = Fate.GOES) -> str:
        """Send the hand-in, if it is wanted and nothing waits that could still go."""
        storage = self.storage
        if (
            not storage.hand_in
            or storage.is_refused
            or any(item.state == "kept" for item in (*storage.mine, *storage.pictures.values()))
        ):
            return "nothing"
        address = f"evaluations/{self.given.eid}/submissions/{storage.hand_in['id']}"
        sent = {"part": "visit", "round": storage.hand_in["round"], "manifest": self._manifest()}
        reply = self._send("PUT", address, sent, fate)
        verdict = judge(reply)
        if verdict == "accepted":
            receipt = reply.json["data"]
            storage.state = "submitted" if storage.round == receipt["round"] else storage.state
            storage.hand_in = None
            storage.receipts.append(receipt)
        elif verdict == "incomplete":
            self._send_again(
                [*reply.json["error"]["missing_changes"], *reply.json["error"]["missing_photos"]]
            )
        elif verdict in ("refused", "clash"):
            storage.is_refused = True
        return verdict

    def _manifest(self) -> dict[str, Any]:
        mine, pictures = self.storage.mine, list(self.storage.pictures.values())
        left = [("change", one) for one in mine] + [("photo", one) for one in pictures]
        return {
            "did": self.storage.did,
            "changes": [one.id for one in mine if one.state == "acknowledged"],
            "photos": [
                {"id": one.id, "sha256": one.sha256} for one in pictures if one.state == "acknowledged"
            ],
            "left_out": [
                {"id": one.id, "what": what, "reason": "differs"}
                for what, one in left
                if one.state != "acknowledged"
            ],
        }

    def drains(self, way: Callable[[], Fate] = goes, *, is_new: bool = True) -> bool:
        """Send all that can go, each request as `way` has it; whether nothing is left that could go or be asked.

        `is_new`: the page has just been opened, so that it begins with telling and asking.
        """
        if is_new and "network" in (self.announces(way()), self.catches_up(way())):
            return False
        if is_new:
            self.purges()
        for send in (self.sends_changes, self.sends_a_photo, self.hands_in):
            while (verdict := send(way())) in ("accepted", "incomplete", "refused"):
                if verdict == "incomplete":
                    return False
            if verdict != "nothing":
                return False
        return not self.storage.hand_in and not self.asks_again

    def _send(
        self, method: str, address: str, content: Any, fate: Fate, headers: dict[str, str] | None = None
    ) -> Reply | None:
        body = (
            content
            if isinstance(content, bytes)
            else b""
            if content is None
            else json.dumps(content).encode()
        )
        kind = "image/jpeg" if isinstance(content, bytes) else "application/json"
        sent = OURS | {"Content-Type": kind, "Cookie": self.cookie, "X-Shopper-Person": self.given.shopper}
        self.last = self._carry(Request(method, f"{API}/{address}", body, sent | (headers or {})), fate)
        return self.last

    def _carry(self, request: Request, fate: Fate) -> Reply | None:
        return self.air.carry(request, fate)
