"""One application for all tests of a module: each begins with the same database and no photos."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.databases import Files
from tests.faults.length import SHARE
from tests.faults.sync.house import House

collect_ignore = [] if SHARE else ["test_more_bugs.py"]
MEMORY = Path("/dev/shm")
"""Nothing here ends a process, so nothing here needs a disk."""


@pytest.fixture(scope="module")
def template(databases) -> Iterator[Path]:
    """A migrated database without rows."""
    if not isinstance(databases, Files):
        pytest.skip("an installation that is copied as a file is on SQLite")
    url = databases.fresh()
    yield Path(make_url(url).database or "")
    databases.drop(url)


@pytest.fixture
def build(template: Path, tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Makes installations, and takes them away in the end."""
    with ExitStack() as stack:

        def house(visits: int = 2) -> House:
            where = MEMORY if MEMORY.is_dir() else tmp_path
            folder = stack.enter_context(tempfile.TemporaryDirectory(dir=where, prefix="shopper-"))
            house = House(Path(folder), template, visits)
            stack.callback(house.engine.dispose)
            return house

        yield house


@pytest.fixture
def house(build: Callable[..., House]) -> House:
    """An installation with two visits."""
    return build()
