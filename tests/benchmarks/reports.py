"""Reports against Chromium: the same HTML and the same photos, both programs warm, rounds interleaved.

`python -m tests.benchmarks.reports [ROUNDS]` prints times, memory and sizes, and fails when a bar is missed.
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path

from playwright.sync_api import Page as Tab
from playwright.sync_api import sync_playwright
from sqlalchemy.orm import Session

from evaluations.database import connect, upgrade, writing
from evaluations.designing.library import library, placed
from evaluations.document.answers import Answer, answered
from evaluations.document.tree import Document, Kind, Phase, Scored, Scoring, Touchpoint, YesNo
from evaluations.photos.store import PhotoStore
from evaluations.reporting import pdf, visit_report
from shopper import reports
from tests.evaluations.reporting import visits

ROUNDS = 15
WARM_UP = 3
MOST_TIMES_CHROMIUM = 1.4
MOST_BYTES = 1_500_000
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
QUESTIONS, PHOTOS = 40, 12


@dataclass
class Runner:
    """One of the two programs: how it prints, and what each round took."""

    name: str
    print_once: Callable[[], bytes]
    memory: Callable[[], tuple[float, float]]
    seconds: list[float] = field(default_factory=list)
    last: bytes = b""

    def round(self) -> None:
        """Print once and note how long it took."""
        started = time.perf_counter()
        self.last = self.print_once()
        self.seconds.append(time.perf_counter() - started)

    @property
    def median(self) -> float:
        """The median of the rounds, in seconds."""
        return statistics.median(self.seconds)


def the_visit(folder: Path) -> tuple[pdf.Page, float]:
    """The page of a visit with 40 questions and 12 photos, and how long loading and wording it took."""
    document = the_checklist()
    store = PhotoStore(folder / "photos")
    engine = connect(f"sqlite:///{folder / 'visit.db'}")
    upgrade(engine)
    with Session(writing(engine)) as session:
        card = visits.an_approved_visit(
            session,
            store,
            document,
            answers_to(document),
            comments=comments_on(document),
            photos=photos_of(document),
        )
        session.commit()
        session.expire_all()
        started = time.perf_counter()
        report = visit_report.load(session, card)
        page = reports.page(report, store, "en")
        seconds = time.perf_counter() - started
    engine.dispose()
    assert (len(report.questions), len(report.photos)) == (QUESTIONS, PHOTOS)
    return page, seconds


def the_checklist() -> Document:
    """The first 40 questions of the touchpoint library that are asked in a store."""
    touchpoints: list[Touchpoint] = []
    for entry in (entry for entry in library() if entry.phases[0] is Phase.DURING):
        touchpoint = placed(entry, taken={part.key for part in touchpoints})
        asked = [question for question in touchpoint.questions if question.kind is not Kind.INSTRUCTION]
        left = QUESTIONS - sum(len(part.questions) for part in touchpoints)
        touchpoints.append(touchpoint.model_copy(update={"questions": tuple(asked[:left])}))
        if len(asked) >= left:
            break
    return Document(
        title={"en": "Store visit"},
        languages=("en", "es"),
        scoring=Scoring(total="weights", target=Decimal(80)),
        touchpoints=tuple(touchpoints),
    )


def answers_to(document: Document) -> dict[str, Answer]:
    """Good answers, and every sixth a bad one."""
    answers = visits.all_good(document)
    for place, question in enumerate(document.questions()):
        if place % 6 == 3 and isinstance(question, YesNo):
            answers[question.key] = answered("no" if question.favourable == "yes" else "yes")
    return answers


def comments_on(document: Document) -> dict[str, str]:
    """A comment on every third question."""
    told = list(visits.COMMENTS.values())
    asked = [question for question in document.questions() if isinstance(question, Scored)]
    return {question.key: told[place % len(told)] for place, question in enumerate(asked[::3])}


def photos_of(document: Document) -> dict[str, int]:
    """Two or three photos at photo questions, and one at others until there are twelve."""
    placed_at = {question.key: 2 for question in document.questions() if question.kind is Kind.PHOTO}
    others = [question.key for question in document.questions() if isinstance(question, Scored)][1::5]
    return placed_at | dict.fromkeys(others[: PHOTOS - sum(placed_at.values())], 1)


def worker(line: Connection, page: pdf.Page) -> None:
    """A long-lived process that renders `page` each time it is asked to."""
    pdf.settle()
    while line.recv():
        line.send_bytes(pdf.Layout(page).write())


def for_chromium(page: pdf.Page, folder: Path) -> str:
    """The address of the same page as files."""
    for name, file in page.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(file.read())
    (folder / "report.css").write_text(page.style)
    link = '<link rel="stylesheet" href="report.css">'
    (folder / "index.html").write_text(page.html.replace("</head>", f"{link}</head>"))
    return (folder / "index.html").as_uri()


def printing(tab: Tab, address: str) -> Callable[[], bytes]:
    """How Chromium loads and prints the page at `address` in a tab that stays open."""

    def once() -> bytes:
        tab.goto(address, wait_until="load")
        return tab.pdf(tagged=True, outline=False, prefer_css_page_size=True, print_background=True)

    return once


def memory_of(process_ids: list[int]) -> tuple[float, float]:
    """Resident and proportional memory of processes, in MB."""
    resident = proportional = 0
    for process_id in process_ids:
        for line in Path(f"/proc/{process_id}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            resident += int(rest.split()[0]) if name == "Rss" else 0
            proportional += int(rest.split()[0]) if name == "Pss" else 0
    return resident / 1024, proportional / 1024


def chromium_processes() -> list[int]:
    """The ids of all Chromium processes below this one."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it ended meanwhile
                continue
            parents[int(entry.name)] = int(fields[1])
    return [one for one in parents if _is_below(one, parents) and "chrom" in _program(one)]


