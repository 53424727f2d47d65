"""One machine: workers look every few seconds, and nothing else is needed."""

from __future__ import annotations

from threading import Event

from sqlalchemy import Engine
from sqlalchemy.orm import Session

LOOK_AGAIN_S = 2.0


class Polling:
    """No bell at all."""

    def prepare(self, engine: Engine) -> None:
        """Nothing is needed."""

    def ring(self, session: Session, pieces: int) -> None:
        """Workers will look by themselves."""

    def open(self) -> None:
        """There is nothing to listen to."""

    def wait(self, stop: Event) -> None:
        """Look again after a while."""
        stop.wait(LOOK_AGAIN_S)

    def close(self) -> None:
        """There is nothing to close."""
