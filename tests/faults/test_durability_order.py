"""The order of durability, seen in the server's own system calls: a kill cannot see a missing fsync."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from shopper.config import Config, read
from tests.evaluations.photos.pictures import a_jpeg
from tests.faults.length import rounds
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


REQUESTS = rounds(50, 5_000)
AT_ONCE = 200
"""Requests in one trace."""
SYNC = {"fsync", "fdatasync"}
RENAME = {"rename", "renameat", "renameat2"}
ANSWER = {"sendto", "sendmsg", "write", "writev"}


@pytest.fixture
def trace_of(tmp_path: Path, database_url: str, engine) -> Callable[..., list[Call]]:
    """The system calls of a real server that is sent photos and batches of changes, in turn."""
    if not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL makes its commits durable in processes of its own")
    config: Config = read({"SHOPPER_INSTANCE": str(tmp_path), "SHOPPER_DATABASE": database_url})

    def run(requests: int, app: str = "shopper.app") -> list[Call]:
        trace = tmp_path / "trace"
        under = ("strace", "-f", "-y", "-s", "64", "-e", f"trace={CALLS}", "-o", str(trace))
        server = Server(config.instance, config.database_url, app, under=under)
        try:
            walk = Walk(server.port, *a_signed_in_phone(config, engine), Ledger(), 0)
            server.start()
            for number in range(requests // 2):
                assert walk.send_photo(str(uuid4()), a_jpeg(60, 40, comment=str(uuid4()).encode()))
                assert walk.send_changes([walk.phone.answers("greeted", "yes" if number % 2 else "no")])
            walk.hang_up()
            assert not walk.ledger.complaints
        finally:
            server.close()
        return calls(trace)

    return run


def calls(trace: Path) -> list[Call]:
    """The system calls in the order in which they began."""
    found = (LINE.match(line) for line in trace.read_text(errors="replace").splitlines())
    return [Call(match["name"], match["rest"]) for match in found if match]


def place(calls: list[Call], names: set[str], *parts: str, after: int = -1) -> int:
    """Where the first of these calls is that mentions all `parts`, after the place `after`."""
    for number in range(after + 1, len(calls)):
        call = calls[number]
        if call.name in names and all(part in call.text for part in parts):
            return number
    raise AssertionError(f"no {names} with {parts} after {after}")


def check_order(seen: list[Call], requests: int) -> None:
    """Each photo: its file, its name, its folder, its row, its answer. Each batch: its rows, its answer."""
    answered = place(seen, ANSWER, "HTTP/1.1 200")  # the page that told that the server is there
    for _ in range(requests // 2):
        original = place(seen, SYNC, "/photos/", "/original>", after=answered)
        renamed = place(seen, RENAME, "/photos/", after=original)
        folder = place(seen, SYNC, "/photos/", after=renamed)
        committed = place(seen, SYNC, ".sqlite-wal>", after=folder)
        before, answered = answered, place(seen, ANSWER, "HTTP/1.1 201", after=answered)
        assert before < original < renamed < folder < committed < answered
        committed = place(seen, SYNC, ".sqlite-wal>", after=answered)
        answered = place(seen, ANSWER, "HTTP/1.1 200", after=answered)
        assert committed < answered


def test_whatever_is_acknowledged_is_durable_before(trace_of, tell):
    for _ in range(0, REQUESTS, AT_ONCE):
        requests = min(REQUESTS, AT_ONCE)
        check_order(trace_of(requests), requests)
    tell(requests=REQUESTS)


def test_a_server_that_leaves_files_to_the_disk_is_found_out(trace_of):
    with pytest.raises(AssertionError, match="original"):
        check_order(trace_of(2, "tests.faults.sabotaged:create_app_without_fsync()"), 2)
