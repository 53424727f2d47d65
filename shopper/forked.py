"""Work in a child forked from this warm process: it may hang, swell or die, and the worker goes on.

The child is forked once and does one piece after another, so that it is as fast as the worker itself would be.
It is ended and replaced when a piece takes too long or its process ends, and after so many pieces.
The parent must have one thread only and no open connection of the database when it forks.
"""

from __future__ import annotations

import ctypes
import gc
import json
import logging
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import InterfaceError, OperationalError

from shopper.working import BeyondLimits, Tell

LOOKS_EVERY_S = 5.0
"""How often the parent says that the work goes on."""
PIECES = 200
"""After so many the child is replaced, whatever it has gathered meanwhile."""
MOST_KEPT_MB = 150
"""A child that holds more than this after its work is replaced by a fresh one, which takes no time."""
PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux
MB = 1_000_000
log = logging.getLogger(__name__)
Perform = Callable[[str, UUID, Callable[[int], None]], Mapping[str, Any]]
"""Does the work of this name and id, with connections of its own."""


class Failed(Exception):
    """What went wrong in the child, in its own words."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take."""

    seconds: float = 60.0
    """Without a word of its being further along."""
    memory_mb: int = 700


class Forked:
    """The child that does the work, and the way to it."""

    def __init__(self, engine: Engine, perform: Perform, limits: Limits) -> None:
        self.engine = engine
        self.perform = perform
        self.limits = limits
        self._child: int | None = None
        self._line: Connection | None = None
        self._pieces = 0

    def ask(self, name: str, work_id: UUID, tell: Tell) -> Mapping[str, Any]:
        """What the work came to; `BeyondLimits` when it went beyond them, `Failed` when it failed."""
        line = self._running()
        self._pieces += 1
        try:
            line.send_bytes(json.dumps([name, str(work_id)]).encode())
            return self._heard(line, tell)
        except (EOFError, OSError) as error:
            raise BeyondLimits(f"the process that did this ended by itself ({self._drop()})") from error
        except (Failed, OperationalError, InterfaceError):
            raise
        except BaseException:
            self._drop()
            raise

    def _heard(self, line: Connection, tell: Tell) -> Mapping[str, Any]:
        begun = time.monotonic()
        while True:
            left = self.limits.seconds - (time.monotonic() - begun)
            if left <= 0:
                raise BeyondLimits(f"it took longer than {self.limits.seconds:g} seconds")
            if not line.poll(min(left, LOOKS_EVERY_S)):
                tell(None)
                continue
            kind, said = json.loads(line.recv_bytes())
            if kind == "done":
                results: Mapping[str, Any] = said["results"]
                if said["kept_mb"] > MOST_KEPT_MB:
                    self._drop()
                return results
            if kind == "further":
                begun = time.monotonic()
                tell(said)
            elif kind == "swollen":
                self._drop()
                raise BeyondLimits(f"it took more than {self.limits.memory_mb} MB of memory")
            elif kind == "unreachable":
                raise OperationalError(said, None, Exception(said))
            else:
                raise Failed(said)

    @property
    def process_id(self) -> int | None:
        """The child's process id while there is one."""
        return self._child

    def close(self) -> None:
        """End the child, if there is one."""
        self._drop()

    def _running(self) -> Connection:
        if self._pieces >= PIECES:
            self._drop()
        if self._line is None:
            self.engine.dispose()  # no connection is shared with the child
            self._line, theirs = Pipe()
            parent = os.getpid()
            self._child = os.fork()
            if self._child == 0:
                self._line.close()
                self._be_the_child(theirs, parent)
            theirs.close()
            self._pieces = 0
        return self._line

    def _drop(self) -> str:
        if self._child is None or self._line is None:
            return "never begun"
        self._line.close()
        try:
            os.kill(self._child, signal.SIGKILL)
        except ProcessLookupError:
            log.info("the child had ended already")
        _pid, status = os.waitpid(self._child, 0)
        self._child = self._line = None
        return f"status {os.waitstatus_to_exitcode(status)}"

    def _be_the_child(self, line: Connection, parent: int) -> None:
        """Never returns, and leaves nothing of the parent's undone or done twice."""
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us after the piece in hand
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            if sys.platform == "linux":
                ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)
            if os.getppid() == parent:
                _limit(self.limits)
                self._serve(line)
            status = 0
        except (EOFError, OSError):
            status = 0  # the parent has gone
        except BaseException:
            log.exception("the child ended")
        finally:
            os._exit(status)

    def _serve(self, line: Connection) -> None:
        while True:
            name, work_id = json.loads(line.recv_bytes())

            def further(done: int) -> None:
                _say(line, "further", done)

            try:
                results = self.perform(name, UUID(work_id), further)
            except MemoryError:
                _say(line, "swollen", None)
            except (OperationalError, InterfaceError) as error:
                _say(line, "unreachable", type(error).__name__)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one piece, the others go on
                _say(line, "failed", "".join(traceback.format_exception_only(error)).strip())
            else:
                _say(line, "done", {"results": dict(results), "kept_mb": _tidied_mb()})


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_mb * MB, limits.memory_mb * MB))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tidied_mb() -> float:
    """How much memory the child still holds once it has given back what it can; 0 where no system says."""
    gc.collect()
    statistics = Path("/proc/self/statm")
    if not statistics.exists():
        return 0.0
    with suppress(AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)
    return int(statistics.read_text().split()[1]) * resource.getpagesize() / MB


def _say(line: Connection, kind: str, said: Any) -> None:
    line.send_bytes(json.dumps([kind, said]).encode())
