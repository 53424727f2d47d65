"""`shopper move --to URL`: the rows of an SQLite installation, copied into an empty PostgreSQL database.

One transaction makes the tables, fills them in an order that foreign keys allow, reads everything back
and compares it; it is committed only when nothing differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, event, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from evaluations.database import connect, revision_of, upgrade_within, writing
from evaluations.models import Base
from shopper.operating import CannotBeDone
from shopper.operating.comparing import AT_ONCE, Compared, compare
from shopper.operating.snapshots import REVISIONS, copying, cursor_of, in_words

IN_USE = "The database is in use: stop Shopper (web server and worker) and give the command again."


class Differs(CannotBeDone):
    """What was copied is not what was there; the comparison tells where."""

    def __init__(self, compared: list[Compared]) -> None:
        names = ", ".join(each.table for each in compared if not each.is_same)
        super().__init__(f"Nothing was moved, because what arrived differs in: {names}.")
        self.compared = compared


def move(source_url: str, target_url: str) -> list[Compared]:
    """Copy everything from the SQLite database to the PostgreSQL one, and answer the comparison."""
    file = _file(source_url)
    _refuse_what_is_no_server(target_url)
    with (
        in_words("Nothing was moved"),
        _disposed(_alone(file)) as source,
        _disposed(connect(target_url)) as target,
        _begun_alone(source) as here,
        target.begin() as there,
    ):
        if inspect(there).get_table_names():
            raise CannotBeDone("The target has tables already; move wants an empty database.")
        upgrade_within(there)
        _refuse_other_tables(here, there)
        for table in Base.metadata.sorted_tables:
            _copy(table, here, there)
        compared = compare(here, there)
        if not all(each.is_same for each in compared):
            raise Differs(compared)
        return compared


def _file(url: str) -> Path:
    parsed = make_url(url)
    file = Path(parsed.database or "")
    if parsed.get_backend_name() != "sqlite":
        raise CannotBeDone("This installation is on PostgreSQL already; there is nothing to move.")
    if not file.is_file():
        raise CannotBeDone(f"There is nothing to move: there is no {file}.")
    return file


def _refuse_what_is_no_server(url: str) -> None:
    try:
        name = make_url(url).get_backend_name()
    except ArgumentError as error:
        raise CannotBeDone("The target is not an address like postgresql://user@host/name.") from error
    if name != "postgresql":
        raise CannotBeDone("The target is not an address like postgresql://user@host/name.")


def _alone(file: Path) -> Engine:
    """An engine whose connection shares the file with nobody, not even with somebody who only reads."""
    engine = connect(f"sqlite:///{file}")
    event.listen(engine, "connect", _ask_for_all_of_it, insert=True)
    return writing(engine)


def _ask_for_all_of_it(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")


@contextmanager
def _begun_alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that keeps everybody else out: what they wrote meanwhile would be left behind."""
    try:
        connection = engine.connect()
        connection.begin()
    except OperationalError as error:
        raise CannotBeDone(IN_USE) from error
    with connection:
        yield connection


@contextmanager
def _disposed(engine: Engine) -> Iterator[Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


def _refuse_other_tables(here: Connection, there: Connection) -> None:
    """Refuse older tables than this version's, and tables that it does not know and would leave behind."""
    if revision_of(here) != revision_of(there):
        raise CannotBeDone("The tables are not this version's: run `shopper upgrade` first.")
    unknown = set(inspect(here).get_table_names()) - set(Base.metadata.tables) - {REVISIONS}
    if unknown:
        raise CannotBeDone(
            f"There are tables that are not Shopper's and would be lost: {', '.join(sorted(unknown))}."
        )


def _copy(table: Table, here: Connection, there: Connection) -> None:
    """Copy a table's rows; COPY checks foreign keys at its end, so rows may name later rows of their own table."""
    processors = [
        column.type.dialect_impl(there.dialect).bind_processor(there.dialect) for column in table.columns
    ]
    found = here.execution_options(yield_per=AT_ONCE).execute(select(table))
    names = tuple(column.name for column in table.columns)
    with cursor_of(there) as cursor, cursor.copy(copying("FROM STDIN", table.name, names)) as rows:
        for row in found:
            rows.write_row(
                [
                    value if process is None else process(value)
                    for value, process in zip(row, processors, strict=True)
                ]
            )
