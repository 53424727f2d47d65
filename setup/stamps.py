"""Remembers which steps are done, by the hash of all that they depend on."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


def digest(files: Iterable[Path], *facts: str) -> str:
    """Return one hash of the contents of `files` and of `facts`, in the order given."""
    whole = hashlib.sha256()
    for fact in facts:
        whole.update(f"{len(fact)}:{fact}".encode())
    for file in files:
        content = file.read_bytes()
        whole.update(f"{file.name}:{len(content)}:".encode())
        whole.update(content)
    return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class Stamp:
    """The mark a finished step leaves: what it depended on and which files it made."""

    path: Path

    def is_fresh(self, wanted: str) -> bool:
        """Say whether the step was finished for `wanted` and all that it made still stands."""
        try:
            found, *made = self.path.read_text(encoding="utf-8").splitlines()
        except (FileNotFoundError, ValueError):
            return False
        return found == wanted and all(Path(file).exists() for file in made)

    def set(self, reached: str, made: Iterable[Path] = ()) -> None:
        """Record that the step was finished for `reached` and left the files `made`."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.path.with_suffix(".new")
        unfinished.write_text("\n".join([reached, *map(str, made)]) + "\n", encoding="utf-8")
        unfinished.replace(self.path)

    def clear(self) -> None:
        """Forget that the step was ever finished."""
        self.path.unlink(missing_ok=True)
