"""Stands in for the programs that set-up runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from setup.programs import CannotGoOn


@dataclass
class Recorder:
    """Notes each command instead of running it, does what the test wants then, and can fail."""

    fails: str = ""
    then: Callable[[Sequence[str]], None] = lambda _command: None
    commands: list[list[str]] = field(default_factory=list)

    def run(
        self,
        command: Sequence[str | Path],
        *,
        log: str,
        otherwise: str,
        environment: Mapping[str, str] | None = None,
        finishes: bool = False,
    ) -> None:
        """Note `command`; refuse when it holds the word that fails."""
        words = [str(word) for word in command]
        self.commands.append(words)
        self.then(words)
        if self.fails and self.fails in words:
            raise CannotGoOn(otherwise)
