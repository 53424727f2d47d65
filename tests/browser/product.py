"""The product as its users meet it: a real server and worker on an instance of their own."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from click.testing import CliRunner

from shopper.cli import main
from tests.databases import REVISION

PATIENCE_S = 60


@dataclass(frozen=True, slots=True)
class Product:
    """A running installation."""

    address: str
    environment: dict[str, str]

    def adds(self, email: str, name: str, role: str, *more: str) -> str:
        """Add somebody by the command line; answers the first password."""
        return self.runs("person", "add", email, "--name", name, "--role", role, *more).split()[-1]

    def runs(self, *words: str) -> str:
        """What `shopper WORDS` prints."""
        done = CliRunner().invoke(main, words, env=self.environment)
        assert done.exit_code == 0, done.output
        return done.output

    def forgets_everything(self) -> None:
        """Take every row and every mail away, as if it had just been started for the first time."""
        folder = Path(self.environment["SHOPPER_INSTANCE"])
        with closing(sqlite3.connect(folder / "shopper.db", timeout=PATIENCE_S)) as database:
            database.execute("PRAGMA foreign_keys = OFF")
            tables = database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> ?", (REVISION,)
            )
            for (name,) in tables.fetchall():
                database.execute(f'DELETE FROM "{name}"')
            database.commit()
        for mail in (folder / "mail").glob("*.eml"):
            mail.unlink()


@contextmanager
def running(instance: Path, database_url: str) -> Iterator[Product]:
    """The product, started empty on a free port and stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "SHOPPER_INSTANCE": str(instance),
        "SHOPPER_DATABASE": database_url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DEMO": "0",
    }
    command = [sys.executable, "-m", "shopper.cli", "serve"]
    with (instance / "serve.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        product = Product(f"http://127.0.0.1:{port}", environment)
        _until_it_answers(product, process, instance / "serve.log")
        yield product
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _until_it_answers(product: Product, process: subprocess.Popen[bytes], log: Path) -> None:
    end = monotonic() + PATIENCE_S
    while True:
        assert process.poll() is None, log.read_text()
        assert monotonic() < end, log.read_text()
        try:
            with urlopen(product.address + "/sign-in", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            sleep(0.05)
