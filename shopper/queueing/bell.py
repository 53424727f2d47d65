"""What every way of telling workers can do."""

from __future__ import annotations

from threading import Event
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.orm import Session

BELL = "bell"
"""Where a session keeps the bell that it rings."""


class Bell(Protocol):
    """Tells workers that something is owed."""

    def prepare(self, engine: Engine) -> None:
        """Make what it needs in the database, or leave what is there."""

    def ring(self, session: Session, pieces: int) -> None:
        """Tell workers, once the transaction of `session` is committed, that so much is owed."""

    def open(self) -> None:
        """Begin to listen, in a worker that has one thread and no open connection."""

    def wait(self, stop: Event) -> None:
        """Return when it is time to look, or when `stop` is set; called when nothing is owed any more."""

    def close(self) -> None:
        """Listen no more."""
