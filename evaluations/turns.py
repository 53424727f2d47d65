"""Whose turn it is to write: first come, first served, among the threads of one process.

SQLite lets one connection write at a time and has the others ask again after growing pauses, up to a tenth of a second.
Whoever has just written asks without a pause and is nearly always first, so that somebody else can wait for seconds
and be refused in the end, although the database is never held for long.
"""

from __future__ import annotations

import os
import threading
from collections import deque


class Turns:
    """A lock that is given to those who wait for it in the order in which they came."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._process = os.getpid()
        self._lock = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Event] = deque()

    def take(self, seconds: float) -> bool:
        """Wait for one's turn, at most so long; whether it came. Who has it gives it back with `give`."""
        if self._process != os.getpid():  # a forked child inherits the turns of threads that it has not
            self._begin()
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(seconds):
            return True
        with self._lock:
            if mine.is_set():  # it came at the very last moment
                return True
            self._waiting.remove(mine)
        return False

    def give(self) -> None:
        """Let the next one have it."""
        if self._process != os.getpid():
            return
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_taken = False
