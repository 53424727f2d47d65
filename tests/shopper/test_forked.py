"""Work in a child may hang, swell or die: the worker says why, and goes on with the next piece."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from shopper.forked import Failed, Forked, Limits
from shopper.working import BeyondLimits, LeaseLost

A_WORK = uuid4()
LIMITS = Limits(seconds=60, memory_mb=400)


def perform(name: str, work_id: UUID, tell: Callable[[int], None]) -> Mapping[str, Any]:
    """Work that goes wrong in the way that its name says."""
    if name == "hangs":
        Event().wait()
    if name == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "swells":
        return {"length": len(bytearray(2_000_000_000))}
    if name == "fails":
        raise KeyError("photo")
    if name == "goes on":
        for number in range(5):
            tell(number)
    return {"id": str(work_id), "process": os.getpid()}


@pytest.fixture
def child(engine: Engine) -> Iterator[Forked]:
    forked = Forked(engine, perform, LIMITS)
    yield forked
    forked.close()


def quiet(_done: int | None) -> None:
    """Nobody listens."""


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("dies", "ended by itself"),
        ("swells", "more than 400 MB of memory"),
    ],
)
def test_what_goes_beyond_its_limits_is_ended_and_the_next_is_done(child: Forked, name: str, says: str):
    with pytest.raises(BeyondLimits, match=says):
        child.ask(name, A_WORK, quiet)
    assert child.process_id is None
    assert child.ask("good", A_WORK, quiet)["id"] == str(A_WORK)


def test_what_hangs_is_ended(child: Forked):
    child.limits = Limits(seconds=0.3)
    with pytest.raises(BeyondLimits, match=r"longer than 0\.3 seconds"):
        child.ask("hangs", A_WORK, quiet)
    assert child.process_id is None


def test_what_fails_says_why_and_the_child_goes_on(child: Forked):
    with pytest.raises(Failed, match="KeyError: 'photo'"):
        child.ask("fails", A_WORK, quiet)
    before = child.process_id
    assert child.ask("good", A_WORK, quiet)["process"] == before != os.getpid()


def test_a_child_that_keeps_too_much_is_replaced(child: Forked, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("shopper.forked.MOST_KEPT_MB", 1)
    before = child.ask("good", A_WORK, quiet)["process"]
    assert child.process_id is None
    assert child.ask("good", A_WORK, quiet)["process"] != before


def test_what_says_that_it_goes_on_may_take_longer(child: Forked, monkeypatch: pytest.MonkeyPatch):
    told: list[int | None] = []
    now = time.monotonic()
    monkeypatch.setattr("shopper.forked.time.monotonic", lambda: now + len(told) * LIMITS.seconds * 0.9)
    assert child.ask("goes on", A_WORK, told.append)["id"] == str(A_WORK)
    assert told == [0, 1, 2, 3, 4]


def test_whoever_lost_its_lease_ends_the_work(child: Forked):
    def lost(_done: int | None) -> None:
        raise LeaseLost()

    with pytest.raises(LeaseLost):
        child.ask("goes on", A_WORK, lost)
    assert child.process_id is None
