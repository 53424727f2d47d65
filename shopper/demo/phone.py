"""A demo shopper's phone: the changes, photos and hand-in of one visit, as a real phone sends them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from evaluations.fieldwork import changes, submitting
from evaluations.models import Evaluation, Outcome, Person
from evaluations.photos import intake
from evaluations.photos.intake import Prepared
from shopper.demo.answering import Found

Take = Callable[[str, Random], Prepared]
"""Takes a photo of a scene: draws it and keeps its bytes."""


class Phone:
    """One shopper's phone during one visit; its clock is set, and its ids come from the seed."""

    def __init__(
        self, session: Session, evaluation: Evaluation, shopper: Person, take: Take, random: Random
    ) -> None:
        self._session = session
        self._evaluation = evaluation
        self._shopper = shopper
        self._take = take
        self._random = random
        self._did = self._id(datetime(2026, 1, 1).astimezone())
        self._seq = 0
        self._sent: list[str] = []
        self._photos: list[dict[str, str]] = []
        self._heads: dict[str, list[str]] = {}

    def make_visit(self, found: Sequence[Found], at: datetime, *, minutes: int, whole: bool = True) -> None:
        """Check in at `at`, answer what was found over so many minutes, and, where it is whole, check out."""
        batch = [self._presence("check_in", at)]
        step = timedelta(minutes=minutes) / max(1, len(found))
        for number, one in enumerate(found, start=1):
            batch += self._entered(one, at + number * step)
        end = at + timedelta(minutes=minutes)
        if whole:
            batch += [self._presence("check_out", end), self._outcome(Outcome.MADE, "", end)]
        self._send(batch, end)

    def stand_before(self, outcome: Outcome, note: str, at: datetime, *, scene: str | None = None) -> None:
        """Say that the visit could not be made, and why, with a photo of the scene where there is one to show."""
        batch = [self._presence("check_in", at)]
        if scene is not None:
            batch.append(self._photo(None, scene, at))
        self._send([*batch, self._outcome(outcome, note, at)], at)

    def mend(self, found: Sequence[Found], at: datetime) -> None:
        """Answer some questions anew, after a return."""
        self._send([change for one in found for change in self._entered(one, at)], at)

    def hand_in(self, at: datetime, *, part: str = submitting.VISIT) -> None:
        """Hand in all that was sent: the visit, or what was asked after it."""
        manifest = {"did": self._did, "changes": self._sent, "photos": self._photos, "left_out": []}
        round_ = self._evaluation.round if part == submitting.VISIT else 1
        sent = submitting.HandIn.model_validate({"part": part, "round": round_, "manifest": manifest})
        submission = UUID(self._id(at))
        submitting.submit(self._session, self._evaluation, submission, sent, by=self._shopper, at=at)

    def _entered(self, found: Found, at: datetime) -> list[dict[str, Any]]:
        key = found.question.key
        batch = []
        if found.answer is not None:
            value = found.answer.model_dump(mode="json", exclude_none=True)
            batch.append(self._change("answer.set", f"answer:{key}", value, at))
        if found.comment:
            batch.append(self._change("comment.set", f"comment:{key}", found.comment, at))
        return batch + [self._photo(key, scene, at) for scene in found.scenes]

    def _photo(self, question: str | None, scene: str, at: datetime) -> dict[str, Any]:
        prepared = self._take(scene, self._random)
        photo_id = self._id(at)
        intake.record(self._session, self._evaluation, UUID(photo_id), prepared, by=self._shopper, at=at)
        self._photos.append({"id": photo_id, "sha256": prepared.sha256})
        facts = {
            "id": photo_id,
            "sha256": prepared.sha256,
            "bytes": prepared.byte_count,
            "mime": prepared.mime,
            "width": prepared.width,
            "height": prepared.height,
            "source": "camera",
            "captured_wall_ms": _ms(at),
        }
        value = {"question": question, "caption": "", "photo": facts}
        return self._change("photo.attach", f"photo:{photo_id}", value, at)

    def _presence(self, kind: str, at: datetime) -> dict[str, Any]:
        return self._change(kind, f"visit:{kind}", {"at_ms": _ms(at), "place": self._place()}, at)

    def _outcome(self, outcome: Outcome, note: str, at: datetime) -> dict[str, Any]:
        return self._change("outcome.set", "visit:outcome", {"outcome": outcome.value, "note": note}, at)

    def _send(self, batch: list[dict[str, Any]], at: datetime) -> None:
        changes.store(self._session, self._evaluation, batch, by=self._shopper, at=at)

    def _change(self, kind: str, register: str, value: Any, at: datetime) -> dict[str, Any]:
        self._seq += 1
        change = {
            "id": self._id(at),
            "eid": str(self._evaluation.id),
            "vid": self._evaluation.version.content_hash,
            "did": self._did,
            "seq": self._seq,
            "kind": kind,
            "register": register,
            "value": value,
            "base": self._heads.get(register, []),
            "wall_ms": _ms(at),
            "tz_min": 60,
        }
        self._heads[register] = [change["id"]]
        self._sent.append(change["id"])
        return change

    def _place(self) -> dict[str, Any] | None:
        location = self._evaluation.visit.location
        if location.latitude is None or location.longitude is None:
            return None
        return {
            "lat": f"{location.latitude + self._random.uniform(-3e-4, 3e-4):.5f}",
            "lon": f"{location.longitude + self._random.uniform(-3e-4, 3e-4):.5f}",
            "accuracy_m": self._random.randint(6, 40),
            "fix_age_s": 2,
        }

    def _id(self, at: datetime) -> str:
        """A UUID of version 7 for that moment, from the seed."""
        number = (_ms(at) << 80) | self._random.getrandbits(80)
        number = number & ~(0xF << 76) | (0x7 << 76)
        return str(UUID(int=number & ~(0x3 << 62) | (0x2 << 62)))


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)
