"""The real web server in processes of its own, which a test may kill without warning."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path

PATIENCE_S = 30


class Server:
    """gunicorn with the application of one installation, on a free port of this machine.

    The listening socket is the test's own: the port stays ours while the server is dead.
    """

    def __init__(
        self, instance: Path, database_url: str, app: str = "shopper.app", under: Sequence[str] = ()
    ) -> None:
        self._app = app if ":" in app else f"{app}:create_app()"
        self._under = under
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listening.getsockname()[1]
        self._environment = os.environ | {
            "SHOPPER_INSTANCE": str(instance),
            "SHOPPER_DATABASE": database_url,
        }
        self._log = (instance / "server.log").open("ab")
        self._nursery = self._open_nursery()
        self._running: int | None = None

    def _open_nursery(self) -> subprocess.Popen[str]:
        command = [
            *self._under,
            *(sys.executable, "-m", "tests.faults.nursery", self._app),
            *("--bind", f"fd://{self.listening.fileno()}", "--worker-class", "gthread", "--threads", "8"),
            *("--log-level", "warning", "--no-control-socket"),
        ]
        return subprocess.Popen(
            command,
            env=self._environment,
            pass_fds=[self.listening.fileno()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            bufsize=1,
        )

    def start(self) -> None:
        """Start it and wait until it answers."""
        assert self._nursery.stdin is not None
        self._nursery.stdin.write("a server\n")
        self._running = int(self._hears())
        self._wait_until_it_answers()

    def _hears(self) -> str:
        assert self._nursery.stdout is not None
        line = self._nursery.stdout.readline()
        if not line:
            raise RuntimeError("the server did not start; see server.log")
        return line

    @property
    def processes(self) -> list[int]:
        """Every process of it."""
        assert self._running is not None
        children = Path(f"/proc/{self._running}/task/{self._running}/children").read_text().split()
        return [self._running, *map(int, children)]

    def _wait_until_it_answers(self) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request("GET", "/sign-in")
            connection.getresponse().read()
        except (OSError, HTTPException) as error:
            raise RuntimeError("the server did not start; see server.log") from error
        finally:
            connection.close()

    def kill(self) -> None:
        """Kill every process of it at once, in whatever it is doing."""
        if self._running is not None:
            os.killpg(self._running, signal.SIGKILL)
            self._hears()
            self._running = None

    def close(self) -> None:
        """Leave nothing running and nothing open."""
        self.kill()
        for pipe in (self._nursery.stdin, self._nursery.stdout):
            assert pipe is not None
            pipe.close()
        self._nursery.wait()
        self.listening.close()
        self._log.close()
