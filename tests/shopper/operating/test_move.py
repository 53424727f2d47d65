"""Moving to PostgreSQL copies everything and proves it, or keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Engine, inspect, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from evaluations.database import connect, upgrade, writing
from evaluations.models import Area, Base, Client, Location, Report
from shopper.config import Config, read
from shopper.operating import comparing
from tests.builders import a_client, kept
from tests.shopper.operating.conftest import Command, fill, refused


@pytest.fixture
def small(tmp_path: Path) -> Config:
    """An SQLite installation with something of everything."""
    config = read({"SHOPPER_INSTANCE": str(tmp_path / "small")})
    engine = connect(config.database_url)
    upgrade(engine)
    with Session(writing(engine)) as session:
        fill(session, config)
        client = a_client(session, name="Nested")
        above = kept(session, Area(client_id=client.id, name="Zz"))
        north = Area(client_id=client.id, parent_id=above.id, name="Aa under Zz")
        north.id = UUID(int=1)  # read and written before the one that it is under
        session.add(north)
        session.commit()
    engine.dispose()
    return config


@pytest.fixture
def server(empty_database_url: str) -> str:
    """The address of an empty PostgreSQL database."""
    if not empty_database_url.startswith("postgresql"):
        pytest.skip("moving needs PostgreSQL; the run on PostgreSQL has it")
    return empty_database_url


@pytest.fixture
def source(small: Config) -> Iterator[Engine]:
    engine = connect(small.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def target(server: str) -> Iterator[Engine]:
    engine = connect(server)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("address", ["mysql://host/name", "sqlite:///other.db", "somewhere", "postgresql:/"])
def test_what_is_no_postgresql_is_refused(small: Config, command: Command, address: str):
    refused(command(small, "move", "--to", address), "The target is not an address like postgresql://")


def test_a_server_that_does_not_answer_is_told(small: Config, command: Command):
    refused(command(small, "move", "--to", "postgresql://nobody@localhost:1/none"), "Nothing was moved")


def test_without_a_database_there_is_nothing_to_move(tmp_path: Path, command: Command):
    config = read({"SHOPPER_INSTANCE": str(tmp_path / "bare")})
    refused(command(config, "move", "--to", "postgresql://nobody@localhost:1/none"), "nothing to move")


def test_an_installation_on_postgresql_has_nothing_to_move(small: Config, command: Command):
    there = replace(small, database_url="postgresql://nobody@localhost:1/none")
    refused(command(there, "move", "--to", there.database_url), "on PostgreSQL already")


def test_a_product_that_still_runs_is_told_to_stop(
    small: Config, source: Engine, command: Command, server: str
):
    with source.connect() as running:
        running.execute(text("SELECT 1 FROM people"))
        refused(command(small, "move", "--to", server), "stop Shopper")


def test_a_target_that_holds_anything_is_refused(small: Config, command: Command, server: str):
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE TABLE precious (word text)")
    refused(command(small, "move", "--to", server), "wants an empty database")


def test_older_tables_are_brought_up_to_date_first(
    small: Config, command: Command, source: Engine, server: str
):
    with writing(source).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    source.dispose()
    refused(command(small, "move", "--to", server), "shopper upgrade")
    assert tables_at(server) == []


def test_a_table_of_somebody_else_is_not_left_behind_in_silence(
    small: Config, command: Command, source: Engine, server: str
):
    with writing(source).begin() as connection:
        connection.execute(text("CREATE TABLE extra (word text)"))
    source.dispose()
    refused(command(small, "move", "--to", server), "not Shopper's", "extra")
    assert tables_at(server) == []


def test_rows_that_the_target_cannot_hold_keep_nothing(
    small: Config, command: Command, source: Engine, server: str
):
    with writing(source).begin() as connection:
        connection.execute(update(Client.__table__).values(colour="longer than seven"))
    source.dispose()
    refused(command(small, "move", "--to", server), "Nothing was moved", "too long")
    assert tables_at(server) == []


def test_what_arrives_altered_is_found_and_nothing_is_kept(small: Config, command: Command, server: str):
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(ALTERING)
    result = command(small, "move", "--to", server)
    assert result.exit_code == 1
    assert [line.split()[0] for line in result.output.splitlines() if "DIFFERS" in line] == ["clients"]
    assert "Nothing was moved, because what arrived differs in: clients." in result.output
    assert tables_at(server) == []


ALTERING = """
CREATE FUNCTION alter_a_name() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN NEW.name := NEW.name || ' '; RETURN NEW; END $$;
CREATE FUNCTION lie_in_wait() RETURNS event_trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_event_trigger_ddl_commands() WHERE object_identity = 'public.clients') THEN
    CREATE TRIGGER altering BEFORE INSERT ON clients FOR EACH ROW WHEN (NEW.name = 'Nested')
    EXECUTE FUNCTION alter_a_name();
  END IF;
END $$;
CREATE EVENT TRIGGER lurking ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION lie_in_wait();
"""
"""A target that changes one name by one blank as it is written."""


def tables_at(address: str) -> list[str]:
    engine = connect(address)
    try:
        return inspect(engine).get_table_names()
    finally:
        engine.dispose()


def test_everything_arrives_and_the_table_says_so(
    small: Config, command: Command, source: Engine, target: Engine, server: str
):
    result = command(small, "move", "--to", server)
    assert result.exit_code == 0, result.output
    told = {line.split()[0]: line for line in result.output.splitlines()}
    assert all("same" in told[name] for name in Base.metadata.tables)
    assert told["areas"].split()[1:3] == ["3", "3"]
    assert command(replace(small, database_url=server), "check").exit_code == 0
    with Session(source) as here, Session(target) as there:
        assert there.scalars(select(Report.sha256)).all() == here.scalars(select(Report.sha256)).all()


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Client, {"name": "nested"}),
        (Location, {"name": Location.name + " "}),
        (Report, {"attempts": Report.attempts + 1}),
        (Area, {"parent_id": None}),
    ],
)
def test_one_altered_row_is_found(
    small: Config, command: Command, source: Engine, target: Engine, server: str, model, change
):
    assert command(small, "move", "--to", server).exit_code == 0
    one = select(model.id).order_by(model.id.desc()).limit(1)
    if model is Area:
        one = select(Area.id).where(Area.parent_id.is_not(None)).limit(1)
    with target.begin() as connection:
        connection.execute(update(model).where(model.id == one.scalar_subquery()).values(**change))
    with source.connect() as here, target.connect() as there:
        found = [each.table for each in comparing.compare(here, there) if not each.is_same]
    assert found == [model.__tablename__]


def test_ids_are_never_counted_by_the_database():
    """A moved or restored database would count from one again."""
    counted = [
        column
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.identity is not None
        or (column.autoincrement is True)
        or (column.primary_key and column.type.python_type is int and column.autoincrement is not False)
    ]
    assert counted == []


def test_the_password_of_the_target_is_not_printed(small: Config, command: Command):
    address = make_url("postgresql://nobody:hush-hush@localhost:1/none").render_as_string(hide_password=False)
    assert "hush-hush" not in command(small, "move", "--to", address).output
