"""Decoding in a process of its own, which may hang, swell or die without harm to anybody else.

A web process starts one such child at its first photo and keeps it. The two talk over pipes in
frames: four bytes of length, then the bytes. Run as a program, this module is the child.
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
from pathlib import Path
from typing import IO, Any

from evaluations.errors import Invalid, Refusal, TooLarge, Unsupported
from evaluations.photos.store import Derived, Size

SECONDS = 15
MEMORY_BYTES = 1_500 * 1024 * 1024
"""Enough for the largest photo accepted; a picture that asks for more is refused."""
LENGTH_BYTES = 4
REFUSALS: dict[str, type[Refusal]] = {kind.__name__: kind for kind in (Invalid, TooLarge, Unsupported)}


class Decoder:
    """The child and the way to it, one photo at a time; safe to share between threads."""

    def __init__(self, *, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
        self.seconds = seconds
        self.memory_bytes = memory_bytes
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def derive(self, body: bytes) -> Derived:
        """The smaller pictures of a photo, or the refusal that the child answered.

        A child that takes too long or dies is replaced. One that died is asked once more, since it
        may have died of something else; then the photo is refused with `photo_damaged`.
        """
        with self._turn:
            try:
                return self._ask_in_time(body)
            except (OSError, EOFError):
                return self._ask_again(body)

    def _ask_again(self, body: bytes) -> Derived:
        try:
            return self._ask_in_time(body)
        except (OSError, EOFError) as error:
            raise Invalid("photo_damaged") from error

    def _ask_in_time(self, body: bytes) -> Derived:
        child = self._running()
        overdue = threading.Event()
        watch = threading.Timer(self.seconds, _end, (child, overdue))
        watch.start()
        try:
            return _ask(child, body)
        except (OSError, EOFError) as error:
            self._drop(child)
            if overdue.is_set():
                raise Invalid("photo_too_slow") from error
            raise
        finally:
            watch.cancel()
            watch.join()  # from here on nothing kills this child for this photo

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
            self._child = _start(self.seconds, self.memory_bytes)
            atexit.register(self.close)
        return self._child

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


def _start(seconds: float, memory_bytes: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own module, no shell, nothing from outside
        [sys.executable, "-m", "evaluations.photos.decoding", str(seconds), str(memory_bytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Nothing of our environment: no secret is within a hostile photo's reach.
        env={"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        start_new_session=True,  # Ctrl-C ends the web server first, which then lets go of us
    )


def _end(child: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    overdue.set()
    child.kill()


def _ask(child: subprocess.Popen[bytes], body: bytes) -> Derived:
    assert child.stdin is not None  # noqa: S101
    assert child.stdout is not None  # noqa: S101
    _write_frame(child.stdin, body)
    answer: dict[str, Any] = json.loads(_read_frame(child.stdout))
    if refused := answer.get("refused"):
        raise REFUSALS[refused](answer["code"], **answer["values"])
    pictures = {Size(size): _read_frame(child.stdout) for size in answer["sizes"]}
    return Derived(answer["mime"], answer["width"], answer["height"], pictures)


def _write_frame(pipe: IO[bytes], body: bytes) -> None:
    pipe.write(len(body).to_bytes(LENGTH_BYTES, "big"))
    pipe.write(body)
    pipe.flush()


def _read_frame(pipe: IO[bytes]) -> bytes:
    length = int.from_bytes(_read_exactly(pipe, LENGTH_BYTES), "big")
    return _read_exactly(pipe, length)


def _read_exactly(pipe: IO[bytes], count: int) -> bytes:
    body = pipe.read(count)
    if len(body) < count:
        raise EOFError
    return body


def serve(seconds: float, memory_bytes: int) -> None:
    """Answer photos until the pipe is closed."""
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints gets between the frames
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    while True:
        try:
            body = _read_frame(questions)
        except EOFError:
            return
        # The parent ends us sooner; this is for when the parent itself was killed.
        signal.setitimer(signal.ITIMER_REAL, seconds * 2)
        _answer(answers, body)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _answer(answers: IO[bytes], body: bytes) -> None:
    from evaluations.photos.derivatives import derive  # Pillow is for the child alone

    try:
        derived = derive(body)
    except Refusal as refusal:
        told = {"refused": type(refusal).__name__, "code": refusal.code, "values": refusal.values}
        _write_frame(answers, json.dumps(told).encode())
        return
    sizes = {"width": derived.width, "height": derived.height, "sizes": list(derived.pictures)}
    _write_frame(answers, json.dumps({"mime": derived.mime, **sizes}).encode())
    for picture in derived.pictures.values():
        _write_frame(answers, picture)


if __name__ == "__main__":
    serve(float(sys.argv[1]), int(sys.argv[2]))
