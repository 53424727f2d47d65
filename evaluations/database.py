"""Engines on both databases, with the settings that make an acknowledged write last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from evaluations.folding import fold
from evaluations.turns import Turns

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MS = 10_000
CONNECT_S = 10
TURN = "has the turn to write"


def connect(url: str) -> Engine:
    """An engine for `url` (sqlite:///FILE or postgresql://...), without connecting yet.

    What it raises never tells the values of a statement: errors are logged, and values are people's.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        patience = {} if "connect_timeout" in parsed.query else {"connect_timeout": CONNECT_S}
        return create_engine(parsed, pool_pre_ping=True, connect_args=patience, hide_parameters=True)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_MS / 1000}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    turns = Turns()
    event.listen(engine, "begin", partial(_begin_sqlite, turns))
    event.listen(engine, "checkin", partial(_give_turn, turns))
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write: on SQLite they take the write lock at once.

    A deferred transaction that reads and then writes after another connection wrote fails
    with "database is locked", whatever the time-out.
    """
    return engine.execution_options(shopper_writes=True)


def insert_into(session: Session, model: type[Any]) -> Any:
    """An insert on whichever database `session` works, which can say what becomes of a row that is there already."""
    is_postgresql = session.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if is_postgresql else sqlite.insert)(model)


def upgrade(engine: Engine) -> None:
    """Bring the tables to the newest revision; does nothing when they are."""
    with writing(engine).connect() as connection, _references_unwatched(connection), connection.begin():
        upgrade_within(connection)
        if strays := _strays(connection):
            raise RuntimeError(f"the upgrade was undone: rows refer to nothing in {', '.join(strays)}")


@contextmanager
def _references_unwatched(connection: Connection) -> Iterator[None]:
    """Let tables that others refer to be made anew, which SQLite does by dropping them; looked at as a whole after.

    Whether references are watched can only be said outside of a transaction.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _strays(connection: Connection) -> list[str]:
    """The tables in which rows refer to what is not there."""
    if connection.dialect.name != "sqlite":
        return []
    return sorted({row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})


def upgrade_within(connection: Connection, revision: str = "head") -> None:
    """Bring the tables to `revision` inside the transaction of `connection`."""
    configuration = _configuration()
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, revision)


def revision_of(connection: Connection) -> str | None:
    """The revision that the tables are at; None when there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Whether this version of the product knows `revision`; a newer version may have made it."""
    return any(
        script.revision == revision
        for script in ScriptDirectory.from_config(_configuration()).walk_revisions()
    )


def is_current(engine: Engine) -> bool:
    """Whether the tables are at the newest revision."""
    with engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_heads()
    return set(here) == set(ScriptDirectory.from_config(_configuration()).get_heads())


def _configuration() -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return configuration


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.create_function("folded", 1, fold, deterministic=True)
    connection.isolation_level = None  # the driver begins nothing by itself; `_begin_sqlite` does
    for pragma in (
        f"busy_timeout = {BUSY_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(turns: Turns, connection: Connection) -> None:
    writes = connection.get_execution_options().get("shopper_writes", False)
    if writes and not connection.info.get(TURN):
        connection.info[TURN] = turns.take(BUSY_MS / 1000)  # without it SQLite itself decides
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _give_turn(turns: Turns, _connection: Any, record: Any) -> None:
    """The transaction is over, however it ended, and its connection is back in the pool."""
    if record.info.pop(TURN, False):
        turns.give()
