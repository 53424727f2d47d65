"""Reads from what a tool printed how many tests passed, failed and were skipped."""

import re
from dataclasses import dataclass, replace

FINISHED = re.compile(r"^=* ?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s", re.MULTILINE)
PASSED = ("passed", "xfailed")
FAILED = ("failed", "error", "errors", "xpassed")
SKIPPED = re.compile(r"^SKIPPED \[\d+\] (?:.*?: )?(.+)$", re.MULTILINE)
TAP = re.compile(r"^# (pass|fail|cancelled|skipped|todo) (\d+)$", re.MULTILINE)
TAP_SKIPPED = re.compile(r"# SKIP ?(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Counts:
    """How a check went: tests that passed, failed, were skipped, and why they were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    reasons: frozenset[str] = frozenset()

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            self.reasons | other.reasons,
        )

    def __str__(self) -> str:
        told = f"{self.passed} passed, {self.failed} failed"
        return f"{told}, {self.skipped} skipped" if self.skipped else told


def of_status(status: int, _output: str) -> Counts:
    """Count a tool that checks one thing."""
    return Counts(passed=1) if status == 0 else Counts(failed=1)


def of_pytest(status: int, output: str) -> Counts:
    """Count what pytest's last line tells."""
    lines = FINISHED.findall(output)
    told = {word: int(number) for number, word in re.findall(r"(\d+) ([a-z]+)", lines[-1])} if lines else {}
    counts = Counts(
        passed=sum(told.get(word, 0) for word in PASSED),
        failed=sum(told.get(word, 0) for word in FAILED),
        skipped=told.get("skipped", 0),
        reasons=frozenset(SKIPPED.findall(output)),
    )
    return _honest(counts, status)


def of_node(status: int, output: str) -> Counts:
    """Count what Node's test runner tells in the Test Anything Protocol."""
    told = {word: int(number) for word, number in TAP.findall(output)}
    counts = Counts(
        passed=told.get("pass", 0),
        failed=told.get("fail", 0) + told.get("cancelled", 0),
        skipped=told.get("skipped", 0) + told.get("todo", 0),
        reasons=frozenset(reason for reason in TAP_SKIPPED.findall(output) if reason),
    )
    return _honest(counts, status)


def _honest(counts: Counts, status: int) -> Counts:
    """Count a failure where a tool failed, or ran nothing, without telling of one."""
    if counts.failed == 0 and (status != 0 or counts.passed == 0):
        return replace(counts, failed=1)
    return counts
