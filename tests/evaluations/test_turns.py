"""Who writes next: whoever came first, and nobody waits for ever."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from evaluations import database
from evaluations.database import writing
from evaluations.turns import Turns

PATIENCE_S = 20


def waits(turns: Turns, act: Callable[[], None]) -> threading.Thread:
    """Somebody who does something for which they have to wait, and waits by now."""
    before = len(turns._waiting)
    thread = threading.Thread(target=act)
    thread.start()
    while len(turns._waiting) == before:
        assert thread.is_alive()
    return thread


def test_a_turn_that_does_not_come_in_time_is_not_had_and_not_owed():
    turns = Turns()
    assert turns.take(0)
    assert not turns.take(0.01)
    turns.give()
    assert turns.take(0)


def test_turns_come_in_the_order_of_asking():
    turns, order = Turns(), []

    def wait(name: str) -> None:
        assert turns.take(PATIENCE_S)
        order.append(name)
        turns.give()

    assert turns.take(0)
    threads = [waits(turns, partial(wait, name)) for name in "abcdef"]
    turns.give()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert order == list("abcdef")
    assert turns.take(0)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")
def test_a_forked_child_does_not_wait_for_a_turn_that_its_parent_has():
    turns = Turns()
    assert turns.take(0)
    child = os.fork()
    if child == 0:
        os._exit(0 if turns.take(0) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert not turns.take(0)


@pytest.fixture
def turns(monkeypatch) -> Turns:
    """The turns of the next engine."""
    turns = Turns()
    monkeypatch.setattr(database, "Turns", lambda: turns)
    return turns


@pytest.fixture
def engine(turns, tmp_path) -> Iterator[Engine]:
    """A database with a table."""
    engine = database.connect(f"sqlite:///{tmp_path / 'rows.sqlite'}")
    with writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE rows (writer TEXT)"))
    yield engine
    engine.dispose()


def test_transactions_write_in_the_order_in_which_they_began(turns, engine):
    def write(writer: str) -> None:
        with writing(engine).begin() as connection:
            connection.execute(text("INSERT INTO rows VALUES (:writer)"), {"writer": writer})

    with writing(engine).begin():
        threads = [waits(turns, partial(write, writer)) for writer in "abcdef"]
    for thread in threads:
        thread.join(PATIENCE_S)
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT writer FROM rows ORDER BY rowid")).all() == list("abcdef")


@pytest.mark.parametrize("ending", ["commit", "rollback", "failure", "nothing"])
def test_the_turn_is_given_back_however_the_transaction_ends(turns, engine, ending):
    with writing(engine).connect() as connection:
        transaction = connection.begin()
        assert not turns.take(0)
        if ending == "failure":
            with pytest.raises(OperationalError, match="no such table"):
                connection.execute(text("INSERT INTO none_such VALUES (1)"))
        elif ending != "nothing":
            getattr(transaction, ending)()
    assert turns.take(0)


def test_whoever_only_reads_waits_for_nobody(turns, engine):
    with writing(engine).begin(), engine.connect() as connection:
        assert connection.scalars(text("SELECT * FROM rows")).all() == []
