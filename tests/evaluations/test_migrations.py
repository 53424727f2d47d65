"""The migrations build exactly what the models describe, on both databases, and may be run twice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, Table, func, insert, inspect, select, text

from evaluations.database import connect, is_current, upgrade, upgrade_within, writing
from evaluations.models import Base
from tests.builders import NOON

VALUES: dict[type, Any] = {datetime: NOON.replace(tzinfo=None), date: NOON.date(), bytes: b""}


def test_the_migrated_tables_are_those_of_the_models(engine: Engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_twice_changes_nothing(engine: Engine):
    before = inspect(engine).get_table_names()
    upgrade(engine)
    assert inspect(engine).get_table_names() == before
    assert is_current(engine)


def test_a_database_without_tables_is_not_current(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'empty.db'}")
    assert not is_current(engine)
    engine.dispose()


def test_sqlite_waits_for_other_writers_and_syncs_every_commit(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'settings.db'}")
    with engine.connect() as connection:
        read = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert read == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_what_a_phone_line_had_for_an_address_becomes_its_number(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'older.db'}")
    with writing(engine).begin() as connection:
        upgrade_within(connection, "0004")
        client, moment = "0" * 32, "2026-03-14 12:00:00.000000"
        connection.execute(
            text(
                "INSERT INTO clients (id, name, colour, created_at) VALUES (:id, 'Marisol', '#000000', :at)"
            ),
            {"id": client, "at": moment},
        )
        for number, kind in enumerate(("store", "phone_line")):
            connection.execute(
                text(
                    "INSERT INTO locations (id, client_id, code, name, kind, address, city, time_zone, latitude,"
                    " longitude, is_active, created_at) VALUES"
                    " (:id, :client, :kind, :kind, :kind, :kind, '', 'UTC', 1.0, 2.0, 1, :at)"
                ),
                {"id": str(number) * 32, "client": client, "kind": kind, "at": moment},
            )
        upgrade_within(connection)
        rows = connection.execute(
            text("SELECT address, contact, latitude, hours FROM locations ORDER BY id")
        ).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [("store", "", 1.0, ""), ("", "phone_line", None, "")]


def a_row(table: Table, known: dict[str, Any]) -> dict[str, Any]:
    """A row with a value in every column that needs one; what refers to another table names its row."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.foreign_keys:
            [reference] = column.foreign_keys
            row[column.name] = known.get(reference.column.table.name)
        elif column.name == "id":
            row[column.name] = known[table.name] = uuid4().hex
        elif not column.nullable:
            kind = column.type.python_type
            row[column.name] = VALUES[kind] if kind in VALUES else kind(1)
    return row


@pytest.mark.parametrize("revision", ["0004", "0011"])
def test_an_installation_with_a_row_in_every_table_is_upgraded_and_loses_none(tmp_path, revision: str):
    engine = connect(f"sqlite:///{tmp_path / 'filled.db'}")
    with writing(engine).begin() as connection:
        upgrade_within(connection, revision)
    tables = MetaData()
    tables.reflect(engine)
    tables.remove(tables.tables["alembic_version"])
    known: dict[str, Any] = {}
    with writing(engine).begin() as connection:
        for each in tables.sorted_tables:
            connection.execute(insert(each).values(a_row(each, known)))
    upgrade(engine)
    with engine.connect() as connection:
        counts = {
            name: connection.scalar(select(func.count()).select_from(each))
            for name, each in tables.tables.items()
        }
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()
    assert set(counts.values()) == {1}
