"""`shopper serve` starts a web server and its workers, says where it is, and stops all together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

PATIENCE_S = 60


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(instance: Path, database_url: str, port: int) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {
        "SHOPPER_INSTANCE": str(instance),
        "SHOPPER_DATABASE": database_url,
        "PORT": str(port),
        "DEMO": "0",
    }
    command = [sys.executable, "-m", "shopper.cli", "serve"]
    process = subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE_S)


def fetched(port: int, path: str) -> tuple[int, str]:
    """The status and Location of `path`, once the server answers."""
    end = time.monotonic() + PATIENCE_S
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", "")
        except ConnectionError:
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.05)
        finally:
            connection.close()


def children_of(pid: int) -> set[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return {int(child) for child in found}


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_busy_port_is_said_in_one_sentence_with_what_to_do(tmp_path: Path, database_url: str):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(tmp_path, database_url, port) as process:
            output, _ = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 1
    assert f"Cannot listen on 127.0.0.1 port {port}" in output
    assert f"PORT={port + 1} make run" in output
    assert "Traceback" not in output


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_web_server_and_workers_are_stopped_together(tmp_path: Path, database_url: str, how: signal.Signals):
    port = a_free_port()
    with serving(tmp_path, database_url, port) as process:
        assert fetched(port, "/") == (302, "/welcome")
        children = children_of(process.pid)
        assert len(children) == 1 + min(2, os.cpu_count() or 1)
        process.send_signal(how)
        output, _ = process.communicate(timeout=PATIENCE_S)
        assert process.returncode == 0, output
        assert f"http://127.0.0.1:{port}" in output
        assert not any(is_running(child) for child in children)


def test_a_killed_server_leaves_no_process_behind(tmp_path: Path, database_url: str):
    port = a_free_port()
    with serving(tmp_path, database_url, port) as process:
        assert fetched(port, "/sign-in")[0] == 200
        children = children_of(process.pid)
        process.kill()
        process.wait(PATIENCE_S)
        end = time.monotonic() + PATIENCE_S
        while any(is_running(child) for child in children):
            assert time.monotonic() < end, "a child outlived the server"
            time.sleep(0.05)


def test_a_killed_worker_is_replaced(tmp_path: Path, database_url: str):
    port = a_free_port()
    with serving(tmp_path, database_url, port) as process:
        assert fetched(port, "/sign-in")[0] == 200
        before = children_of(process.pid)
        worker = next(
            child for child in before if b"worker" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        )
        os.kill(worker, signal.SIGKILL)
        end = time.monotonic() + PATIENCE_S
        while len(children_of(process.pid) - before) != 1:
            assert time.monotonic() < end, "no other worker was started"
            time.sleep(0.05)
        assert fetched(port, "/sign-in")[0] == 200
