"""How long the server takes for each page of the demo agency, as each role opens it.

A demo agency is made in a temporary folder and served by the product's own command. Each role
signs in and follows every link; each kind of page is then fetched fifteen times in turn. Fails
when a page is over the limit; one fetch in ten may be, which is the machine's doing and not the page's.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from werkzeug.routing import MapAdapter

from shopper.app import create_app
from shopper.config import read
from tests.benchmarks.walking import Browser, Walk

ROUNDS = 15
LIMIT_MS = 300
STARTS_WITHIN_S = 30


def times_of(browser: Browser, addresses: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each address, fetched in turn so that a slow moment hits all alike."""
    taken: dict[str, list[float]] = {address: [] for address in addresses}
    for _round in range(ROUNDS):
        for address in addresses:
            taken[address].append(browser.open(address).ms)
    return taken


@contextmanager
def a_demo_served(folder: Path) -> Iterator[int]:
    """Serve a new demo agency from `folder`; gives the port."""
    environment = os.environ | {"SHOPPER_INSTANCE": str(folder)}
    environment.pop("SHOPPER_DATABASE", None)
    command = [sys.executable, "-m", "shopper.cli", "demo"]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    with served(folder) as port:
        yield port


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Serve the installation in `folder`; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"SHOPPER_INSTANCE": str(folder), "PORT": str(port), "HOST": "127.0.0.1"}
    environment.pop("SHOPPER_DATABASE", None)
    serve = [sys.executable, "-m", "shopper.cli", "serve", "--no-worker"]
    with (folder / "serve.log").open("w") as log:
        server = subprocess.Popen(serve, env=environment, stdout=log, stderr=log)
    try:
        wait_until_it_answers(server, port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    """Return once the server takes connections."""
    deadline = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            pass
        try:
            raise SystemExit(f"The server ended with status {server.wait(timeout=0.2)}.")
        except subprocess.TimeoutExpired:
            continue
    raise SystemExit(f"The server did not answer within {STARTS_WITHIN_S} s.")


def measured(folder: Path, port: int, routes: MapAdapter) -> Iterator[tuple[str, str, list[float]]]:
    """Role, route and milliseconds of every page of every role."""
    for line in (folder / "sign-ins.txt").read_text().splitlines():
        role, email, password = line.split()
        browser = Browser(port).signs_in(email, password)
        pages = Walk(browser, role, routes).pages
        taken = times_of(browser, [address for addresses in pages.values() for address in addresses])
        for rule, addresses in pages.items():
            yield role, rule, [ms for address in addresses for ms in taken[address]]


def main() -> int:
    """Measure, print a table with the slowest first, and answer whether all stayed under the limit."""
    with tempfile.TemporaryDirectory(prefix="shopper-pages-") as name, a_demo_served(Path(name)) as port:
        routes = create_app(read({"SHOPPER_INSTANCE": name})).url_map.bind("127.0.0.1")
        results = sorted(measured(Path(name), port, routes), key=lambda result: -max(result[2]))
    late = table(results)
    readable = {rule.rule for rule in routes.map.iter_rules() if "GET" in (rule.methods or ())}
    print("Not opened, or no page:", *sorted(readable - {rule for _role, rule, _taken in results}))
    print(f"{len(results)} pages, {late} of them over {LIMIT_MS} ms.")
    return 1 if late else 0


def table(results: list[tuple[str, str, list[float]]]) -> int:
    """Print a line per page and role, and answer how many are over the limit."""
    width = max(len(rule) for _role, rule, _taken in results)
    print(f"{'role':<10} {'page':<{width}} {'fetched':>7} {'median':>8} {'90 %':>8} {'max':>8}  (ms)")
    late = 0
    for role, rule, taken in results:
        judged = sorted(taken)[len(taken) * 9 // 10 - 1]
        mark = "  OVER THE LIMIT" if judged > LIMIT_MS else ""
        late += judged > LIMIT_MS
        figures = f"{median(taken):>8.1f} {judged:>8.1f} {max(taken):>8.1f}"
        print(f"{role:<10} {rule:<{width}} {len(taken):>7} {figures}{mark}")
    return late


if __name__ == "__main__":
    sys.exit(main())
