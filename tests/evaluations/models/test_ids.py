"""Ids are unique, and sorted by the time of their making even within a millisecond."""

import time
from uuid import RFC_4122

import pytest

from evaluations.models import new_id


@pytest.fixture
def clock(monkeypatch):
    """A clock that moves on by 250 nanoseconds each time it is read."""
    reading = 1_773_489_600_000_000_000

    def read():
        nonlocal reading
        reading += 250
        return reading

    monkeypatch.setattr(time, "time_ns", read)


def test_ids_are_of_version_seven():
    made = new_id()
    assert (made.version, made.variant) == (7, RFC_4122)


def test_an_id_begins_with_its_millisecond(clock):
    assert new_id().int >> 80 == 1_773_489_600_000


def test_ids_made_in_a_row_within_a_millisecond_keep_their_order(clock):
    made = [new_id() for _ in range(3000)]
    assert made == sorted(made)
    assert len({one.int >> 80 for one in made}) == 1


def test_ids_made_at_one_instant_differ(monkeypatch):
    monkeypatch.setattr(time, "time_ns", lambda: 1_773_489_600_000_000_000)
    assert len({new_id() for _ in range(1000)}) == 1000
