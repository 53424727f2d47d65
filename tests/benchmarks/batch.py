"""Many reports at once, as a client asks for them: two real workers, an archive of all PDFs, and their memory.

`python -m tests.benchmarks.batch [REPORTS]` prints the rate, the workers' memory and the archive, and fails when a bar
is missed: at least 1.6 documents in the time that one takes when warm, and at most 150 MB for each worker.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from uuid import uuid4

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import connect, upgrade, writing
from evaluations.models import (
    CurrentRegister,
    Export,
    ExportKind,
    ExportState,
    Photo,
    Report,
    ReportState,
    Scorecard,
)
from evaluations.photos.store import PhotoStore
from evaluations.reporting import exporting
from evaluations.reporting.exporting import Wanted
from shopper import reports
from shopper.config import Config, read
from tests.benchmarks.reports import answers_to, comments_on, memory_of, photos_of, the_checklist
from tests.builders import a_client_user
from tests.evaluations.reporting import visits

REPORTS = 500
WORKERS = 2
LEAST_TIMES_ONE = 1.6
MOST_MB = 150
WARM_UP, WARM = 3, 10
LOOK_S = 0.5


def an_installation(folder: Path) -> tuple[Config, Engine]:
    """One with tables and nothing else."""
    config = read({"SHOPPER_INSTANCE": str(folder)})
    engine = connect(config.database_url)
    upgrade(engine)
    return config, engine


def the_visits(engine: Engine, store: PhotoStore, count: int) -> None:
    """So many released visits, each with 40 questions and 12 photos; the photos are the same in all."""
    document = the_checklist()
    given = {"comments": comments_on(document), "photos": photos_of(document)}
    with Session(writing(engine)) as session:
        first = visits.an_approved_visit(session, store, document, answers_to(document), **given)
        wave = first.evaluation.visit.wave
        photos = session.scalars(select(Photo)).all()
        facts = {f"photo:{photo.id}": photo for photo in photos}
        placed = session.scalars(select(CurrentRegister).where(CurrentRegister.register.in_(facts))).all()
        for _ in range(count - 1):
            card = visits.an_approved_visit(
                session, store, document, answers_to(document), comments=given["comments"], wave=wave
            )
            _take_over(session, card, [(facts[row.register], row.value) for row in placed])
        session.commit()


def _take_over(session: Session, card: Scorecard, photos: list[tuple[Photo, str | None]]) -> None:
    for photo, value in photos:
        photo_id, placing = uuid4(), json.loads(value or "{}")
        placing["photo"]["id"] = str(photo_id)
        columns = {column.name: getattr(photo, column.name) for column in Photo.__table__.columns}
        session.execute(insert(Photo).values(columns | {"id": photo_id, "evaluation_id": card.evaluation_id}))
        session.add(
            CurrentRegister(
                evaluation_id=card.evaluation_id,
                register=f"photo:{photo_id}",
                value=json.dumps(placing),
                heads="[]",
            )
        )


def warm_seconds(engine: Engine, store: PhotoStore) -> float:
    """How long one report takes in one warm process, loading and wording in it: the median of some."""
    with Session(engine) as session:
        card = session.scalars(select(Scorecard).limit(1)).one()
        seconds = []
        for _ in range(WARM_UP + WARM):
            started = time.perf_counter()
            reports.render(session, store, card, "en")
            seconds.append(time.perf_counter() - started)
    return statistics.median(seconds[WARM_UP:])


@contextmanager
def workers(config: Config) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The real workers."""
    environment = os.environ | {"SHOPPER_INSTANCE": str(config.instance)}
    command = [sys.executable, "-m", "shopper.cli", "worker"]
    log = (config.instance / "worker.log").open("ab")
    running = [subprocess.Popen(command, env=environment, stderr=log) for _ in range(WORKERS)]
    try:
        yield running
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait()
        log.close()


def children_of(process_id: int) -> list[int]:
    """The processes that this one has forked."""
    return [int(one) for one in Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()]


def megabytes(process_ids: list[int]) -> float:
    """The proportional memory of those that are still there."""
    try:
        return memory_of(process_ids)[1]
    except OSError:  # one was replaced meanwhile
        return 0.0


def _ready(session: Session) -> int:
    return (
        session.scalar(select(func.count()).select_from(Report).where(Report.state == ReportState.READY)) or 0
    )


def run(count: int, folder: Path) -> bool:
    """Make them all, say what was seen, and whether the bars are held."""
    config, engine = an_installation(folder)
    store = PhotoStore(config.photos)
    the_visits(engine, store, count)
    warm = warm_seconds(engine, store)
    with Session(writing(engine)) as session, session.begin():
        brand = session.scalars(select(Scorecard).limit(1)).one().evaluation.visit.wave.programme.client
        reader = a_client_user(session, brand)
        wanted = Wanted(language="en")
        exporting.ask(session, ExportKind.ARCHIVE, wanted, by=reader, file_name="all.zip", at=now())
    begun, begun_with, ended, memory = 0.0, 0, 0.0, []
    with workers(config) as running:
        while True:
            memory.append(max(megabytes([one.pid, *children_of(one.pid)]) for one in running))
            with Session(engine) as session:
                ready, export = _ready(session), session.scalars(select(Export)).one()
            if not begun and ready >= WORKERS:  # both are warm
                begun, begun_with = time.perf_counter(), ready
            if not ended and ready == count:
                ended = time.perf_counter()
            if export.state is ExportState.READY:
                break
            assert export.state is not ExportState.FAILED, export.error
            Event().wait(LOOK_S)
        zipped = time.perf_counter() - ended
    rate = (count - begun_with) / (ended - begun)
    early, late = memory[len(memory) // 4 : len(memory) // 2], memory[-len(memory) // 4 :]
    path = config.exports / (export.sha256 or "")
    with zipfile.ZipFile(path) as archive:
        entries = len(archive.namelist()) - 1
    print(
        f"{count} reports, {WORKERS} workers, {os.cpu_count()} cores; one warm report takes {warm * 1000:.0f} ms"
    )
    print(f"{rate:.2f} reports/s: {rate * warm:.2f} times one warm process (bar {LEAST_TIMES_ONE})")
    print(
        f"memory of a worker with its child (PSS): most {max(memory):.0f} MB (bar {MOST_MB}); "
        f"second quarter {statistics.mean(early):.0f} MB, last quarter {statistics.mean(late):.0f} MB"
    )
    print(
        f"archive of {entries} PDFs, {path.stat().st_size / 1e6:.1f} MB, ready {zipped:.1f} s after the last report"
    )
    engine.dispose()
    return rate * warm >= LEAST_TIMES_ONE and max(memory) <= MOST_MB and entries == count


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="shopper-batch-") as name:
        is_held = run(int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS, Path(name))
    sys.exit(0 if is_held else 1)
