"""Runs checks, tells of each in a line, and ends with what ran, what was skipped and why."""

import os
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from setup.checks import Check
from setup.counts import Counts
from setup.frontend import Node
from setup.places import Places
from setup.programs import end, last_lines, undisturbed

LONGEST = 900  # seconds until a check counts as hung; one on a machine busy with other work does not
TOLD_OF_A_FAILURE = 120
SETTINGS = ("DEMO", "HOST", "PORT", "SHOPPER_")  # of the person at the keyboard, not of a test


@dataclass(slots=True)
class Running:
    """A check at work."""

    check: Check
    child: subprocess.Popen[bytes]
    log: Path
    began: float

    def finish(self) -> Counts:
        """Wait for the check, tell how it went and return its counts."""
        try:
            status = self.child.wait(timeout=max(1, self.began + LONGEST - time.monotonic()))
        except subprocess.TimeoutExpired:
            end(self.child)
            status = self.child.wait() or 1
            with self.log.open("a", encoding="utf-8") as log:
                log.write(f"\n{self.check.name} took longer than {LONGEST} s and was ended.\n")
        output = self.log.read_text(encoding="utf-8", errors="replace")
        counts = self.check.count(status, output)
        took = f"{time.monotonic() - self.began:.0f} s"
        word = "FAILED" if counts.failed else "ok"
        print(f"{word:7} {self.check.name:20} {counts!s:32} {took}", flush=True)
        if counts.failed:
            print(last_lines(output, TOLD_OF_A_FAILURE), flush=True)
        return counts


def start(check: Check, places: Places, node: Node) -> Running:
    """Start a check; what it prints goes to a log of its own."""
    places.logs.mkdir(parents=True, exist_ok=True)
    log = places.logs / f"check-{check.name.replace(' ', '-')}.log"
    environment = {
        name: value for name, value in undisturbed(os.environ).items() if not name.startswith(SETTINGS)
    }
    with log.open("wb") as output:
        child = subprocess.Popen(
            check.command(places, node),
            cwd=places.root,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
    return Running(check, child, log, time.monotonic())


def run_phase(phase: Iterable[Check], places: Places, node: Node) -> list[Counts]:
    """Run the checks of one phase side by side; an interruption ends them all."""
    running: list[Running] = []
    try:
        for check in phase:
            running.append(start(check, places, node))
        return [each.finish() for each in running]
    except BaseException:
        for each in running:
            end(each.child)
        raise


def run_all(phases: Sequence[Sequence[Check]], places: Places, node: Node) -> int:
    """Run every phase, sum up, and return the exit status."""
    began = time.monotonic()
    whole = Counts()
    for phase in phases:
        for counts in run_phase(phase, places, node):
            whole += counts
    names = ", ".join(check.name for phase in phases for check in phase)
    print(f"\n{whole}")
    print(f"Ran {names} in {time.monotonic() - began:.0f} s; {_told_of_skips(whole)}")
    return 1 if whole.failed else 0


def _told_of_skips(counts: Counts) -> str:
    """Say what was skipped and why."""
    if not counts.skipped:
        return "nothing was skipped."
    return f"{counts.skipped} skipped: {'; '.join(sorted(counts.reasons)) or 'no reason was given'}."
