"""Pages of reports as they will look, asked of a process that can be ended: the web's own has no WeasyPrint."""

from __future__ import annotations

import json

from evaluations.confined import Confined
from shopper.trials import Trial

SECONDS = 60
"""Far longer than it takes; a busy machine may need most of it the first time."""
MEMORY_BYTES = 2_000 * 1024 * 1024
FILE_BYTES = 32 * 1024 * 1024
"""For fonts and drawn photos on their way into the page."""
PAINTER = Confined(
    "shopper.reports.apart",
    seconds=SECONDS,
    memory_bytes=MEMORY_BYTES,
    too_slow="preview_too_slow",
    damaged="preview_failed",
    file_bytes=FILE_BYTES,
)
"""This process's own; its child starts with the first page and ends when nobody asks."""


def first_page(brand: dict[str, str], logo: bytes | None) -> bytes:
    """The first page of a sample report in `brand`, as a PNG."""
    return _painted(b"first_page", json.dumps(brand), logo)


def report_of_trial(driven: Trial) -> bytes:
    """The report that a client would get of a test drive, as a PDF."""
    return _painted(b"test_drive", driven.as_json(), driven.brand.logo)


def _painted(what: bytes, told: str, logo: bytes | None) -> bytes:
    _said, [painted] = PAINTER.ask(what, told.encode(), *([logo] if logo else []))
    return painted
