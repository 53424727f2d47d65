"""Databases for tests: a migrated template, copied for each test that commits, and rolled-back sessions.

`pytest --database=postgresql` runs the same tests on a PostgreSQL that the run starts and stops by itself.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Dialect, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from evaluations.database import connect, upgrade, writing
from tests.postgresql import a_server

FOLDER = "SHOPPER_TEST_FOLDER"
SERVER = "SHOPPER_TEST_SERVER"
RUN = pytest.StashKey[ExitStack]()
SHAPE = b"""
    SELECT relname, attname::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped AND attnum > 0
    UNION ALL SELECT 'trigger', tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'trigger', evtname FROM pg_event_trigger
    ORDER BY 1, 2"""
TABLES = b"SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
REVISION = "alembic_version"
ALONE = b"""
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the caller choose the database."""
    parser.addoption(
        "--database", choices=("sqlite", "postgresql"), default="sqlite", help="where tests keep rows"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder, and start the server, that this run and its workers share."""
    if hasattr(config, "workerinput"):
        return
    config.stash[RUN] = run = ExitStack()
    os.environ[FOLDER] = run.enter_context(tempfile.TemporaryDirectory(prefix="shopper-tests-"))
    if config.getoption("--database") == "postgresql" and not config.getoption("--collect-only"):
        os.environ[SERVER] = run.enter_context(a_server())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what touches a database; everything else cannot behave differently there."""
    if config.getoption("--database") != "postgresql":
        return
    chosen = [item for item in items if _may_differ(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    items[:] = chosen


def _may_differ(item: pytest.Item) -> bool:
    return "databases" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("layout")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server and remove the folder."""
    if RUN in config.stash:
        config.stash[RUN].close()


class Files:
    """SQLite: the template is a file, and a fresh database is a copy of it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "template.sqlite"
        with _once(folder) as first:
            if first:
                _migrate(f"sqlite:///{self._template}")

    def fresh(self) -> str:
        """Return the address of a new, migrated database."""
        file = self._folder / f"{uuid4().hex}.sqlite"
        shutil.copyfile(self._template, file)
        return f"sqlite:///{file}"

    def empty(self) -> str:
        """Return the address of a database that is not there yet."""
        return f"sqlite:///{self._folder / uuid4().hex}.sqlite"

    def drop(self, url: str) -> None:
        """Remove the database at `url`."""
        file = Path(make_url(url).database or "")
        for part in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
            part.unlink(missing_ok=True)


class Server:
    """PostgreSQL: the template is a database, and a fresh database is a clone of it, or one that was emptied."""

    def __init__(self, folder: Path, address: str) -> None:
        self._address = address
        self._emptied: list[str] = []
        with _once(folder) as first:
            if first:
                self._order("CREATE DATABASE template_shopper")
                _migrate(self._url("template_shopper"))
        self._emptied.append(self._clone())
        with psycopg.connect(self._at(self._emptied[0])) as connection:
            self._shape = _shape(connection)
            tables = [name for (name,) in connection.execute(TABLES) if name != REVISION]
        emptying = (f'DELETE FROM "{name}"' for name in tables)
        self._empty = "; ".join(("SET session_replication_role = replica", *emptying)).encode()

    def fresh(self) -> str:
        """Return the address of a migrated database without rows."""
        return self._url(self._emptied.pop() if self._emptied else self._clone())

    def _clone(self) -> str:
        name = f"test_{uuid4().hex}"
        self._order(f"CREATE DATABASE {name} TEMPLATE template_shopper")
        return name

    def empty(self) -> str:
        """Return the address of a new database without tables."""
        name = f"test_{uuid4().hex}"
        self._order(f"CREATE DATABASE {name} TEMPLATE template0")
        return self._url(name)

    def drop(self, url: str) -> None:
        """Take leave of the database at `url`, whoever is still connected; it serves again if it kept its shape."""
        name = str(make_url(url).database)
        with psycopg.connect(self._at(name), autocommit=True) as connection:
            connection.execute(ALONE)
            is_whole = _shape(connection) == self._shape
            if is_whole:
                connection.execute(self._empty)
                self._emptied.append(name)
        if not is_whole:
            self._order(f"DROP DATABASE {name} WITH (FORCE)")

    def _url(self, name: str) -> str:
        return make_url(self._address).set(database=name).render_as_string(hide_password=False)

    def _at(self, name: str) -> str:
        return self._url(name).replace("postgresql+psycopg", "postgresql")

    def _order(self, order: str) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(order.encode())


def _shape(connection: psycopg.Connection[Any]) -> list[Any]:
    """Every table with its columns and indexes, the triggers, and the revision that they are at."""
    shape = connection.execute(SHAPE).fetchall()
    return (
        [*shape, *connection.execute(f"SELECT * FROM {REVISION}".encode())] if REVISION in dict(shape) else []
    )


@contextmanager
def _once(folder: Path) -> Iterator[bool]:
    """Let one worker at a time in, and tell the first that it is the first."""
    done = folder / "template-is-made"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()


def _migrate(url: str) -> None:
    engine = connect(url)
    upgrade(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def databases(pytestconfig: pytest.Config) -> Files | Server:
    """Fresh databases on whichever engine this run was asked to use."""
    folder = Path(os.environ[FOLDER])
    if pytestconfig.getoption("--database") == "postgresql":
        return Server(folder, os.environ[SERVER])
    return Files(folder)


@pytest.fixture
def database_url(databases: Files | Server) -> Iterator[str]:
    """The address of a migrated database that only this test uses, for what commits or has processes."""
    url = databases.fresh()
    yield url
    databases.drop(url)


@pytest.fixture
def empty_database_url(databases: Files | Server) -> Iterator[str]:
    """The address of a database without tables, for what fills one."""
    url = databases.empty()
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def wandering_engine(databases: Files | Server) -> Engine:
    """An engine that goes to where its `url` says at the time: what it compiled for one test serves the next."""
    engine = connect(databases.empty())

    @event.listens_for(engine, "do_connect")
    def go_there(
        dialect: Dialect, _record: object, args: list[object], parameters: dict[str, object]
    ) -> None:
        there, how = dialect.create_connect_args(engine.url)
        args[:] = there
        parameters.update(how)

    return engine


@pytest.fixture
def engine(wandering_engine: Engine, database_url: str) -> Iterator[Engine]:
    """An engine on this test's own database."""
    wandering_engine.url = connect(database_url).url
    yield wandering_engine
    wandering_engine.dispose()


@pytest.fixture(scope="session")
def shared_engine(databases: Files | Server) -> Iterator[Engine]:
    """An engine on one database that all of a worker's rolled-back sessions share."""
    url = databases.fresh()
    engine = connect(url)
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def session(shared_engine: Engine) -> Iterator[Session]:
    """A session whose every row, committed or not, is gone when the test ends."""
    with writing(shared_engine).connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()
