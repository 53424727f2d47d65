"""The order of durability, seen in the server's own system calls: a kill cannot see a missing fsync."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from shopper.config import Config, read
from tests.evaluations.photos.pictures import a_jpeg
from tests.faults.server import Server
from tests.faults.test_kills import a_signed_in_phone
from tests.faults.walking import Ledger, Walk

CALLS = "fsync,fdatasync,rename,renameat,renameat2,write,writev,sendto,sendmsg"
LINE = re.compile(r"^(?:\d+ +)?(?P<name>\w+)\((?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class Call:
    """One system call: its name and everything it said of itself, paths in it."""

    name: str
    text: str


@pytest.fixture
def traced(tmp_path: Path, database_url: str, engine) -> Iterator[tuple[Server, Walk, Path]]:
    """The real server under strace, and a phone to send with."""
    if not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL makes its commits durable in processes of its own")
    config: Config = read({"SHOPPER_INSTANCE": str(tmp_path), "SHOPPER_DATABASE": database_url})
    trace = tmp_path / "trace"
    under = ("strace", "-f", "-y", "-s", "64", "-e", f"trace={CALLS}", "-o", str(trace))
    server = Server(config.instance, config.database_url, under=under)
    try:
        walk = Walk(server.port, *a_signed_in_phone(config, engine), Ledger(), 0)
        server.start()
        yield server, walk, trace
    finally:
        server.close()


def calls(trace: Path) -> list[Call]:
    """The system calls in the order in which they began."""
    found = (LINE.match(line) for line in trace.read_text(errors="replace").splitlines())
    return [Call(match["name"], match["rest"]) for match in found if match]


def place(calls: list[Call], names: set[str], *parts: str, after: int = -1) -> int:
    """Where the first of these calls is that mentions all `parts`, after the place `after`."""
    for number, call in enumerate(calls):
        if number > after and call.name in names and all(part in call.text for part in parts):
            return number
    raise AssertionError(f"no {names} with {parts} after {after}")


SYNC = {"fsync", "fdatasync"}
RENAME = {"rename", "renameat", "renameat2"}
ANSWER = {"sendto", "sendmsg", "write", "writev"}


def test_a_photo_is_durable_before_its_row_and_its_row_before_the_answer(traced):
    server, walk, trace = traced
    body = a_jpeg(60, 40)
    assert walk.send_photo(str(uuid4()), body)
    assert not walk.ledger.complaints
    walk.hang_up()
    server.kill()
    seen = calls(trace)
    original = place(seen, SYNC, "/photos/", "/original>")
    renamed = place(seen, RENAME, "/photos/", after=original)
    folder = place(seen, SYNC, "/photos/", after=renamed)
    committed = place(seen, SYNC, ".sqlite-wal>", after=folder)
    answered = place(seen, ANSWER, "HTTP/1.1 201")
    assert original < renamed < folder < committed < answered


def test_changes_are_committed_before_they_are_acknowledged(traced):
    server, walk, trace = traced
    assert walk.send_changes([walk.phone.answers("greeted", "yes")])
    assert not walk.ledger.complaints
    walk.hang_up()
    server.kill()
    seen = calls(trace)
    start = place(seen, ANSWER, "HTTP/1.1 200")  # the page that told that the server is there
    committed = place(seen, SYNC, ".sqlite-wal>", after=start)
    answered = place(seen, ANSWER, "HTTP/1.1 200", after=start)
    assert committed < answered
