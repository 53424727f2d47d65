"""What every test of faults saw is told at the end of the run: counts, seeds, seconds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shopper.config import Config, read
from tests.faults.length import SHARE
from tests.faults.walking import Ledger

SEEN = "seen"
collect_ignore = [] if SHARE else ["test_blobs.py"]


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    """An installation whose secret the server reads too."""
    return read({"SHOPPER_INSTANCE": str(tmp_path), "SHOPPER_DATABASE": database_url})


@pytest.fixture
def ledger() -> Ledger:
    """What was acknowledged."""
    return Ledger()


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Note figures of this test, for the end of the run."""

    def note(**figures: Any) -> None:
        record_property(
            SEEN, ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in figures.items())
        )

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was seen."""
    for report in terminalreporter.getreports("passed"):
        for name, figures in report.user_properties:
            if name == SEEN:
                terminalreporter.write_line(f"{report.head_line}: {figures}; {report.duration:.1f} s")
