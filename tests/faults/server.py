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
        self._app = f"{app}:create_app()"
        self._under = under
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listening.getsockname()[1]
        self._environment = os.environ | {
            "SHOPPER_INSTANCE": str(instance),
            "SHOPPER_DATABASE": database_url,
        }
        self._log = (instance / "server.log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [
            *self._under,
            *(sys.executable, "-m", "gunicorn", self._app),
            *("--bind", f"fd://{self.listening.fileno()}", "--worker-class", "gthread", "--threads", "8"),
            *("--log-level", "warning", "--no-control-socket"),
        ]
        self._process = subprocess.Popen(
            command,
            env=self._environment,
            pass_fds=[self.listening.fileno()],
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,  # so that all of it can be killed at once
        )
        self._wait_until_it_answers()

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
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Leave nothing running and nothing open."""
        self.kill()
        self.listening.close()
        self._log.close()
