"""Somebody else holds the database for too long: the phone is told so, keeps its work and sends it later."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from shopper.identity import sessions
from tests.faults.sync.air import Air
from tests.faults.sync.handset import Handset
from tests.faults.sync.house import House


@contextmanager
def held(house: House) -> Iterator[None]:
    """Another process writes, and does not end."""
    with closing(sqlite3.connect(house.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def hurried(house: House) -> House:
    """A house whose connections do not wait long."""

    def hurry(connection, _record):
        connection.execute("PRAGMA busy_timeout = 20")

    house.engine.dispose()
    event.listen(house.engine, "connect", hurry)
    return house


def test_what_waits_in_vain_is_answered_in_words_and_taken_later(hurried):
    phone = Handset(hurried.visits[0], Air(hurried))
    phone.answers("greeted", "yes")
    with held(hurried):
        assert phone.sends_changes() == "network"
        assert (phone.last.status, phone.last.json["error"]["code"]) == (503, "database_away")
    assert phone.drains()
    assert hurried.holds(phone.given).ids == {record.id for record in phone.storage.mine}


def test_noting_when_a_phone_was_last_seen_spoils_no_answer(hurried, monkeypatch):
    monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(days=-1))
    phone = Handset(hurried.visits[0], Air(hurried))
    with held(hurried):
        assert phone.catches_up() == "accepted"
