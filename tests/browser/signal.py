"""The radio between a phone and the server, which can be lost and found; a killed page or browser does not mend it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread

PIECE = 65_536


class Signal:
    """Passes bytes on between `address` and the port of a server; while it is lost, every connection is refused."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        self._flows = Event()
        self._flows.set()
        self._listener = self._listen(0)
        self._here: tuple[str, int] = self._listener.getsockname()

    @property
    def address(self) -> str:
        """Where the phone reaches the server."""
        return "http://{}:{}".format(*self._here)

    def lose(self) -> None:
        """Cut every connection, and take no new one."""
        with self._lock:
            _close(self._listener)
            for end in self._open:
                _close(end)
            self._open.clear()

    def stall(self) -> None:
        """Stay connected, and let nothing through."""
        self._flows.clear()

    def flow(self) -> None:
        """Let everything through that was held up."""
        self._flows.set()

    def find(self) -> None:
        """Take connections again, at the same address."""
        self._listener = self._listen(self._here[1])

    def _listen(self, port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(64)
        Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):  # the signal was lost
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                with self._lock:
                    self._open |= {near, far}
                    if listener is not self._listener or listener.fileno() < 0:  # it was lost meanwhile
                        _close(near)
                        _close(far)
                Thread(target=self._pass, args=(near, far), daemon=True).start()
                Thread(target=self._pass, args=(far, near), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):  # either end may go at any time
            while piece := one.recv(PIECE):
                self._flows.wait()
                other.sendall(piece)
        for end in (one, other):
            _close(end)
        with self._lock:
            self._open -= {one, other}


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def signal_to(address: str) -> Iterator[Signal]:
    """A signal to the product at `address`, there until the end."""
    signal = Signal(int(address.rsplit(":", 1)[1]))
    try:
        yield signal
    finally:
        signal.lose()
