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
from dataclasses import dataclass, field
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


@dataclass
class Seen:
    """What was seen while the workers were at it."""

    begun: float = 0.0
    """When both were warm."""
    begun_with: int = 0
    ended: float = 0.0
    zipped: float = 0.0
    memory: list[float] = field(default_factory=list)
    """Of the worker that held most, look by look, in MB."""


def ask(engine: Engine) -> None:
    """Ask for all PDFs in one archive, as one of the client's people."""
    with Session(writing(engine)) as session, session.begin():
        brand = session.scalars(select(Scorecard).limit(1)).one().evaluation.visit.wave.programme.client
        reader, wanted = a_client_user(session, brand), Wanted(language="en")
        exporting.ask(session, ExportKind.ARCHIVE, wanted, by=reader, file_name="all.zip", at=now())


def watch(engine: Engine, running: list[subprocess.Popen[bytes]], count: int) -> Seen:
    """Look at the workers until the archive is there."""
    seen = Seen()
    while not seen.zipped:
        seen.memory.append(max(megabytes([one.pid, *children_of(one.pid)]) for one in running))
        with Session(engine) as session:
            ready, export = _ready(session), session.scalars(select(Export)).one()
        if not seen.begun and ready >= WORKERS:
            seen.begun, seen.begun_with = time.perf_counter(), ready
        if not seen.ended and ready == count:
            seen.ended = time.perf_counter()
        if export.state is ExportState.READY:
            seen.zipped = time.perf_counter()
        assert export.state is not ExportState.FAILED, export.error
        Event().wait(LOOK_S)
    return seen


def tell(seen: Seen, warm: float, archive: Path, count: int) -> bool:
    """Print the figures; whether the bars are held."""
    rate = (count - seen.begun_with) / (seen.ended - seen.begun)
    quarter = len(seen.memory) // 4
    early, late = seen.memory[quarter : 2 * quarter + 1], seen.memory[-quarter - 1 :]
    with zipfile.ZipFile(archive) as opened:
        entries = len(opened.namelist()) - 1
    print(
        f"{count} reports, {WORKERS} workers, {os.cpu_count()} cores; one warm report takes {warm * 1000:.0f} ms"
    )
    print(f"{rate:.2f} reports/s: {rate * warm:.2f} times one warm process (bar {LEAST_TIMES_ONE})")
    print(
        f"memory of a worker with its child (PSS): most {max(seen.memory):.0f} MB (bar {MOST_MB}); "
        f"second quarter {statistics.mean(early):.0f} MB, last quarter {statistics.mean(late):.0f} MB"
    )
    size, after = archive.stat().st_size / 1e6, seen.zipped - seen.ended
    print(f"archive of {entries} PDFs, {size:.1f} MB, ready {after:.1f} s after the last report")
    return rate * warm >= LEAST_TIMES_ONE and max(seen.memory) <= MOST_MB and entries == count


def run(count: int, folder: Path) -> bool:
    """Make them all, say what was seen, and whether the bars are held."""
    config, engine = an_installation(folder)
    store = PhotoStore(config.photos)
    the_visits(engine, store, count)
    warm = warm_seconds(engine, store)
    ask(engine)
    with workers(config) as running:
        seen = watch(engine, running, count)
    with Session(engine) as session:
        sha256 = session.scalars(select(Export.sha256)).one() or ""
    engine.dispose()
    return tell(seen, warm, config.exports / sha256, count)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="shopper-batch-") as name:
        is_held = run(int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS, Path(name))
    sys.exit(0 if is_held else 1)
