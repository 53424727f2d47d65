"""The pictures that a checklist's file may name: those that came beside it, and those that are kept already."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Mapping
from pathlib import PurePosixPath

from evaluations.errors import Invalid, Refusal
from evaluations.photos.pictures import Drawn, draw

BY_HASH = re.compile(r"([0-9a-f]{64})(?:\.jpe?g)?")


def file_of(sha256: str) -> str:
    """What the file of a picture is called beside a checklist."""
    return f"{sha256}.jpg"


class Media:
    """Pictures by the names that a file has for them; what is named is drawn, and nothing is kept yet."""

    def __init__(self, held: Container[str] = (), beside: Mapping[str, bytes] | None = None) -> None:
        """`held` are the hashes of pictures that are here, `beside` the files that came along, by their names."""
        self._held = held
        self._beside = {base_name(name): body for name, body in (beside or {}).items()}
        self._names = {hashlib.sha256(body).hexdigest(): name for name, body in self._beside.items()}
        self._drawn: dict[str, Drawn] = {}

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        """The pictures that were named and came along, each once."""
        return tuple({each.sha256: each for each in self._drawn.values()}.values())

    @property
    def left_out(self) -> list[str]:
        """The files that came along and that nothing named."""
        return sorted(self._beside.keys() - self._drawn.keys())

    def named(self, name: str) -> str:
        """The hash of the picture that a file names so, or the refusal."""
        base = base_name(name)
        if base in self._beside:
            return self._draw(base).sha256
        found = BY_HASH.fullmatch(base)
        if found is None or found[1] not in self._held:
            raise Invalid("picture_not_here", name=name[:80])
        return found[1]

    def hashed(self, sha256: str) -> str:
        """The same hash, if that very picture is here or came along; or the refusal."""
        base = self._names.get(sha256)
        if base is not None and self._draw(base).sha256 != sha256:
            raise Invalid("picture_altered", name=base[:80])
        if base is None and sha256 not in self._held:
            raise Invalid("picture_not_here", name=sha256[:80])
        return sha256

    def _draw(self, base: str) -> Drawn:
        if base not in self._drawn:
            try:
                self._drawn[base] = draw(self._beside[base])
            except Refusal as refusal:
                raise Invalid("picture_unreadable", name=base[:80]) from refusal
        return self._drawn[base]


def base_name(name: str) -> str:
    """A file's name without its folder; capitals do not matter."""
    return PurePosixPath(name.replace("\\", "/")).name.casefold()
