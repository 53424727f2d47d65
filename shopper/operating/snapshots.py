"""The database of an installation, copied as it stood at one moment while it is written to, and put back.

SQLite's own backup copies pages. PostgreSQL's tables are read in one repeatable-read transaction by COPY,
which needs no program of the database's: `pg_dump` refuses servers newer than itself.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, MetaData, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from evaluations.database import connect, is_known, revision_of, upgrade_within
from shopper.operating import CannotBeDone
from shopper.operating.archive import Writer, pieces_of
from shopper.operating.manifest import Manifest, Table

REVISIONS = "alembic_version"
BUSY_S = 10.0
NAMED = {
    "photos": {
        "photos": "SELECT DISTINCT sha256 FROM photos",
        "found_items": "SELECT DISTINCT sha256 FROM found_items WHERE sha256 <> ''",
        "reference_pictures": "SELECT sha256 FROM reference_pictures",
        "withholdings": "SELECT DISTINCT sha256 FROM withholdings",
    },
    "reports": {"reports": "SELECT DISTINCT sha256 FROM reports"},
}
"""The files that rows name, table by table; an older database lacks some of the tables."""
NOTHING = "There is nothing to back up yet: the database has no tables."


@dataclass(frozen=True, slots=True)
class Named:
    """The hashes of the files that a database's rows name."""

    photos: frozenset[str]
    reports: frozenset[str]


class Database(Protocol):
    """How a database is copied into an archive, and how it is filled from one."""

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""

    def copy(self, writer: Writer) -> Named:
        """Add the database as it stands at this moment, and say which files its rows name."""

    def refuse_unless_empty(self) -> None:
        """Refuse to restore over anybody's rows."""

    def filled(self, folder: Path, manifest: Manifest) -> AbstractContextManager[Named]:
        """A block in which the database is filled, but not yet for good; it is once the block ends well."""


