"""Opening a file of unsent work in a process of its own, which a hostile file may hang, swell or end.

Run as a program, this module is the child.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from uuid import UUID

from evaluations.confined import Answer, Confined, serve
from evaluations.errors import Invalid, TooLarge
from evaluations.fieldwork.unsent import bundles

SECONDS = 20
MEMORY_BYTES = 600 * bundles.MEBIBYTE
MOST_TEXT_BYTES = 20 * bundles.MEBIBYTE
MOST_VALUES = 2_000_000
"""What is read of one file outside of the child: more than 50,000 changes, each of which is some 37 of these."""
VALUE = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[,\[{]', re.DOTALL)
"""A string of JSON in UTF-8, or what begins any other value or stands before it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo of the bundle."""

    id: UUID
    mime: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """What a bundle holds of one evaluation."""

    eid: UUID
    changes: list[object]
    photos: tuple[Picture, ...]
    hand_ins: tuple[tuple[UUID, dict[str, Any]], ...]
    """What waits to be handed in: its id, and the hand-in as it would be sent."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Unsent work of one person, taken out of its file."""

    user: UUID
    parts: tuple[Part, ...]


def open_bundle(body: bytes, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> Bundle:
    """The unsent work in `body`; refused in words that help where it is none, or not as its phone wrote it."""
    if len(body) > bundles.MOST_BYTES:
        raise TooLarge("bundle_too_large", limit=bundles.MOST_BYTES // bundles.MEBIBYTE)
    if not body:
        raise Invalid("file_empty")
    child = Confined(
        "evaluations.fieldwork.unsent.opening",
        seconds=seconds,
        memory_bytes=memory_bytes,
        too_slow="bundle_too_slow",
        damaged="bundle_damaged",
        tries=1,
    )
    try:
        told, [raw, *contents] = child.ask(body)
    finally:
        child.close()
    return _bundle(raw, dict(zip(told["names"], contents, strict=True)))


def _bundle(raw: bytes, files: dict[str, bytes]) -> Bundle:
    _refuse_what_swells([raw, *(content for name, content in files.items() if name.startswith("changes/"))])
    manifest = bundles.read_manifest(raw)
    parts = tuple(
        Part(
            UUID(one.eid),
            _changes(files[f"changes/{one.eid}.json"]),
            tuple(Picture(UUID(photo.id), photo.mime, files[f"photos/{photo.id}"]) for photo in one.photos),
            tuple((UUID(given.id), given.sent) for given in one.hand_ins),
        )
        for one in manifest.evaluations
    )
    return Bundle(UUID(manifest.user), parts)


def _refuse_what_swells(texts: list[bytes]) -> None:
    """Two bytes of JSON may become a hundred in memory, so values are counted before any is made."""
    values: Iterable[object] = chain.from_iterable(map(VALUE.finditer, texts))
    if sum(map(len, texts)) > MOST_TEXT_BYTES or any(True for _ in islice(values, MOST_VALUES, None)):
        raise Invalid("bundle_altered")


def _changes(raw: bytes) -> list[object]:
    try:
        # Decoded here, since JSON might come in UTF-16 too, of which nothing was counted.
        changes = json.loads(raw.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Invalid("bundle_altered") from None
    if not isinstance(changes, list):
        raise Invalid("bundle_altered")
    return changes


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _opened(frames: list[bytes]) -> Answer:
    raw, found = bundles.unpack(frames[0])
    return {"names": list(found)}, [raw, *found.values()]


if __name__ == "__main__":
    serve(_opened)