def _is_below(process_id: int, parents: dict[int, int]) -> bool:
    while process_id in parents:
        process_id = parents[process_id]
        if process_id == os.getpid():
            return True
    return False


def _program(process_id: int) -> str:
    try:
        return Path(f"/proc/{process_id}/exe").readlink().name
    except OSError:
        return ""


def tell(ours: Runner, theirs: Runner, extra: float, page_count: int) -> bool:
    """Print the figures; whether both bars are held."""
    print(
        f"{page_count} pages, {QUESTIONS} questions, {PHOTOS} photos; "
        f"Python {platform.python_version()}, {os.cpu_count()} cores"
    )
    for runner in (ours, theirs):
        resident, proportional = runner.memory()
        print(
            f"{runner.name:<11} median {runner.median * 1000:6.0f} ms  least {min(runner.seconds) * 1000:6.0f} ms"
            f"  most {max(runner.seconds) * 1000:6.0f} ms  RSS {resident:5.0f} MB  PSS {proportional:5.0f} MB"
            f"  PDF {len(runner.last) / 1000:6.0f} kB"
        )
    times = ours.median / theirs.median
    print(f"collecting and wording the visit before that: {extra * 1000:.0f} ms")
    print(f"{times:.2f} times Chromium by median (bar {MOST_TIMES_CHROMIUM}), ", end="")
    print(f"{min(ours.seconds) / min(theirs.seconds):.2f} by the least; {len(ours.seconds)} rounds each")
    return times <= MOST_TIMES_CHROMIUM and len(ours.last) <= MOST_BYTES


def compare(rounds: int, folder: Path) -> bool:
    """Run both, in turn, and say whether the bars are held."""
    page, extra = the_visit(folder)
    here, there = multiprocessing.get_context("spawn").Pipe()
    child = multiprocessing.get_context("spawn").Process(target=worker, args=(there, page), daemon=True)
    child.start()
    there.close()

    def ask() -> bytes:
        here.send(True)
        return here.recv_bytes()

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        tab = browser.new_page()
        theirs = Runner(
            "Chromium",
            printing(tab, for_chromium(page, folder / "page")),
            lambda: memory_of(chromium_processes()),
        )
        ours = Runner("WeasyPrint", ask, lambda: memory_of([child.pid or 0]))
        for _ in range(WARM_UP + rounds):
            for runner in (ours, theirs):
                runner.round()
        for runner in (ours, theirs):
            del runner.seconds[:WARM_UP]
        held = tell(ours, theirs, extra, _pages(ours.last))
        browser.close()
    here.send(False)
    child.join()
    return held


def _pages(body: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(body)
    count = len(document)
    document.close()
    return count


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="shopper-bench-") as name:
        is_held = compare(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS, Path(name))
    sys.exit(0 if is_held else 1)
