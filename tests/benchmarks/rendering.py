"""Long-lived processes that render reports when asked, as the worker's do, and what they take of memory."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from pathlib import Path

import shopper.worker  # noqa: F401 - a worker has all of it in memory
from evaluations.reporting import pdf

PER_KB = 1 / 1024
SPAWNED = multiprocessing.get_context("spawn")


def _serve(line: Connection, page: pdf.Page) -> None:
    pdf.settle()
    while line.recv():
        line.send_bytes(pdf.Layout(page).write())


class Renderer:
    """A process of its own that renders `page` each time it is asked to."""

    def __init__(self, page: pdf.Page) -> None:
        self._line, there = SPAWNED.Pipe()
        self._child = SPAWNED.Process(target=_serve, args=(there, page), daemon=True)
        self._child.start()
        there.close()

    def ask(self) -> None:
        """Begin one more."""
        self._line.send(True)

    def take(self) -> bytes:
        """The report that was asked for."""
        return self._line.recv_bytes()

    def once(self) -> bytes:
        """Ask, and wait for it."""
        self.ask()
        return self.take()

    @property
    def memory(self) -> tuple[float, float]:
        """Resident and proportional memory, in MB."""
        return memory_of([self._child.pid or 0])

    @property
    def peak(self) -> float:
        """The most that was ever resident, in MB."""
        status = Path(f"/proc/{self._child.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * PER_KB

    def end(self) -> None:
        """Let it go."""
        self._line.send(False)
        self._child.join()


@contextmanager
def renderers(page: pdf.Page, count: int = 1) -> Iterator[list[Renderer]]:
    """So many of them, each warm."""
    all_of_them = [Renderer(page) for _ in range(count)]
    try:
        for one in all_of_them:
            one.once()
        yield all_of_them
    finally:
        for one in all_of_them:
            one.end()


def render_many(workers: Sequence[Renderer], count: int) -> Iterator[int]:
    """Keep all workers busy until `count` reports are there; says after each how many that are."""
    lines = {one._line: one for one in workers}
    asked = done = 0
    for one in workers[:count]:
        one.ask()
        asked += 1
    while done < count:
        for line in wait(list(lines)):
            one = lines[line]  # type: ignore[index]
            one.take()
            done += 1
            if asked < count:
                one.ask()
                asked += 1
            yield done


def memory_of(process_ids: list[int]) -> tuple[float, float]:
    """Resident and proportional memory of processes together, in MB."""
    resident = proportional = 0
    for process_id in process_ids:
        for line in Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            resident += int(rest.split()[0]) if name == "Rss" else 0
            proportional += int(rest.split()[0]) if name == "Pss" else 0
    return resident * PER_KB, proportional * PER_KB
