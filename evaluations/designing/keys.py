"""Keys: short names for questions, options and touchpoints that stay the same over all versions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from evaluations.document.tree import Document, Wording

LONGEST = 40
WORDS_IN_A_KEY = 4
SMALL_WORDS = (
    "a an the is are was were be been do does did has have had you your it its of to in on at for with",
    "el la los las un una unos unas de del al en con por para y o que se le les su sus fue era estaba hay",
)
RESERVED = frozenset({"visit"})
"""What the parts of a hand-in are named by: the visit, or the key of a follow-up."""
SILENT = frozenset(word for line in SMALL_WORDS for word in line.split())


def free_key(wording: Wording, taken: Collection[str], *, otherwise: str) -> str:
    """A readable key made from `wording` that is not among `taken`; `otherwise` where no word is left."""
    text = next((text for text in wording.values() if text.strip()), "")
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in SILENT]
    stem = "_".join(words[:WORDS_IN_A_KEY])[:30].strip("_")
    if not stem or not stem[0].isalpha():
        stem = f"{otherwise}_{stem}".rstrip("_")
    return _numbered(stem[: LONGEST - 5].rstrip("_"), taken)


def question_keys(document: Document) -> frozenset[str]:
    """The keys of all questions in `document`."""
    return frozenset(question.key for question in document.questions())


def touchpoint_keys(document: Document) -> frozenset[str]:
    """The keys of all touchpoints in `document`."""
    return frozenset(touchpoint.key for touchpoint in document.touchpoints)


def fresh(key: str, used: set[str]) -> str:
    """`key`, or the first of key_2, key_3 ... that is not in `used`; it is in use from now on."""
    stem = re.sub(r"_\d+$", "", key)
    free, number = key, 1
    while free in used:
        number += 1
        ending = f"_{number}"
        free = stem[: LONGEST - len(ending)] + ending
    used.add(free)
    return free


def _numbered(stem: str, taken: Collection[str]) -> str:
    if stem not in taken and stem not in RESERVED:
        return stem
    number = 2
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"
