"""A phone in tests: it numbers its changes, knows what it saw of each register, and asks nothing else."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID, uuid4

from evaluations.models import Evaluation, new_id

NOON_MS = 1_773_489_600_000
A_PLACE = {"lat": "40.41690", "lon": "-3.70350", "accuracy_m": 12, "fix_age_s": 3}


def every(_sha256: str) -> bool:
    """A store that holds the bytes of every photo."""
    return True


class Phone:
    """One device with one evaluation on it."""

    def __init__(self, evaluation: Evaluation | UUID, vid: str = "") -> None:
        if isinstance(evaluation, Evaluation):
            self.eid, self.vid = evaluation.id, evaluation.version.content_hash or ""
        else:
            self.eid, self.vid = evaluation, vid
        self.did = str(uuid4())
        self.seq = 0
        self.saw: dict[str, list[str]] = {}
        self.made: list[dict[str, Any]] = []

    def change(self, kind: str, register: str, value: Any = None, **given: Any) -> dict[str, Any]:
        """A change of `register` on top of what this phone saw of it."""
        self.seq += 1
        made = {
            "id": str(new_id()),
            "eid": str(self.eid),
            "vid": self.vid,
            "did": self.did,
            "seq": self.seq,
            "kind": kind,
            "register": register,
            "base": self.saw.get(register, []),
            "wall_ms": NOON_MS + self.seq * 1000,
            "tz_min": 60,
        } | given
        if value is not None:
            made["value"] = value
        self.saw[register] = [made["id"]]
        self.made.append(made)
        return made

    def answers(self, key: str, value: Any, /, **given: Any) -> dict[str, Any]:
        """The answer `value` to the question `key`."""
        return self.change("answer.set", f"answer:{key}", {"state": "answered", "value": value}, **given)

    def clears(self, key: str) -> dict[str, Any]:
        """The answer to `key` taken away."""
        return self.change("answer.clear", f"answer:{key}")

    def comments(self, key: str, text: str, **given: Any) -> dict[str, Any]:
        """A comment at the question `key`."""
        return self.change("comment.set", f"comment:{key}", text, **given)

    def starts_timer(self, key: str, at_ms: int = NOON_MS) -> dict[str, Any]:
        """The timer of the question `key` begins to run."""
        return self.change("timer.start", f"timer:{key}", {"started_ms": at_ms})

    def stops_timer(self, key: str, seconds: str, at_ms: int = NOON_MS) -> dict[str, Any]:
        """It is stopped after so many seconds."""
        return self.change("timer.stop", f"timer:{key}", {"started_ms": at_ms, "seconds": seconds})

    def corrects_timer(self, key: str, seconds: str, measured: str) -> dict[str, Any]:
        """Another duration is entered by hand."""
        return self.change("timer.correct", f"timer:{key}", {"seconds": seconds, "measured": measured})

    def watches(self, watch_id: str, seconds: str | None = None, **given: Any) -> dict[str, Any]:
        """A blind timer that was started, and that measured so much where it was stopped."""
        value = {"half": "upper", "started_ms": NOON_MS, "seconds": seconds} | given
        return self.change("watch.set", f"watch:{watch_id}", value)

    def checks_in(self, at_ms: int = NOON_MS, place: Any = A_PLACE) -> dict[str, Any]:
        """Arrived."""
        return self.change("check_in", "visit:check_in", {"at_ms": at_ms, "place": place})

    def checks_out(self, at_ms: int = NOON_MS + 1_500_000, place: Any = A_PLACE) -> dict[str, Any]:
        """Left."""
        return self.change("check_out", "visit:check_out", {"at_ms": at_ms, "place": place})

    def ends(self, outcome: str, note: str = "") -> dict[str, Any]:
        """How the visit ended."""
        return self.change("outcome.set", "visit:outcome", {"outcome": outcome, "note": note})

    def attaches(
        self,
        body: bytes,
        question: str | None,
        photo_id: str | None = None,
        caption: str = "",
        taken: int = 0,
    ) -> dict[str, Any]:
        """The photo with the bytes `body`, placed at `question`."""
        photo_id = photo_id or str(uuid4())
        photo = {
            "id": photo_id,
            "sha256": hashlib.sha256(body).hexdigest(),
            "bytes": len(body),
            "mime": "image/jpeg",
            "width": 640,
            "height": 480,
            "source": "camera",
            "captured_wall_ms": NOON_MS + taken,
        }
        value = {"question": question, "caption": caption, "photo": photo}
        return self.change("photo.attach", f"photo:{photo_id}", value)

    def detaches(self, photo_id: str) -> dict[str, Any]:
        """The photo taken away again."""
        return self.change("photo.detach", f"photo:{photo_id}")

    def manifest(
        self, *photos: tuple[str, str], left_out: list[dict[str, str]] | None = None
    ) -> dict[str, Any]:
        """What this phone made and wants to be in the hand-in."""
        return {
            "did": self.did,
            "changes": [made["id"] for made in self.made],
            "photos": [{"id": photo_id, "sha256": sha256} for photo_id, sha256 in photos],
            "left_out": left_out or [],
        }

    def hand_in(self, round_: int = 1, *photos: tuple[str, str], **given: Any) -> dict[str, Any]:
        """A hand-in of all that this phone made."""
        return {"part": "visit", "round": round_, "manifest": self.manifest(*photos, **given)}
