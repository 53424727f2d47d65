"""Exports for tests: a client's visits, somebody who asks, and a worker that makes what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import writing
from evaluations.document.answers import Answer
from evaluations.document.tree import Document
from evaluations.models import Export, ExportKind, Person
from evaluations.reporting import exporting
from evaluations.reporting.exporting import Wanted
from shopper.config import Config
from shopper.mail.posting import FolderPost
from shopper.worker import Stores, Worker
from tests.builders import a_client_user, a_document
from tests.evaluations.reporting.visits import all_good, an_approved_visit


def a_worker(engine: Engine, instance: Path) -> Worker:
    """A worker of the installation at `instance`."""
    config = Config(instance, "", "")
    post = FolderPost(config.mail, "Shopper <shopper@localhost>")
    return Worker(engine, Stores.of(config), post, address="http://localhost")


def visits_of_a_client(
    engine: Engine,
    worker: Worker,
    *,
    visits: int = 2,
    document: Document | None = None,
    answers: Mapping[str, Answer] | None = None,
    comments: Mapping[str, str] | None = None,
    **given: Any,
) -> Person:
    """Somebody of a client with so many released visits of one place on one day."""
    document = document or a_document()
    found = all_good(document) | dict(answers or {})
    with Session(writing(engine), expire_on_commit=False) as session:
        wave = None
        for _ in range(visits):
            card = an_approved_visit(
                session,
                worker.stores.photos,
                document,
                found,
                comments=comments or {},
                wave=wave,
                **given,
            )
            wave = card.evaluation.visit.wave
        person = a_client_user(session, wave.programme.client)
        session.commit()
    return person


def asked(engine: Engine, reader: Person, kind: ExportKind, language: str = "en") -> Export:
    """An export that `reader` has just asked for."""
    with Session(writing(engine), expire_on_commit=False) as session:
        wanted = Wanted(language=language)
        reader = session.merge(reader)
        export = exporting.ask(session, kind, wanted, by=reader, file_name="results", at=now())
        session.commit()
    return export


def made(engine: Engine, worker: Worker, export: Export) -> Export:
    """The export once the worker has nothing left to do."""
    while worker.do_next():
        pass
    with Session(engine, expire_on_commit=False) as session:
        return session.get_one(Export, export.id)
