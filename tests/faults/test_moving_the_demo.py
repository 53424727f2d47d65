"""The whole demo agency moves to PostgreSQL and back into sight: nothing differs."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from evaluations.database import connect
from shopper.operating import comparing, moving
from tests.made_demo import a_copy_of_the_demo


def test_the_demo_moves_whole_and_one_altered_row_is_found(tmp_path: Path, empty_database_url: str):
    if not empty_database_url.startswith("postgresql"):
        pytest.skip("moving needs PostgreSQL; the run on PostgreSQL has it")
    config = a_copy_of_the_demo(tmp_path / "demo")
    source, target = connect(config.database_url), connect(empty_database_url)
    compared = moving.move(config.database_url, empty_database_url)
    assert all(each.is_same for each in compared)
    assert sum(each.here.rows for each in compared) > 1000
    with target.begin() as connection:
        last = "SELECT id FROM facts ORDER BY id DESC LIMIT 1"
        connection.execute(text(f"UPDATE facts SET place = place + 1 WHERE id = ({last})"))
    with source.connect() as here, target.connect() as there:
        assert [each.table for each in comparing.compare(here, there) if not each.is_same] == ["facts"]
    source.dispose()
    target.dispose()
