"""Phones at work: each makes changes and photos, sends them, and repeats what was not acknowledged."""

from __future__ import annotations

import hashlib
import json
import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from uuid import uuid4

from tests.evaluations.photos.pictures import a_jpeg
from tests.phones import Phone
from tests.shopper.field.conftest import API, OURS, digest

PATIENCE_S = 20


@dataclass
class Ledger:
    """What was acknowledged, to be compared with what is there in the end."""

    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    photos: dict[str, str] = field(default_factory=dict)
    complaints: list[str] = field(default_factory=list)
    refusals: Counter[int] = field(default_factory=Counter)
    """How often the server said that it has no room (507) or no database (503)."""
    _more: threading.Condition = field(default_factory=threading.Condition)

    @property
    def size(self) -> int:
        """How many things were acknowledged."""
        return len(self.changes) + len(self.photos)

    def note(self, changes: dict[str, dict[str, Any]], photos: dict[str, str]) -> None:
        """Something more was acknowledged."""
        with self._more:
            self.changes |= changes
            self.photos |= photos
            self._more.notify_all()

    def complain(self, what: str) -> None:
        """Something was answered that never should be."""
        with self._more:
            self.complaints.append(what)
            self._more.notify_all()

    def refuse(self, status: int) -> None:
        """The server could not keep something."""
        with self._more:
            self.refusals[status] += 1
            self._more.notify_all()

    def wait_for_refusals(self, statuses: set[int], seconds: float) -> None:
        """Return once each of `statuses` was answered."""
        with self._more:
            assert self._more.wait_for(
                lambda: statuses <= self.refusals.keys() or self.complaints, seconds
            ), self.refusals
            assert not self.complaints, self.complaints

    def wait_for(self, size: int, seconds: float) -> None:
        """Return once `size` things were acknowledged."""
        with self._more:
            assert self._more.wait_for(lambda: self.size >= size or self.complaints, seconds), "nothing moves"
            assert not self.complaints, self.complaints


class Walk(threading.Thread):
    """One phone that goes on making things until it is told to stop, and then sends what is left."""

    def __init__(self, port: int, cookie: str, phone: Phone, ledger: Ledger, seed: int) -> None:
        super().__init__(daemon=True)
        self.stopping = threading.Event()
        """Set: make nothing more, but send what is left."""
        self.given_up = threading.Event()
        """Set: not even that."""
        self.phone = phone
        self._port = port
        self._headers = OURS | {"Origin": f"http://127.0.0.1:{port}", "Cookie": cookie}
        self.ledger = ledger
        self._draw = random.Random(seed)
        self._connection: HTTPConnection | None = None
        self.unanswered = ""
        """Why what was sent last was not acknowledged."""

    def run(self) -> None:
        """Send batches, photos among them, each until it is acknowledged."""
        while not self.stopping.is_set():
            batch, photo = self._batch()
            self._until_acknowledged(lambda batch=batch: self.send_changes(batch))
            if photo:
                self._until_acknowledged(lambda photo=photo: self.send_photo(*photo))
        self.hang_up()

    def _batch(self) -> tuple[list[dict[str, Any]], tuple[str, bytes] | None]:
        draw, photo = self._draw, None
        keys = ["greeted", "warmth", "story"]
        batch = [self.phone.answers(draw.choice(keys), draw.choice(["yes", "no"])) for _ in range(4)]
        batch.append(self.phone.comments(draw.choice(keys), "x" * draw.randint(1, 2000)))
        if draw.random() < 0.5:
            photo = str(uuid4()), a_jpeg(draw.randint(30, 300), draw.randint(30, 300))
            batch.append(self.phone.attaches(photo[1], "greeted", photo[0]))
        if draw.random() < 0.3:  # a phone that lost an answer sends what was stored already
            batch += draw.sample(self.phone.made, min(5, len(self.phone.made)))
        return batch, photo

    def _until_acknowledged(self, send: Any) -> None:
        while not send() and not self.given_up.is_set():
            self.hang_up()

    def send_changes(self, batch: list[dict[str, Any]]) -> bool:
        """Whether the batch was acknowledged."""
        body = json.dumps({"changes": batch}).encode()
        answer = self._ask("POST", "changes", body, {"Content-Type": "application/json"})
        if answer is None:
            return False
        results = answer["results"]
        odd = [result for result in results if result["result"] not in ("stored", "known")]
        if odd:
            self.ledger.complain(f"answered {odd}")
        self.ledger.note({change["id"]: change for change in batch}, {})
        return True

    def send_photo(self, photo_id: str, body: bytes) -> bool:
        """Whether the photo was acknowledged."""
        headers = {"Content-Type": "image/jpeg", "Repr-Digest": digest(body)}
        answer = self._ask("PUT", f"photos/{photo_id}", body, headers)
        if answer is None:
            return False
        sha256 = hashlib.sha256(body).hexdigest()
        if answer["sha256"] != sha256:
            self.ledger.complain(f"photo {photo_id} was answered as {answer['sha256']}")
        self.ledger.note({}, {photo_id: sha256})
        return True

    def _ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> dict[str, Any] | None:
        """The data of a success; None for no answer at all, which is what a kill looks like."""
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_S)
        try:
            where = f"{API}/evaluations/{self.phone.eid}/{address}"
            self._connection.request(method, where, body, self._headers | headers)
            response = self._connection.getresponse()
            text = response.read()
        except (OSError, HTTPException) as error:
            self.unanswered = repr(error)
            return None
        if response.status in (503, 507):
            self.unanswered = f"{response.status} {text[:300]!r}"
            self.ledger.refuse(response.status)
            return None
        if response.status not in (200, 201):
            self.ledger.complain(f"{method} {address}: {response.status} {text[:300]!r}")
            self.stopping.set()
            return {"results": [], "sha256": ""}
        found: dict[str, Any] = json.loads(text)["data"]
        return found

    def hang_up(self) -> None:
        """Close the connection; the next call makes another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
