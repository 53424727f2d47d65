"""`shopper serve`: one web server and its workers, started, watched and stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

import click

from shopper.config import Config

if TYPE_CHECKING:
    from shopper.operating.certificate import Certificate

THREADS = 8
PATIENCE_S = 20
MOST_WORKERS = 2
NICENESS = 5
"""Whoever waits for a page goes before whoever waits for a file."""
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


class CannotServe(Exception):
    """Why the product cannot start, with what to do about it."""


def refuse_a_busy_port(config: Config) -> None:
    """Say so before anything is started when somebody else answers at the address."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.host, config.port))
        except OSError as error:
            raise CannotServe(
                f"Cannot listen on {config.host} port {config.port} ({error.strerror}): "
                f"stop what uses it, or choose another port, e.g. PORT={config.port + 1} make run."
            ) from error


def serve(
    config: Config, *, certificate: Certificate | None, with_worker: bool, ready: Callable[[], None]
) -> int:
    """Run until told to stop; answers the exit status. `ready` is called once both are started."""
    children = {"web": _start(_web(config, certificate))}
    for number in range(_workers() if with_worker else 0):
        children[f"worker {number + 1}"] = _start(_worker(), NICENESS)
    stopping = _Stopping(children)
    signal.signal(signal.SIGINT, stopping)
    signal.signal(signal.SIGTERM, stopping)
    ready()
    while _any_runs(children):
        ended, status = os.wait()
        name = next((name for name, child in children.items() if child.pid == ended), None)
        if name is None:  # a child of somebody else's making, such as the demo's photo decoder
            continue
        children[name].returncode = os.waitstatus_to_exitcode(status)
        if stopping.asked:
            continue
        if name != "web":  # what it had claimed lapses and is taken up by the next one
            click.echo("The worker ended unexpectedly; starting another.", err=True)
            children[name] = _start(_worker(), NICENESS)
            continue
        click.echo(f"The web server ended unexpectedly (status {status}); stopping.", err=True)
        stopping.failed = True
        stopping.ask()
    return 1 if stopping.failed else 0


def _any_runs(children: dict[str, subprocess.Popen[bytes]]) -> bool:
    return any(child.returncode is None for child in children.values())


class _Stopping:
    """Asks every child to stop, once; a second signal does not wait any longer."""

    def __init__(self, children: dict[str, subprocess.Popen[bytes]]) -> None:
        self.children = children
        self.asked = False
        self.failed = False

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        self.ask()

    def ask(self) -> None:
        wanted = signal.SIGKILL if self.asked else signal.SIGTERM
        self.asked = True
        for child in self.children.values():
            if child.returncode is None:
                child.send_signal(wanted)


def _web(config: Config, certificate: Certificate | None) -> list[str]:
    host = f"[{config.host}]" if ":" in config.host else config.host
    return [
        *(sys.executable, "-m", "gunicorn", "shopper.app:create_app()"),
        *("--bind", f"{host}:{config.port}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS)),
        *("--timeout", "60", "--graceful-timeout", str(PATIENCE_S)),
        *("--log-level", "warning", "--no-control-socket"),
        *("--logger-class", "shopper.operating.server_log.ServerLog"),
        *(("--certfile", str(certificate.file), "--keyfile", str(certificate.key)) if certificate else ()),
    ]


def _workers() -> int:
    """Two where there is a core for each: they are told apart by nothing, and claims keep them apart."""
    return min(MOST_WORKERS, os.cpu_count() or 1)


def _worker() -> list[str]:
    return [sys.executable, "-m", "shopper.cli", "worker"]


def _start(command: list[str], niceness: int = 0) -> subprocess.Popen[bytes]:
    """A child that does not outlive this process, and that leaves Ctrl-C to it."""
    return subprocess.Popen(command, preexec_fn=partial(_begin, niceness), start_new_session=True)  # noqa: S603


def _begin(niceness: int) -> None:
    os.nice(niceness)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)
