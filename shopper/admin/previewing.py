"""A client's first page as it will look, asked of a process that can be ended: the web's own has no WeasyPrint."""

from __future__ import annotations

import json

from evaluations.confined import Confined

SECONDS = 60
"""Far longer than it takes; a busy machine may need most of it the first time."""
MEMORY_BYTES = 2_000 * 1024 * 1024
FILE_BYTES = 32 * 1024 * 1024
"""For fonts and drawn photos on their way into the page."""
PAINTER = Confined(
    "shopper.reports.first_page",
    seconds=SECONDS,
    memory_bytes=MEMORY_BYTES,
    too_slow="preview_too_slow",
    damaged="preview_failed",
    file_bytes=FILE_BYTES,
)
"""This process's own; its child starts with the first page and ends when nobody asks."""


def first_page(brand: dict[str, str], logo: bytes | None) -> bytes:
    """The first page of a sample report in `brand`, as a PNG."""
    frames = [json.dumps(brand).encode(), *([logo] if logo else [])]
    _told, [png] = PAINTER.ask(*frames)
    return png
