"""Keys for what a workbook calls by names of its own: readable, sound and free."""

from __future__ import annotations

import re

from evaluations.designing.keys import RESERVED, fresh

SOUND = re.compile(r"[a-z][a-z0-9_]{0,39}")
ODD = re.compile(r"[^a-z0-9]+")
LONGEST_STEM = 34


def key_for(name: str, used: set[str], *, otherwise: str) -> str:
    """`name` as a key where it can be one, else what is left of it; it is in use from now on."""
    if SOUND.fullmatch(name) and name not in used and name not in RESERVED:
        used.add(name)
        return name
    stem = ODD.sub("_", name.casefold()).strip("_")
    if stem in RESERVED or not SOUND.fullmatch(stem[:LONGEST_STEM]):
        stem = f"{otherwise}_{stem}".rstrip("_")
    return fresh(stem[:LONGEST_STEM].rstrip("_"), used)
