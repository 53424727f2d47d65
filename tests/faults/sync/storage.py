"""What a phone keeps of one visit; it can be copied, put back and wiped as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.faults.sync import folding

DAYS = 14
OPEN = ("in_progress", "returned")


@dataclass(slots=True)
class Item:
    """A change or a photo, and how far it has come: kept, acknowledged, attention, frozen."""

    id: str
    order: int
    state: str = "kept"
    refusals: int = 0


@dataclass(slots=True)
class Record(Item):
    """A change, this phone's own or another's."""

    change: dict[str, Any] = field(default_factory=dict)
    mine: bool = True
    sealed: bool = False
    disposition: str | None = None


@dataclass(slots=True)
class Picture(Item):
    """A photo with its bytes."""

    body: bytes = b""
    sha256: str = ""


@dataclass(slots=True)
class Storage:
    """All that is kept."""

    did: str = field(default_factory=lambda: str(uuid4()))
    seqs: dict[str, int] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)
    cursor: int = 0
    last: str | None = None
    """The change that the cursor stands at."""
    round: int = 1
    state: str = "in_progress"
    hand_in: dict[str, Any] | None = None
    is_refused: bool = False
    """The server does not take the hand-in as it is."""
    receipts: list[dict[str, Any]] = field(default_factory=list)
    whole: tuple[int, int] | None = None
    """Since which day, and when last, the server was found to lack nothing of what is here."""

    @property
    def is_open(self) -> bool:
        """Whether the shopper may write."""
        return self.state in OPEN

    @property
    def takes_hand_ins(self) -> bool:
        """Whether a hand-in of the present round still goes: one of a visit that was called off does."""
        return self.is_open or self.state == "abandoned"

    @property
    def items(self) -> list[Item]:
        """All changes and photos."""
        return [*self.records.values(), *self.pictures.values()]

    @property
    def mine(self) -> list[Record]:
        """The changes that were made here."""
        return [record for record in self.records.values() if record.mine]

    @property
    def own(self) -> list[Item]:
        """What was made here, or on a phone that this is a clone of."""
        return [*self.mine, *self.pictures.values()]

    def seen(self, register: str) -> list[str]:
        """The heads that somebody who looks at this phone sees."""
        log = [record.change for record in self.records.values() if record.change["register"] == register]
        return folding.heads(log).get(register, [])

    def find(self, ids: Iterable[str]) -> list[Item]:
        """The changes and photos with these ids that are here."""
        wanted = set(ids)
        return [item for item in self.items if item.id in wanted]

    def purge(self, receipted: Mapping[str, int]) -> None:
        """Give up what the last receipt names, if it is old enough and the server was whole ever since."""
        if self.is_open or self.hand_in or not self.receipts or not self.whole:
            return
        receipt = self.receipts[-1]
        since, at = self.whole
        if at - max(since, receipted[receipt["digest"]]) <= DAYS:
            return
        photos = {(photo["id"], photo["sha256"]) for photo in receipt["photos"]}
        for id, record in list(self.records.items()):
            if record.state == "acknowledged" and id in receipt["changes"]:
                del self.records[id]
        for id, picture in list(self.pictures.items()):
            if picture.state == "acknowledged" and (id, picture.sha256) in photos:
                del self.pictures[id]
        self.cursor = 0
