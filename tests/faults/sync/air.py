"""The network between a phone and the server, in a shop's basement."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from tests.faults.sync.house import House, Reply, Request


class Fate(StrEnum):
    """What happens to a request on its way."""

    GOES = "goes"
    LOST = "lost"
    ANSWER_LOST = "answer lost"
    TWICE = "twice"
    LATE = "late"
    """It arrives after others that were sent later; nobody waits for its answer any more."""
    CUT = "cut"
    SERVER_DIES = "server dies"
    """Just before it would commit."""
    SERVER_DIES_AFTER = "server dies after"
    """As soon as it has answered."""
    PORTAL = "portal"
    """A hotel's page with status 200."""
    BUSY = "busy"


class Air:
    """Carries requests, or does not."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.late: list[Request] = []
        self.sent_bytes = 0
        self.tally: Counter[Fate] = Counter()

    def carry(self, request: Request, fate: Fate) -> Reply | None:
        """The answer as the phone gets it; None for none."""
        self.sent_bytes += len(request.body)
        self.tally[fate] += 1
        match fate:
            case Fate.LOST:
                return None
            case Fate.LATE:
                self.late.append(request)
                return None
            case Fate.PORTAL:
                return Reply(200)
            case Fate.BUSY:
                return Reply(503)
            case Fate.SERVER_DIES:
                self.house.dies_at(request)
                return None
            case Fate.SERVER_DIES_AFTER:
                return self.house.answers(request, dies_after=True)
            case Fate.CUT:
                self.house.answers(request, cut=True)
                return None
            case Fate.TWICE:
                self.house.answers(request)
        answer = self.house.answers(request)
        return None if fate is Fate.ANSWER_LOST else answer

    def arrives(self, place: int) -> None:
        """One of the late ones arrives after all."""
        self.house.answers(self.late.pop(place))
