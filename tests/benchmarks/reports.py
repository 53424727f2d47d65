"""Reports against Chromium and against their own bars: `python -m tests.benchmarks.reports [ROUNDS] [BATCH]`.

Prints times, memory and sizes, and a table of the bars; fails when one is missed. The same HTML and the same
photos go to both programs, both warm, in rounds that follow each other.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page as Tab
from playwright.sync_api import sync_playwright

from evaluations.reporting import pdf
from tests.benchmarks.chromium import CHROMIUM, FLAGS
from tests.benchmarks.rendering import memory_of, render_many, renderers
from tests.benchmarks.report_visit import PHOTOS, QUESTIONS, the_visit

ROUNDS = 15
WARM_UP = 3
BATCH = 500
TURNS, TURN = 5, 8
PHOTO_COUNTS = (15, 30, 60)
MB_ALIKE = 8.0
"""What two measurements of memory may differ by and still be the same."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure and what it may be."""

    what: str
    figure: float
    bound: float
    is_floor: bool = False

    @property
    def is_held(self) -> bool:
        """Whether the figure is on the right side of its bound."""
        return self.figure >= self.bound if self.is_floor else self.figure <= self.bound

    def __str__(self) -> str:
        sign, verdict = ("≥" if self.is_floor else "≤"), ("held" if self.is_held else "MISSED")
        return f"{self.what:<66} {self.figure:8.2f}  {sign} {self.bound:8.2f}  {verdict}"


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


def against_chromium(page: pdf.Page, folder: Path, rounds: int) -> tuple[list[Bar], float]:
    """Both programs in turn; also our median in seconds."""
    with renderers(page) as [child], sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        print_there = printing(browser.new_page(), for_chromium(page, folder / "page"))
        theirs = Runner("Chromium", print_there, lambda: memory_of(chromium_processes()))
        ours = Runner("WeasyPrint", child.once, lambda: child.memory)
        for _ in range(WARM_UP + rounds):
            for runner in (ours, theirs):
                runner.round()
        for runner in (ours, theirs):
            del runner.seconds[:WARM_UP]
            tell(runner)
        bars = [
            Bar("times Chromium's median", ours.median / theirs.median, 1.2),
            Bar("times Chromium's resident memory", ours.memory()[0] / theirs.memory()[0], 0.25),
            Bar("times Chromium's proportional memory", ours.memory()[1] / theirs.memory()[1], 0.25),
            Bar("MB of PDF", len(ours.last) / 1e6, 1.5),
        ]
        browser.close()
    return bars, ours.median


def tell(runner: Runner) -> None:
    """Print what one program took."""
    resident, proportional = runner.memory()
    print(
        f"{runner.name:<11} median {runner.median * 1000:6.0f} ms  least {min(runner.seconds) * 1000:6.0f} ms"
        f"  most {max(runner.seconds) * 1000:6.0f} ms  RSS {resident:5.0f} MB  PSS {proportional:5.0f} MB"
        f"  {_pages(runner.last)} pages, {len(runner.last) / 1000:.0f} kB",
        flush=True,
    )


def side_by_side(page: pdf.Page) -> Bar:
    """Two workers against one: the medians of turns that follow each other."""
    with renderers(page, 2) as both:
        rates: tuple[list[float], list[float]] = ([], [])
        for _ in range(TURNS):
            for kept, workers in zip(rates, (both[:1], both), strict=True):
                started = time.perf_counter()
                for _done in render_many(workers, TURN * len(workers)):
                    pass
                kept.append(TURN * len(workers) / (time.perf_counter() - started))
    return Bar(
        "times as fast with two workers", statistics.median(rates[1]) / statistics.median(rates[0]), 1.7, True
    )


def in_bulk(page: pdf.Page, count: int, warm: float) -> list[Bar]:
    """A batch with two workers: how fast against one warm report, and whether memory stays where it was."""
    with renderers(page, 2) as both:
        early, started = 0.0, time.perf_counter()
        for done in render_many(both, count):
            if done == count // 10:
                early = max(one.memory[0] for one in both)
        seconds = time.perf_counter() - started
        late, peak = max(one.memory[0] for one in both), max(one.peak for one in both)
    print(
        f"{count} reports in {seconds:.0f} s; resident {early:.0f} MB after a tenth, {late:.0f} MB at the end"
    )
    return [
        Bar(f"reports in the time of a warm one, over {count}", count / seconds * warm, 1.6, True),
        Bar("MB at most per worker", peak, 150),
        Bar("MB more at the end than after a tenth", late - early, MB_ALIKE),
    ]


def by_photos(folder: Path) -> list[Bar]:
    """Peak memory and time of reports with ever more photos, each in a process of its own."""
    peaks, times = [], []
    for count in PHOTO_COUNTS:
        (folder / str(count)).mkdir()
        with renderers(the_visit(folder / str(count), count)[0]) as [child]:
            started = time.perf_counter()
            child.once()
            times.append(time.perf_counter() - started)
            peaks.append(child.peak)
        print(f"{count} photos: {peaks[-1]:.0f} MB at most, {times[-1] * 1000:.0f} ms", flush=True)
    few, some, many = peaks
    return [
        Bar(f"MB at most with {PHOTO_COUNTS[-1]} photos", many, 200),
        Bar(
            "MB more for the second thirty photos than twice the first fifteen",
            many - some - 2 * (some - few),
            MB_ALIKE,
        ),
        Bar("times as long with twice the photos", times[2] / times[1], 2.0),
    ]


def run(rounds: int, batch: int, folder: Path) -> bool:
    """Measure everything; whether all bars are held."""
    page, extra = the_visit(folder)
    print(
        f"{QUESTIONS} questions, {PHOTOS} photos; Python {platform.python_version()}, {os.cpu_count()} cores"
    )
    print(f"collecting and wording the visit: {extra * 1000:.0f} ms", flush=True)
    bars, warm = against_chromium(page, folder, rounds)
    bars += [side_by_side(page), *in_bulk(page, batch, warm), *by_photos(folder)]
    print(*bars, sep="\n")
    return all(bar.is_held for bar in bars)


def _pages(body: bytes) -> int:
    document = pypdfium2.PdfDocument(body)
    count = len(document)
    document.close()
    return count


if __name__ == "__main__":
    rounds, batch = (int(given) for given in (*sys.argv[1:3], *(ROUNDS, BATCH)[len(sys.argv[1:3]) :]))
    with tempfile.TemporaryDirectory(prefix="shopper-bench-") as name:
        is_held = run(rounds, batch, Path(name))
    sys.exit(0 if is_held else 1)