def database_at(url: str) -> Database:
    """The database at `url`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return PostgreSQL(url)
    return SQLite(Path(parsed.database or ""))


@contextmanager
def in_words(task: str) -> Iterator[None]:
    """Say in one sentence what the database answered."""
    try:
        yield
    except (SQLAlchemyError, psycopg.Error, sqlite3.Error) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise CannotBeDone(f"{task}: the database said: {reason}.") from error


@dataclass(frozen=True, slots=True)
class SQLite:
    """A database that is one file."""

    file: Path
    kind: str = "sqlite"
    listing: str = "SELECT name FROM sqlite_master WHERE type = 'table'"

    def copy(self, writer: Writer) -> Named:
        """Copy the file's pages in one step; writers wait for nothing and nothing waits for them."""
        if not self.file.is_file():
            raise CannotBeDone(f"There is nothing to back up yet: there is no {self.file}.")
        folder = Path(tempfile.mkdtemp(prefix=".snapshot-", dir=self.file.parent))
        try:
            copied = folder / "database.sqlite"
            with in_words("No backup was made"):
                with closing(_opened(self.file)) as live, closing(_opened(copied, new=True)) as copy:
                    live.backup(copy, pages=-1)
                    copy.execute("PRAGMA journal_mode = DELETE")
                with closing(_opened(copied)) as copy:
                    revision = _revision(copy)
                    named = _named(lambda query: copy.execute(query).fetchall(), self.listing)
            if not revision:
                raise CannotBeDone(NOTHING)
            writer.manifest.database, writer.manifest.revision = self.kind, revision
            with copied.open("rb") as file:
                writer.add("database.sqlite", pieces_of(file), squeeze=True)
            return named
        finally:
            shutil.rmtree(folder)

    def refuse_unless_empty(self) -> None:
        """Refuse where the file is already."""
        if any(self.file.with_name(self.file.name + part).exists() for part in ("", "-wal")):
            raise CannotBeDone(
                f"There is a database at {self.file} already; restore wants an empty instance."
            )

    @contextmanager
    def filled(self, folder: Path, manifest: Manifest) -> Iterator[Named]:
        """Check the copied file; it gets its place when the block ends well."""
        copied = folder / "database.sqlite"
        if not copied.is_file():
            raise CannotBeDone("This backup holds no database; nothing was restored.")
        with in_words("Nothing was restored"), closing(_opened(copied)) as copy:
            faults = copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
            if faults or copy.execute("PRAGMA foreign_key_check").fetchone():
                raise CannotBeDone("The database in this backup is damaged; nothing was restored.")
            if _revision(copy) != manifest.revision:
                raise CannotBeDone("The database in this backup is not the one that its manifest tells of.")
            named = _named(lambda query: copy.execute(query).fetchall(), self.listing)
        yield named
        self.file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(copied, draft := self.file.with_name(f".{self.file.name}.restoring"))
        try:
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
            draft.rename(self.file)
        finally:
            draft.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A database on a server."""

    url: str
    kind: str = "postgresql"
    listing: str = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"

    def copy(self, writer: Writer) -> Named:
        """Read all tables in one transaction, which sees them as they stood when it began."""
        with in_words("No backup was made"), self._engine() as engine:
            snapshot = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with snapshot.begin() as connection:
                revision = revision_of(connection)
                if revision is None:
                    raise CannotBeDone(NOTHING)
                writer.manifest.database, writer.manifest.revision = self.kind, revision
                tables = MetaData()
                tables.reflect(connection)
                for table in tables.sorted_tables:
                    if table.name != REVISIONS:
                        columns = tuple(column.name for column in table.columns)
                        rows = _copy_out(connection, table.name, columns, writer)
                        writer.manifest.tables[table.name] = Table(columns, rows)
                return _named(lambda query: connection.exec_driver_sql(query).all(), self.listing)

    def refuse_unless_empty(self) -> None:
        """Refuse where there is any table."""
        with in_words("Nothing was restored"), self._engine() as engine:
            if inspect(engine).get_table_names():
                raise CannotBeDone("The database has tables already; restore wants an empty one.")

    @contextmanager
    def filled(self, folder: Path, manifest: Manifest) -> Iterator[Named]:
        """Make the tables as they were and fill them in one transaction, committed when the block ends well."""
        with in_words("Nothing was restored"), self._engine() as engine, engine.begin() as connection:
            upgrade_within(connection, manifest.revision)
            for name, table in manifest.tables.items():
                if (
                    _copy_in(connection, name, table.columns, folder / "tables" / f"{name}.copy")
                    != table.rows
                ):
                    raise CannotBeDone(f"The table {name} in this backup is not whole; nothing was restored.")
            yield _named(lambda query: connection.exec_driver_sql(query).all(), self.listing)

    @contextmanager
    def _engine(self) -> Iterator[Engine]:
        engine = connect(self.url)
        try:
            yield engine
        finally:
            engine.dispose()


def refuse_what_is_newer(manifest: Manifest) -> None:
    """Refuse a backup whose tables this version cannot know."""
    if not is_known(manifest.revision):
        raise CannotBeDone(
            "This backup was made by a newer version of Shopper; install that one and try again."
        )


def _named(fetched: Callable[[str], Any], listing: str) -> Named:
    tables = {row[0] for row in fetched(listing)}
    found = {
        kind: frozenset(
            row[0] for table, query in queries.items() if table in tables for row in fetched(query) if row[0]
        )
        for kind, queries in NAMED.items()
    }
    return Named(found["photos"], found["reports"])


def _opened(file: Path, *, new: bool = False) -> sqlite3.Connection:
    mode = "rwc" if new else "rw"
    return sqlite3.connect(
        f"{file.resolve().as_uri()}?mode={mode}", uri=True, timeout=BUSY_S, isolation_level=None
    )


def _revision(connection: sqlite3.Connection) -> str:
    """The revision of the tables; empty when there are none."""
    if not connection.execute(f"SELECT 1 FROM sqlite_master WHERE name = '{REVISIONS}'").fetchone():  # noqa: S608
        return ""
    found = connection.execute(f"SELECT version_num FROM {REVISIONS}").fetchone()  # noqa: S608
    return str(found[0]) if found else ""


def copying(direction: str, table: str, columns: tuple[str, ...]) -> sql.Composed:
    """The COPY of these columns of a table, to or from us."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), names, sql.SQL(direction))


def cursor_of(connection: Connection) -> psycopg.Cursor[Any]:
    """The driver's own cursor inside the transaction of `connection`."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)  # noqa: S101 - says it to the type checker
    return driver.cursor()


def _copy_out(connection: Connection, name: str, columns: tuple[str, ...], writer: Writer) -> int:
    with cursor_of(connection) as cursor:
        with cursor.copy(copying("TO STDOUT", name, columns)) as rows:
            writer.add(f"tables/{name}.copy", rows, squeeze=True)
        return cursor.rowcount


def _copy_in(connection: Connection, name: str, columns: tuple[str, ...], path: Path) -> int:
    if not path.is_file():
        raise CannotBeDone(f"This backup holds no table {name}; nothing was restored.")
    with cursor_of(connection) as cursor:
        with path.open("rb") as file, cursor.copy(copying("FROM STDIN", name, columns)) as rows:
            for piece in pieces_of(file):
                rows.write(piece)
        return cursor.rowcount
