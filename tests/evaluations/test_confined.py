"""Work in a process of its own: what ends that process is refused, and nothing is blamed for what is not its fault."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evaluations.confined import Confined, NotStarted
from evaluations.errors import Invalid

ROOM = 1_500 * 1024 * 1024


def a_child(module: str = "tests.evaluations.dying") -> Confined:
    return Confined(module, seconds=15, memory_bytes=ROOM, too_slow="too_slow", damaged="damaged")


@pytest.fixture
def child() -> Iterator[Confined]:
    child = a_child()
    yield child
    child.close()


def test_what_ends_every_child_is_damaged_and_the_next_question_is_answered(child: Confined):
    with pytest.raises(Invalid, match="damaged"):
        child.ask(b"end")
    assert child.ask(b"a", b"b") == ({}, [b"a", b"b"])


def test_that_over_which_the_machine_killed_the_child_may_be_asked_later(child: Confined):
    with pytest.raises(Invalid, match="too_slow"):
        child.ask(b"as if the machine had no memory")
    assert child.ask(b"a") == ({}, [b"a"])


def test_a_program_that_does_not_come_up_blames_nothing():
    child = a_child("tests.evaluations.is_not_there")
    try:
        with pytest.raises(NotStarted):
            child.ask(b"a")
    finally:
        child.close()
