"""The application on a database and an instance of its own, and visitors of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from shopper.app import create_app, settle
from shopper.config import Config
from tests.shopper.browsing import Visitor, visitor_of
from tests.shopper.demo_agency import agency as agency


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates, compiled once for all the applications of a run: each would take longer over it than a test."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture(scope="session")
def wandering(compiled: FileSystemBytecodeCache) -> Flask:
    """One application for all tests of a worker: to make one takes longer than most tests."""
    config = Config(instance=Path("nowhere"), database_url="sqlite://", secret="a secret for tests")
    app = create_app(config)
    app.jinja_env.bytecode_cache = compiled
    return app


@pytest.fixture
def app(wandering: Flask, engine: Engine, database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application, settled on this test's own database and instance."""
    config, extensions = dict(wandering.config), dict(wandering.extensions)
    settle(
        wandering, Config(instance=tmp_path, database_url=database_url, secret="a secret for tests"), engine
    )
    wandering.testing = True
    yield wandering
    for kept, was in ((wandering.config, config), (wandering.extensions, extensions)):
        kept.clear()
        kept.update(was)


@pytest.fixture
def own_app(engine: Engine, database_url: str, tmp_path: Path, compiled: FileSystemBytecodeCache) -> Flask:
    """An application of this test alone, for what gives it views of its own."""
    config = Config(instance=tmp_path, database_url=database_url, secret="a secret for tests")
    app = create_app(config, engine)
    app.testing = True
    app.jinja_env.bytecode_cache = compiled
    return app


@pytest.fixture
def store(app: Flask, engine: Engine) -> Iterator[Session]:
    """A session for setting the scene and looking afterwards; each visit to the application commits it first."""
    with Session(engine, expire_on_commit=False) as session:
        app.extensions["scene"] = session
        yield session


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who is not signed in."""
    return visitor_of(app)


@pytest.fixture
def visitors(app: Flask) -> Callable[[], Visitor]:
    """Makes more visitors, each with a browser of their own."""
    return lambda: visitor_of(app)
