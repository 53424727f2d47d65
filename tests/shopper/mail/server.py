"""A small real mail server for tests: it speaks SMTP on a port of its own and keeps what arrives."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Letterbox(socketserver.ThreadingTCPServer):
    """Listens on this machine only; `refuses` makes it turn away what is handed over."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.arrived: list[bytes] = []
        self.told: list[str] = []
        self.refuses: str | None = None
        self.hangs_up_after_taking = False

    @property
    def address(self) -> str:
        """Its address as our setting names it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Conversation(socketserver.StreamRequestHandler):
    """One sender's visit."""

    server: Letterbox

    def handle(self) -> None:
        """Answer each command until the sender quits."""
        self._say("220 letterbox")
        while line := self.rfile.readline():
            words = line.decode().strip()
            self.server.told.append(words)
            command = words.upper()
            if command.startswith("EHLO"):
                self._say("250-letterbox", "250-8BITMIME", "250-SMTPUTF8", "250 AUTH PLAIN")
            elif command.startswith("AUTH"):
                self._say("235 welcome")
            elif command == "DATA":
                if not self._takes_the_letter():
                    return
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _takes_the_letter(self) -> bool:
        self._say("354 go on")
        letter = b""
        while (line := self.rfile.readline()) != b".\r\n":
            letter += line.removeprefix(b".") if line.startswith(b"..") else line
        if self.server.refuses is not None:
            self._say(f"554 {self.server.refuses}")
            return True
        self.server.arrived.append(letter)
        if self.server.hangs_up_after_taking:
            return False
        self._say("250 taken")
        return True

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


@contextmanager
def a_letterbox() -> Iterator[Letterbox]:
    """A mail server for the length of the block."""
    with Letterbox() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
