"""Work on a stranger's bytes in a process of its own, which may hang, swell or die without harm to anybody else.

Parent and child talk over pipes in messages: four bytes with the number of frames, then each frame as
four bytes of length and the bytes. A child says first that it is there. The first frame of an answer is JSON:
a refusal, or what was found.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from evaluations.errors import Invalid, Refusal, TooLarge, Unsupported

LENGTH_BYTES = 4
STARTING_S = 60
"""How long a child may take to come up, on a machine that swaps: nothing was asked of it yet."""
ENDING_S = 5
REFUSALS: dict[str, type[Refusal]] = {kind.__name__: kind for kind in (Invalid, TooLarge, Unsupported)}
Answer = tuple[dict[str, Any], list[bytes]]
THERE = b"there"


class NotStarted(OSError):
    """No child came up: the machine has no room for one now, and nothing is known of the bytes."""


class _Killed(EOFError):
    """The child was killed, and not by us: a machine short of memory does that, or its own clock."""


class Confined:
    """A child that runs `module` within limits, and the way to it; safe to share between threads.

    What takes longer than `seconds` is refused with the code `too_slow`, as is that over which the machine kills the
    child again and again; what ends the child otherwise with `damaged`. It writes no file larger than `file_bytes`.
    """

    def __init__(
        self,
        module: str,
        *,
        seconds: float,
        memory_bytes: int,
        too_slow: str,
        damaged: str,
        tries: int = 2,
        file_bytes: int = 0,
    ) -> None:
        self.module = module
        self.seconds = seconds
        self.memory_bytes = memory_bytes
        self.too_slow = too_slow
        self.damaged = damaged
        self.tries = tries
        self.file_bytes = file_bytes
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def ask(self, *frames: bytes) -> Answer:
        """What the child answers to `frames`, or its refusal.

        A child that takes too long or dies is replaced. One that died is asked again where `tries` allow
        it, since it may have died of something else. Raises NotStarted where none comes up.
        """
        with self._turn:
            for _ in range(self.tries - 1):
                try:
                    return self._ask_in_time(frames)
                except (OSError, EOFError):
                    continue
            try:
                return self._ask_in_time(frames)
            except NotStarted:
                raise
            except _Killed as error:
                raise Invalid(self.too_slow) from error
            except (OSError, EOFError) as error:
                raise Invalid(self.damaged) from error

    def _ask_in_time(self, frames: Sequence[bytes]) -> Answer:
        child = self._running()
        with _watched(child, self.seconds) as overdue:
            try:
                return _ask(child, frames)
            except (OSError, EOFError) as error:
                ended = None if overdue.is_set() else _how_it_ended(child)
                self._drop(child)
                if overdue.is_set():
                    raise Invalid(self.too_slow) from error
                if ended in (-signal.SIGKILL, -signal.SIGALRM):
                    raise _Killed from error
                raise

    def close(self) -> None:
        """End the child, if there is one."""
        with self._turn:
            atexit.unregister(self.close)
            if self._child and self._owner == os.getpid():
                self._drop(self._child)

    @property
    def process_id(self) -> int | None:
        """The child's process id while there is one."""
        return self._child.pid if self._child else None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # a fork inherits the parent's child, which is not its own
            self._child, self._owner = None, os.getpid()
        if self._child and self._child.poll() is not None:
            self._drop(self._child)
        if self._child is None:
            self._child = _start(self.module, self.seconds, self.memory_bytes, self.file_bytes)
            atexit.register(self.close)
            self._wait_for(self._child)
        return self._child

    def _wait_for(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stdout is not None  # noqa: S101
        with _watched(child, STARTING_S):
            try:
                is_there = _read(child.stdout) == [THERE]
            except (OSError, EOFError):
                is_there = False
        if not is_there:
            self._drop(child)
            raise NotStarted("no child came up")

    def _drop(self, child: subprocess.Popen[bytes]) -> None:
        child.kill()
        for pipe in (child.stdin, child.stdout):
            try:
                if pipe:
                    pipe.close()
            except OSError:  # what was still to be written has no reader any more
                continue
        child.wait()
        self._child = None


def _start(module: str, seconds: float, memory_bytes: int, file_bytes: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - our own module, no shell, nothing from outside
            [sys.executable, "-m", module, str(seconds), str(memory_bytes), str(file_bytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Nothing of our environment: no secret is within a hostile file's reach.
            env={"PYTHONPATH": str(Path(__file__).resolve().parents[1])},
            start_new_session=True,  # Ctrl-C ends the web server first, which then lets go of us
        )
    except OSError as error:
        raise NotStarted("no child could be started") from error


def _how_it_ended(child: subprocess.Popen[bytes]) -> int | None:
    """The status of a child that spoke no more, or None where it goes on all the same."""
    try:
        return child.wait(timeout=ENDING_S)
    except subprocess.TimeoutExpired:
        return None


@contextmanager
def _watched(child: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """End the child when `seconds` are over; the event says that they were. Nothing ends it any more afterwards."""
    overdue = threading.Event()
    watch = threading.Timer(seconds, _end, (child, overdue))
    watch.start()
    try:
        yield overdue
    finally:
        watch.cancel()
        watch.join()


def _end(child: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    overdue.set()
    child.kill()


def _ask(child: subprocess.Popen[bytes], frames: Sequence[bytes]) -> Answer:
    assert child.stdin is not None  # noqa: S101
    assert child.stdout is not None  # noqa: S101
    _write(child.stdin, frames)
    first, *rest = _read(child.stdout)
    told: dict[str, Any] = json.loads(first)
    if refused := told.get("refused"):
        raise REFUSALS[refused](told["code"], **told["values"])
    return told, rest


def serve(answer: Callable[[list[bytes]], Answer], *, idle_s: float = 0) -> None:
    """Be the child: answer questions until the pipe is closed, within the limits on the command line.

    With `idle_s` it ends by itself when nobody has asked for so long; the next question starts another.
    """
    seconds, memory_bytes, file_bytes = float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints gets between the frames
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    _write(answers, [THERE])
    while True:
        try:
            frames = _read(questions)
        except EOFError:
            return
        # The parent ends us sooner; this is for when the parent itself was killed.
        signal.setitimer(signal.ITIMER_REAL, seconds * 2)
        _write(answers, _answered(answer, frames))
        signal.setitimer(signal.ITIMER_REAL, idle_s)


def _answered(answer: Callable[[list[bytes]], Answer], frames: list[bytes]) -> list[bytes]:
    try:
        told, rest = answer(frames)
    except Refusal as refusal:
        told = {"refused": type(refusal).__name__, "code": refusal.code, "values": refusal.values}
        rest = []
    return [json.dumps(told).encode(), *rest]


def _write(pipe: IO[bytes], frames: Sequence[bytes]) -> None:
    pipe.write(len(frames).to_bytes(LENGTH_BYTES, "big"))
    for frame in frames:
        pipe.write(len(frame).to_bytes(LENGTH_BYTES, "big"))
        pipe.write(frame)
    pipe.flush()


def _read(pipe: IO[bytes]) -> list[bytes]:
    return [_exactly(pipe, _number(pipe)) for _ in range(_number(pipe))]


def _number(pipe: IO[bytes]) -> int:
    return int.from_bytes(_exactly(pipe, LENGTH_BYTES), "big")


def _exactly(pipe: IO[bytes], count: int) -> bytes:
    body = pipe.read(count)
    if len(body) < count:
        raise EOFError
    return body
